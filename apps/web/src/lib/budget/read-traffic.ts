import {
  ICE_ANSWER_BYTES,
  ICE_QUESTION_BYTES,
  packetHeader,
  type TrafficCount,
  type Wrapping,
} from '@relais/domain';
import { byId, count, number, ofType, pairOf, text, type Stat } from '../line/read-stats.ts';

/**
 * [DATA-2] What one transport has carried, as its browser counts it: the bytes of its packets whatever is in them (sound,
 * pictures, what is sent again, reports, padding), their number for the headers around them, and ICE's questions, which a
 * transport does not count. `name` is the transport's own: another one begins at nothing.
 */
export function readTraffic(name: string, stats: Iterable<Stat>): TrafficCount[] {
  const all = byId(stats);
  const header = packetHeader(wrappingOf(all));
  const carrying = carriersOf(all);
  const packets = carrying.every((one) => number(one, 'packetsSent') !== undefined)
    ? carrying.map((one) => packetsOf(`${name} ${text(one, 'id')}`, one, header))
    : [streamPackets(name, all, header)];
  return [
    ...carrying.map((one) => ({
      id: `${name} ${text(one, 'id')} bytes`,
      up: count(one, 'bytesSent'),
      down: count(one, 'bytesReceived'),
      weight: 1,
    })),
    ...packets,
    // Most pairs of addresses are never tried.
    ...ofType(all, 'candidate-pair').flatMap((pair) =>
      questionsOf(`${name} ${text(pair, 'id')}`, pair, header),
    ),
  ];
}

/** Firefox has no transports that count: the pairs of addresses, which together carried the same. */
function carriersOf(all: ReadonlyMap<string, Stat>): Stat[] {
  const transports = ofType(all, 'transport').filter((one) => number(one, 'bytesSent') !== undefined);
  return transports.length > 0 ? transports : ofType(all, 'candidate-pair');
}

const packetsOf = (id: string, one: Stat, weight: number): TrafficCount => ({
  id: `${id} packets`,
  up: count(one, 'packetsSent'),
  down: count(one, 'packetsReceived'),
  weight,
});

/** Where packets are not counted by transport: those of the streams. */
function streamPackets(name: string, all: ReadonlyMap<string, Stat>, weight: number): TrafficCount {
  const sum = (type: string, field: string) =>
    ofType(all, type).reduce((total, one) => total + count(one, field), 0);
  return {
    id: `${name} packets`,
    up: sum('outbound-rtp', 'packetsSent'),
    down: sum('inbound-rtp', 'packetsReceived'),
    weight,
  };
}

function questionsOf(id: string, pair: Stat, header: number): TrafficCount[] {
  const counts = [
    {
      id: `${id} questions`,
      up: count(pair, 'requestsSent') + count(pair, 'consentRequestsSent'),
      down: count(pair, 'requestsReceived'),
      weight: ICE_QUESTION_BYTES + header,
    },
    {
      id: `${id} answers`,
      up: count(pair, 'responsesSent'),
      down: count(pair, 'responsesReceived'),
      weight: ICE_ANSWER_BYTES + header,
    },
  ];
  return counts.filter(({ up, down }) => up + down > 0);
}

function wrappingOf(all: ReadonlyMap<string, Stat>): Wrapping {
  const local = all.get(text(pairOf(all), 'localCandidateId'));
  const isRelayed = text(local, 'candidateType') === 'relay';
  const protocol = isRelayed ? text(local, 'relayProtocol') : text(local, 'protocol');
  return {
    isTcp: protocol === 'tcp' || protocol === 'tls',
    isIpv6: text(local, 'address').includes(':'),
    isRelayed,
  };
}
