import { Certificate, WebRtcPeer } from '@relais/testing/webrtc-peer';
import type { EarsAnswer, EarsCall } from './ears.ts';

/** A process full of ears that do not listen: what comes fills their sockets and is dropped there. Driven by `ears.ts`. */

const CONSENT_MS = 3_000;

const certificate = new Certificate();
const ears: WebRtcPeer[] = [];
const consent = () => ears.forEach((ear) => ear.consent());
setInterval(consent, CONSENT_MS);

async function doIt(call: EarsCall): Promise<EarsAnswer['value']> {
  switch (call.do) {
    case 'fingerprint':
      return certificate.fingerprint;
    case 'connect':
      for (const remote of call.transports) {
        const ear = await WebRtcPeer.connect(remote, certificate, 15_000);
        ear.endHandshake();
        ears.push(ear);
      }
      return undefined;
    case 'holdStill':
      consent();
      // After the answer is sent: nothing is read from then on, as nothing here runs.
      setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, call.ms), 20);
      return undefined;
    case 'close':
      for (const ear of ears.splice(0)) ear.close();
      return undefined;
  }
}

process.on('message', (message: EarsCall & { call: number }) => {
  const answer = (rest: Omit<EarsAnswer, 'call'>) => process.send?.({ call: message.call, ...rest });
  doIt(message).then(
    (value) => answer({ value }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.on('exit', () => certificate.remove());
