import type { LineMeasure } from '@relais/domain';

/** Sums since the loop began, as the browser's statistics have them. */
export interface LoopCounts {
  sent: number;
  /** Of those sent, lost on the way up, as the media node told; undefined until it told. */
  lostUp: number | undefined;
  /** Arrived back here. */
  received: number;
  /** Missing in what arrived back: lost on either way. */
  lost: number;
  /** Each in milliseconds; the last that was known. */
  roundTripMs: number | undefined;
  jitterMs: number | undefined;
}

/** Fewer packets say nothing: one of them lost would be a line of five per cent. */
const ENOUGH_PACKETS = 20;

/** Undefined when too little came back in the time there was, but for a way on which nearly all is lost. */
export function lineMeasureOf(counts: LoopCounts): LineMeasure | undefined {
  const { sent, lostUp, received, lost, roundTripMs, jitterMs } = counts;
  if (sent < ENOUGH_PACKETS) return undefined;
  if (received + lost < ENOUGH_PACKETS) {
    // Much was sent over a connection that stands, and next to nothing came back.
    const all = 1 - received / sent;
    return { lossUp: all, lossDown: all, roundTripMs: roundTripMs ?? 0, jitterMs: jitterMs ?? 0 };
  }
  const both = share(lost, received + lost);
  const up = lostUp === undefined ? 0 : Math.min(both, share(lostUp, sent));
  // What is left of what was left: two ways of ten per cent lose nineteen together.
  const down = up < 1 ? 1 - (1 - both) / (1 - up) : 0;
  return {
    lossUp: up,
    lossDown: Math.max(0, down),
    roundTripMs: roundTripMs ?? 0,
    jitterMs: jitterMs ?? 0,
  };
}

const share = (part: number, whole: number) => Math.min(1, Math.max(0, part) / Math.max(1, whole));

interface Report {
  type: string;
  [key: string]: unknown;
}

/** What the two ends of the loop say of themselves. */
export function countsOf(sending: Iterable<Report>, receiving: Iterable<Report>): LoopCounts {
  const out = [...sending];
  const back = [...receiving];
  const heard = out.find(({ type }) => type === 'remote-inbound-rtp');
  const inbound = back.find(({ type }) => type === 'inbound-rtp');
  const outbound = out.find(({ type }) => type === 'outbound-rtp');
  return {
    sent: number(outbound?.['packetsSent']) ?? 0,
    lostUp: number(heard?.['packetsLost']),
    received: number(inbound?.['packetsReceived']) ?? 0,
    lost: number(inbound?.['packetsLost']) ?? 0,
    roundTripMs: roundTripOf(back) ?? roundTripOf(out) ?? milliseconds(heard?.['roundTripTime']),
    jitterMs: milliseconds(inbound?.['jitter']),
  };
}

/** Of the pair of addresses in use: its mean, for one answer may have waited behind others. */
function roundTripOf(reports: readonly Report[]): number | undefined {
  const pair = selectedPair(reports);
  const [total, answers] = [number(pair?.['totalRoundTripTime']), number(pair?.['responsesReceived'])];
  if (total !== undefined && answers) return (total / answers) * 1000;
  return milliseconds(pair?.['currentRoundTripTime']);
}

function selectedPair(reports: readonly Report[]): Report | undefined {
  const chosen = reports.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
  const pairs = reports.filter(({ type }) => type === 'candidate-pair');
  // Firefox has no transport report, and marks the pair instead.
  return pairs.find((pair) => pair['id'] === chosen) ?? pairs.find((pair) => pair['nominated'] === true);
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const milliseconds = (value: unknown) => (typeof value === 'number' ? value * 1000 : undefined);
