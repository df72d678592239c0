import { addBytes, allBytes, countTraffic, NO_BYTES, NO_TRAFFIC } from '@relais/domain';
import { describe, expect, it } from 'vitest';
import { readTraffic } from './read-traffic.ts';

const candidate = (more: object) => ({ id: 'local', type: 'local-candidate', protocol: 'udp', ...more });
const pair = (more: object) => ({
  id: 'pair',
  type: 'candidate-pair',
  nominated: true,
  state: 'succeeded',
  localCandidateId: 'local',
  ...more,
});
const transport = (more: object) => ({
  id: 'T01',
  type: 'transport',
  selectedCandidatePairId: 'pair',
  ...more,
});

/** Bytes on the line after these looks at one transport, or at several in turn. */
function counted(...looks: [name: string, stats: object[]][]) {
  let [memory, total] = [NO_TRAFFIC, NO_BYTES];
  for (const [name, stats] of looks) {
    const next = countTraffic(memory, readTraffic(name, stats as Record<string, unknown>[]));
    [memory, total] = [next.memory, addBytes(total, next.added)];
  }
  return total;
}

const carried = (packets: number, { at = {}, of = {} } = {}) => [
  transport({
    bytesSent: 100 * packets,
    packetsSent: packets,
    bytesReceived: 1000 * packets,
    packetsReceived: packets,
  }),
  pair(of),
  candidate({ address: '192.0.2.7', ...at }),
];

describe('what a browser’s transport has carried [DATA-2]', () => {
  it('is the bytes of its packets and 28 for each of their headers', () => {
    expect(counted(['send', carried(10)])).toEqual({ up: 10 * 128, down: 10 * 1028 });
  });

  it('knows IP version 6, TCP and a relay by the address that packets leave from', () => {
    const up = (at: object) => counted(['send', carried(1, { at })]).up - 100;
    expect(up({ address: 'fd00::2' })).toBe(48);
    expect(up({ protocol: 'tcp' })).toBe(54);
    expect(up({ candidateType: 'relay', relayProtocol: 'udp' })).toBe(32);
    expect(up({ candidateType: 'relay', relayProtocol: 'tls' })).toBe(58);
  });

  it('goes on over a restart of ICE, whose pair is another, and over a change of network', () => {
    const later = [...carried(20).slice(0, 1), pair({ id: 'other' }), candidate({ address: 'fd00::2' })];
    const total = counted(['send', carried(10)], ['send', later]);
    expect(total.up).toBe(20 * 100 + 10 * 28 + 10 * 48);
  });

  it('goes on when media is opened anew, on transports that begin at nothing', () => {
    const total = counted(['first', carried(10)], ['first', carried(15)], ['second', carried(3)]);
    expect(total.up).toBe(18 * 128);
  });

  it('has ICE’s questions and answers, which the transport does not count', () => {
    const of = {
      requestsSent: 2,
      consentRequestsSent: 3,
      responsesReceived: 5,
      requestsReceived: 1,
      responsesSent: 1,
    };
    const total = counted(['send', carried(0, { of })]);
    expect(total.up).toBe(5 * (104 + 28) + (64 + 28));
    expect(total.down).toBe(104 + 28 + 5 * (64 + 28));
  });

  it('is taken from the pairs of addresses and the streams where transports do not count', () => {
    const stats = [
      pair({ bytesSent: 500, bytesReceived: 9000 }),
      candidate({}),
      { id: 'o', type: 'outbound-rtp', packetsSent: 5 },
      { id: 'i', type: 'inbound-rtp', packetsReceived: 9 },
    ];
    expect(counted(['send', stats])).toEqual({ up: 500 + 5 * 28, down: 9000 + 9 * 28 });
  });

  it('is nothing of a browser that says nothing', () => {
    expect(allBytes(counted(['send', []]))).toBe(0);
  });
});
