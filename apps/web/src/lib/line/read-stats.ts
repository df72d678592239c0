import type { LinePath, LineSample, StreamCount } from '@relais/domain';

/**
 * What a browser says of a connection, as far as it says it: browsers differ in what they leave out, so every field is
 * asked for by name and type.
 */
export type Stat = Readonly<Record<string, unknown>>;

export const number = (stat: Stat | undefined, name: string): number | undefined => {
  const value = stat?.[name];
  return typeof value === 'number' ? value : undefined;
};
export const count = (stat: Stat | undefined, name: string) => number(stat, name) ?? 0;
export const text = (stat: Stat | undefined, name: string): string => {
  const value = stat?.[name];
  return typeof value === 'string' ? value : '';
};

/** The stats of one's two transports as one sample of the line [LINE-5]. */
export function readLine(
  { send, recv }: Record<'send' | 'recv', Iterable<Stat>>,
  awaited: ReadonlySet<string>,
  at: number,
): LineSample {
  const [sent, received] = [byId(send), byId(recv)];
  const pairs = [pairOf(sent), pairOf(received)];
  return {
    at,
    streams: [...outgoing(sent), ...incoming(received, awaited)],
    pathId: pairs.map((pair) => text(pair, 'id')).join(' '),
    path: pathOf(sent, pairs[0]) ?? pathOf(received, pairs[1]),
    roundTrips: pairs.reduce((sum, pair) => sum + count(pair, 'responsesReceived'), 0),
    roundTripSumMs: pairs.reduce((sum, pair) => sum + 1000 * count(pair, 'totalRoundTripTime'), 0),
    estimate: number(pairs[0], 'availableOutgoingBitrate'),
  };
}

export function byId(stats: Iterable<Stat>): ReadonlyMap<string, Stat> {
  return new Map([...stats].map((stat) => [text(stat, 'id'), stat]));
}

export function ofType(stats: ReadonlyMap<string, Stat>, type: string): Stat[] {
  return [...stats.values()].filter((stat) => stat['type'] === type);
}

/** The pair of addresses in use; Firefox does not name it in `transport`. */
export function pairOf(stats: ReadonlyMap<string, Stat>): Stat | undefined {
  const named = ofType(stats, 'transport').map((one) => stats.get(text(one, 'selectedCandidatePairId')));
  const nominated = ofType(stats, 'candidate-pair').filter(
    (pair) => pair['nominated'] === true && pair['state'] === 'succeeded',
  );
  return named.find((pair) => pair !== undefined) ?? nominated[0];
}

function pathOf(stats: ReadonlyMap<string, Stat>, pair: Stat | undefined): LinePath | undefined {
  const local = stats.get(text(pair, 'localCandidateId'));
  if (!local) return undefined;
  if (local['candidateType'] === 'relay') return 'relay';
  return local['protocol'] === 'tcp' ? 'tcp' : 'udp';
}

const carriesOf = (stat: Stat): StreamCount['carries'] => (stat['kind'] === 'audio' ? 'sound' : 'picture');

function incoming(stats: ReadonlyMap<string, Stat>, awaited: ReadonlySet<string>): StreamCount[] {
  return ofType(stats, 'inbound-rtp').map((stat) => ({
    id: text(stat, 'id'),
    direction: 'in',
    carries: carriesOf(stat),
    bytes: count(stat, 'bytesReceived') + count(stat, 'headerBytesReceived'),
    packets: count(stat, 'packetsReceived'),
    lost: count(stat, 'packetsLost'),
    samples: count(stat, 'totalSamplesReceived'),
    concealed: count(stat, 'concealedSamples') - count(stat, 'silentConcealedSamples'),
    frames: count(stat, 'framesDecoded'),
    isAwaited: awaited.has(text(stat, 'trackIdentifier')),
    remoteLoss: undefined,
    remoteReports: 0,
  }));
}

function outgoing(stats: ReadonlyMap<string, Stat>): StreamCount[] {
  const remote = new Map(ofType(stats, 'remote-inbound-rtp').map((stat) => [text(stat, 'localId'), stat]));
  return ofType(stats, 'outbound-rtp').map((stat) => {
    const id = text(stat, 'id');
    return {
      id,
      direction: 'out',
      carries: carriesOf(stat),
      bytes: count(stat, 'bytesSent') + count(stat, 'headerBytesSent'),
      packets: count(stat, 'packetsSent'),
      lost: 0,
      samples: 0,
      concealed: 0,
      frames: 0,
      isAwaited: false,
      remoteLoss: number(remote.get(id), 'fractionLost'),
      remoteReports: count(remote.get(id), 'roundTripTimeMeasurements'),
    };
  });
}
