import type { types } from 'mediasoup';
import type { DtlsFingerprint, TransportParameters } from '@relais/protocol';
import type { MediaWorker } from './media-worker.ts';

/** Bits per second that a browser may send: three layers of camera, or a screen, and a voice. */
const MAX_INCOMING_BITRATE = 2_500_000;
/** Bits per second assumed of a network that nothing is known of yet. */
const INITIAL_OUTGOING_BITRATE = 600_000;
/** Seconds without an answer to a consent check after which a path is given up. */
const ICE_CONSENT_TIMEOUT_S = 20;

export function openPeerTransport(worker: MediaWorker, router: types.Router): Promise<types.WebRtcTransport> {
  const opening = router.createWebRtcTransport({
    webRtcServer: worker.webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
    iceConsentTimeout: ICE_CONSENT_TIMEOUT_S,
  });
  return worker.ask(opening, 'createWebRtcTransport');
}

/** The worker compares with capitals and looks at the first fingerprint alone. */
export function connect(
  worker: MediaWorker,
  transport: types.WebRtcTransport,
  given: readonly DtlsFingerprint[],
): Promise<void> {
  const fingerprints = given.map(({ algorithm, value }) => ({ algorithm, value: value.toUpperCase() }));
  return worker.ask(transport.connect({ dtlsParameters: { role: 'client', fingerprints } }), 'connect');
}

export function limitIncoming(worker: MediaWorker, send: types.WebRtcTransport): Promise<void> {
  return worker.ask(send.setMaxIncomingBitrate(MAX_INCOMING_BITRATE), 'setMaxIncomingBitrate');
}

/** What the browser needs of a transport. */
export function parametersOf(transport: types.WebRtcTransport): TransportParameters {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  // The worker gives its one certificate's fingerprint five times over; every browser takes this one.
  const fingerprints = dtlsParameters.fingerprints.filter(({ algorithm }) => algorithm === 'sha-256');
  return { id, iceParameters, iceCandidates, dtlsParameters: { role: 'server', fingerprints } };
}
