import type { ConnectionState, Device, Transport } from 'mediasoup-client/types';
import type { IceParameters, PeerId, PeerMedia } from '@relais/protocol';
import type { DtlsIdentity } from './dtls-identity.ts';
import { toTransportOptions } from './client-shapes.ts';
import { openFreeHome, type Home } from './free-home.ts';

export type Direction = 'send' | 'recv';

/** One participant's two transports on a media node, for as long as the node keeps them. */
export interface MediaPair {
  readonly peerId: PeerId;
  readonly send: Transport;
  readonly recv: Transport;
  /** The page that their connections are of, when it is not ours. */
  readonly home: Home | undefined;
  /** What the transports were opened with. */
  readonly ice: Readonly<Record<Direction, IceParameters>>;
  readonly closed: boolean;
  close(): void;
}

/** The identities whose fingerprints were told in the offer that this pair answers. */
export type PairIdentities = Record<Direction, DtlsIdentity>;

/**
 * Makes the pair that the hub has opened. The server's side is connected already with the fingerprints told
 * beforehand, so that nothing more is to be signalled: ICE and DTLS begin with the first track [MEDIA-6].
 */
export function openPair(deps: {
  device: Device;
  media: PeerMedia;
  identities: PairIdentities;
  /** Whether it may be elsewhere than in this page. */
  mayBeFree: boolean;
  onState: (direction: Direction, state: ConnectionState) => void;
}): MediaPair {
  const { device, media, identities, onState } = deps;
  const make = () =>
    [
      device.createSendTransport(optionsFor('send', media, identities)),
      device.createRecvTransport(optionsFor('recv', media, identities)),
    ] as const;
  const home = deps.mayBeFree ? openFreeHome() : undefined;
  const [send, recv] = home ? home.within(make) : make();
  for (const transport of [send, recv]) {
    transport.on('connect', (_parameters, done) => done());
    transport.on('connectionstatechange', (state) => onState(transport.direction, state));
  }
  // The producer's id is asked of the hub by our own request: mediasoup-client would make each wait for the last.
  send.on('produce', (_parameters, done) => done({ id: crypto.randomUUID() }));
  return {
    peerId: media.peerId,
    send,
    recv,
    home,
    ice: { send: media.send.iceParameters, recv: media.recv.iceParameters },
    get closed() {
      return send.closed;
    },
    close() {
      send.close();
      recv.close();
      home?.close();
    },
  };
}

function optionsFor(direction: Direction, media: PeerMedia, identities: PairIdentities) {
  return {
    ...toTransportOptions(media[direction]),
    // Beside the node's own addresses: what else to try where the network lets only a relay through.
    ...(media.iceServers && { iceServers: media.iceServers }),
    additionalSettings: { certificates: [identities[direction].certificate] },
  };
}
