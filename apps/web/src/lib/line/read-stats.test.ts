import { describe, expect, it } from 'vitest';
import { readLine } from './read-stats.ts';

const AT = 5000;
const NOBODY: ReadonlySet<string> = new Set();

const candidate = (more: object = {}) => ({
  id: 'local',
  type: 'local-candidate',
  candidateType: 'host',
  protocol: 'udp',
  ...more,
});
const pair = (more: object = {}) => ({
  id: 'pair',
  type: 'candidate-pair',
  nominated: true,
  state: 'succeeded',
  localCandidateId: 'local',
  ...more,
});
const transport = { id: 'T01', type: 'transport', selectedCandidatePairId: 'pair' };
const voice = {
  id: 'in-voice',
  type: 'inbound-rtp',
  kind: 'audio',
  trackIdentifier: 'voice',
  bytesReceived: 800,
  headerBytesReceived: 200,
  packetsReceived: 50,
  packetsLost: 2,
  totalSamplesReceived: 48_000,
  concealedSamples: 3000,
  silentConcealedSamples: 1000,
};
const picture = {
  id: 'in-picture',
  type: 'inbound-rtp',
  kind: 'video',
  trackIdentifier: 'face',
  bytesReceived: 9000,
  packetsReceived: 9,
  framesDecoded: 12,
};

/** What the two transports of a browser say, read as one. */
function read({ send = [], recv = [] }: { send?: object[]; recv?: object[] }, awaited = NOBODY) {
  type Stats = Record<string, unknown>[];
  return readLine({ send: send as Stats, recv: recv as Stats }, awaited, AT);
}

describe('what a browser says of its line [LINE-5]', () => {
  it('is, of what comes in, its bytes with their headers, what never came, and the sound that was made up but for silence', () => {
    const [sound, face] = read({ recv: [voice, picture] }, new Set(['face'])).streams;
    expect(sound).toMatchObject({
      id: 'in-voice',
      direction: 'in',
      carries: 'sound',
      bytes: 1000,
      packets: 50,
      lost: 2,
      samples: 48_000,
      concealed: 2000,
      isAwaited: false,
    });
    expect(face).toMatchObject({ carries: 'picture', bytes: 9000, frames: 12, isAwaited: true });
  });

  it('is, of what goes out, what the other end last said of it, each stream its own', () => {
    const { streams } = read({
      send: [
        {
          id: 'out-voice',
          type: 'outbound-rtp',
          kind: 'audio',
          bytesSent: 70,
          headerBytesSent: 30,
          packetsSent: 5,
        },
        { id: 'out-face', type: 'outbound-rtp', kind: 'video', bytesSent: 900, packetsSent: 3 },
        {
          id: 'said',
          type: 'remote-inbound-rtp',
          localId: 'out-voice',
          fractionLost: 0.25,
          roundTripTimeMeasurements: 4,
        },
      ],
    });
    expect(streams).toMatchObject([
      { direction: 'out', carries: 'sound', bytes: 100, packets: 5, remoteLoss: 0.25, remoteReports: 4 },
      { direction: 'out', carries: 'picture', bytes: 900, remoteLoss: undefined, remoteReports: 0 },
    ]);
  });

  it('has the round trips of both transports, and what may be sent from the one that sends', () => {
    const answers = { responsesReceived: 3, totalRoundTripTime: 0.3 };
    const both = read({
      send: [transport, candidate(), pair({ ...answers, availableOutgoingBitrate: 300_000 })],
      recv: [transport, candidate(), pair({ ...answers, responsesReceived: 1, availableOutgoingBitrate: 7 })],
    });
    expect(both).toMatchObject({ at: AT, roundTrips: 4, roundTripSumMs: 600, estimate: 300_000 });
  });

  it.each([
    [{}, 'udp'],
    [{ protocol: 'tcp' }, 'tcp'],
    [{ candidateType: 'relay', relayProtocol: 'tls' }, 'relay'],
  ])('names the path by the address that packets leave from: %o', (more, path) => {
    expect(read({ send: [transport, candidate(more), pair()] }).path).toBe(path);
    expect(read({ recv: [transport, candidate(more), pair()] }).path).toBe(path);
  });

  it('is of another line when either transport has taken another way', () => {
    const on = (id: string) => [{ ...transport, selectedCandidatePairId: id }, candidate(), pair({ id })];
    const ids = [
      read({ send: on('a'), recv: on('b') }),
      read({ send: on('c'), recv: on('b') }),
      read({ send: on('a'), recv: on('c') }),
    ].map(({ pathId }) => pathId);
    expect(new Set(ids).size).toBe(3);
  });

  it('finds the way in use where the transport does not name it, as in Firefox, among those that were given up', () => {
    const others = [pair({ id: 'tried', state: 'failed' }), pair({ id: 'spare', nominated: false })];
    const { pathId, path } = read({ send: [...others, candidate({ protocol: 'tcp' }), pair()] });
    expect(pathId.trim()).toBe('pair');
    expect(path).toBe('tcp');
  });

  it('is nothing where a browser says nothing, and passes over what is of another type than it should be', () => {
    expect(read({})).toEqual({
      at: AT,
      streams: [],
      pathId: ' ',
      path: undefined,
      roundTrips: 0,
      roundTripSumMs: 0,
      estimate: undefined,
    });
    const [odd] = read({ recv: [{ ...voice, bytesReceived: '800', packetsLost: null }] }).streams;
    expect(odd).toMatchObject({ bytes: 200, lost: 0 });
  });
});
