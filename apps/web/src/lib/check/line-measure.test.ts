import { describe, expect, it } from 'vitest';
import { countsOf, lineMeasureOf, type LoopCounts } from './line-measure.ts';

const COUNTS: LoopCounts = {
  sent: 300,
  lostUp: 0,
  received: 300,
  lost: 0,
  roundTripMs: 40,
  jitterMs: 3,
};

describe('what the loop says of a line', () => {
  it('tells the way up from the way down', () => {
    const up = lineMeasureOf({ ...COUNTS, lostUp: 30, received: 270, lost: 30 });
    expect(up?.lossUp).toBeCloseTo(0.1);
    expect(up?.lossDown).toBeCloseTo(0);
    const down = lineMeasureOf({ ...COUNTS, lostUp: 0, received: 270, lost: 30 });
    expect(down?.lossUp).toBe(0);
    expect(down?.lossDown).toBeCloseTo(0.1);
    const both = lineMeasureOf({ ...COUNTS, lostUp: 30, received: 243, lost: 57 });
    expect(both?.lossUp).toBeCloseTo(0.1);
    expect(both?.lossDown).toBeCloseTo(0.1);
  });

  it('without the node’s word takes all for the way down', () => {
    expect(lineMeasureOf({ ...COUNTS, lostUp: undefined, received: 150, lost: 150 })).toMatchObject({
      lossUp: 0,
      lossDown: 0.5,
    });
  });

  it('is nothing when nothing could be sent, and all lost when nothing came back', () => {
    expect(lineMeasureOf({ ...COUNTS, sent: 3, received: 3 })).toBeUndefined();
    expect(lineMeasureOf({ ...COUNTS, received: 0, roundTripMs: undefined })).toMatchObject({
      lossUp: 1,
      lossDown: 1,
    });
  });

  it('is never below nothing, also when a packet came twice', () => {
    expect(lineMeasureOf({ ...COUNTS, lostUp: -1, lost: -2 })).toMatchObject({ lossUp: 0, lossDown: 0 });
  });

  it('is read from the browser’s statistics, with the round trip of the pair in use', () => {
    const pair = { type: 'candidate-pair', totalRoundTripTime: 0.2, responsesReceived: 4 };
    expect(
      countsOf(
        [
          { type: 'outbound-rtp', packetsSent: 200 },
          { type: 'remote-inbound-rtp', packetsLost: 4 },
        ],
        [
          { type: 'transport', selectedCandidatePairId: 'b' },
          { ...pair, id: 'a', totalRoundTripTime: 9 },
          { ...pair, id: 'b' },
          { type: 'inbound-rtp', packetsReceived: 190, packetsLost: 6, jitter: 0.004 },
        ],
      ),
    ).toEqual({ sent: 200, lostUp: 4, received: 190, lost: 6, roundTripMs: 50, jitterMs: 4 });
  });
});
