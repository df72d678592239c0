import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withTimeout } from '@relais/kit';
import type { NodeLink } from '@relais/control';
import type { DtlsFingerprint, OpenPeer, ProducerRef, TransportParameters } from '@relais/protocol';
import { openPeerRequest } from '@relais/testing';
import { valueOf } from './value-of.ts';

export type EarsCall =
  | { do: 'fingerprint' | 'close' }
  | { do: 'connect'; transports: TransportParameters[] }
  | { do: 'holdStill'; ms: number };

export interface EarsAnswer {
  call: number;
  value?: DtlsFingerprint | undefined;
  error?: string;
}

const CALL_TIMEOUT_MS = 120_000;
const PROGRAM = fileURLToPath(new URL('./ears.child.ts', import.meta.url));

/**
 * Browsers' ends of receiving transports, in a process of their own: real ICE and DTLS, so that the worker encrypts and
 * sends each packet to each. Nothing is read, so that receiving costs nothing of the cores that are measured.
 */
export class Ears {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: EarsAnswer) => void>();
  #calls = 0;
  #listeners = 0;

  constructor(env: Record<string, string | undefined>) {
    this.#child = fork(PROGRAM, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
    this.#child.on('message', (answer: EarsAnswer) => {
      this.#waiting.get(answer.call)?.(answer);
      this.#waiting.delete(answer.call);
    });
    this.#child.once('exit', () => {
      for (const [call, settle] of this.#waiting) settle({ call, error: 'the ears are gone' });
      this.#waiting.clear();
    });
  }

  /** Opens so many more listeners, each of whom consumes all of these. */
  async open(link: NodeLink, roomId: string, count: number, refs: readonly ProducerRef[]): Promise<void> {
    const fingerprint = (await this.#ask({ do: 'fingerprint' })).value;
    if (!fingerprint) throw new Error('the ears have no certificate');
    for (let i = 0; i < count; i += 1) {
      this.#listeners += 1;
      const request = listenerRequest(roomId, `ears-${this.#listeners}`, refs, fingerprint);
      const { recv, consumers } = valueOf(await link.openPeer(request));
      if (consumers.length !== refs.length) throw new Error('a listener did not get all that it asked for');
      await this.#ask({ do: 'connect', transports: [recv] });
    }
  }

  /** Nothing is read from now on, for so long. */
  async holdStill(ms: number): Promise<void> {
    await this.#ask({ do: 'holdStill', ms });
  }

  async close(): Promise<void> {
    await this.#ask({ do: 'close' });
  }

  exit(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  async #ask(call: EarsCall): Promise<EarsAnswer> {
    const number = (this.#calls += 1);
    const answered = new Promise<EarsAnswer>((resolve) => this.#waiting.set(number, resolve));
    this.#child.send({ ...call, call: number });
    const answer = await withTimeout(answered, CALL_TIMEOUT_MS, call.do);
    if (answer.error !== undefined) throw new Error(`${call.do}: ${answer.error}`);
    return answer;
  }
}

/**
 * Bandwidth is not estimated: nobody reports what arrived, and the worker would hold back for an estimate that never
 * comes.
 */
export function listenerRequest(
  roomId: string,
  id: string,
  refs: readonly ProducerRef[],
  fingerprint: DtlsFingerprint,
): OpenPeer {
  const request = openPeerRequest(roomId, id, refs);
  const { codecs, headerExtensions } = request.rtpCapabilities;
  const estimates = ['transport-cc', 'goog-remb'];
  return {
    ...request,
    fingerprints: { send: [fingerprint], recv: [fingerprint] },
    rtpCapabilities: {
      codecs: codecs.map((codec) => ({
        ...codec,
        rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => !estimates.includes(type)),
      })),
      headerExtensions: headerExtensions.filter(({ uri }) => !/transport-wide-cc|abs-send-time/.test(uri)),
    },
  };
}
