import type {
  RtpCapabilities as ClientCapabilities,
  RtpParameters as ClientParameters,
  TransportOptions,
} from 'mediasoup-client/types';
import type { RtpCapabilities, RtpParameters, TransportParameters } from '@relais/protocol';

/**
 * The same RTP shapes under two names: ours, inferred from the schemas, and mediasoup-client's, which narrow some
 * strings to unions (header extensions, fingerprint algorithms) and leave some lists out when empty. The hub checks
 * what goes up, and the media node made what comes down; only the compiler has to be told, here and nowhere else.
 */
export function toClientCapabilities(capabilities: RtpCapabilities): ClientCapabilities {
  return capabilities as ClientCapabilities;
}

export function fromClientCapabilities(capabilities: ClientCapabilities): RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = capabilities;
  return { codecs, headerExtensions } as RtpCapabilities;
}

export function toClientParameters(parameters: RtpParameters): ClientParameters {
  return parameters as ClientParameters;
}

export function fromClientParameters(parameters: ClientParameters): RtpParameters {
  return { ...parameters, encodings: parameters.encodings ?? [] } as RtpParameters;
}

type Wiring = Pick<TransportOptions, 'id' | 'iceParameters' | 'iceCandidates' | 'dtlsParameters'>;

export function toTransportOptions(parameters: TransportParameters): Wiring {
  return parameters as Wiring;
}
