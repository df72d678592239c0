import type { types } from 'mediasoup';

/** What the page of the bare media server asks, in the order of mediasoup's documentation. */
export interface BareUp {
  join: (
    request: { room: string },
    ack: (answer: { capabilities: types.RtpCapabilities; producerIds: string[] }) => void,
  ) => void;
  createTransport: (request: object, ack: (answer: BareTransport) => void) => void;
  connectTransport: (
    request: { transportId: string; dtlsParameters: types.DtlsParameters },
    ack: (answer: object) => void,
  ) => void;
  produce: (
    request: { transportId: string; kind: types.MediaKind; rtpParameters: types.RtpParameters },
    ack: (answer: { id: string }) => void,
  ) => void;
  consume: (
    request: { transportId: string; producerId: string; capabilities: types.RtpCapabilities },
    ack: (answer: BareConsumer) => void,
  ) => void;
  resume: (request: { consumerId: string }, ack: (answer: object) => void) => void;
}

export interface BareDown {
  newProducer: (fact: { producerId: string }) => void;
}

export interface BareTransport {
  id: string;
  iceParameters: types.IceParameters;
  iceCandidates: types.IceCandidate[];
  dtlsParameters: types.DtlsParameters;
}

export interface BareConsumer {
  id: string;
  producerId: string;
  kind: types.MediaKind;
  rtpParameters: types.RtpParameters;
}
