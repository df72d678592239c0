/**
 * Whether everything that came over a line has stopped at once, as when the network is another or the line is cut. Nobody says
 * so for seconds: a computer that goes from one network to the next tells its pages nothing, a socket waits, and a browser
 * takes a way for dead five seconds after its first question without an answer (measured: 5.7 to 7.6 s).
 */
export interface Standstill {
  /** For each flow that comes: in how many looks, and how many it has been missing for. Looks without anything are left out. */
  flows: ReadonlyMap<string, { came: number; missed: number }>;
  /** Looks in a row in which nothing came at all. */
  still: number;
}

export const NO_STANDSTILL: Standstill = { flows: new Map(), still: 0 };

/** Looks with a flow after which it is one that would have gone on. */
const STEADY_LOOKS = 4;
/** Looks without it after which it has ended. Of silence a packet comes every 400 ms: at three of four looks. */
const MISSED_LOOKS = 2;
/** Looks without anything after which it is not chance: packets of one line come late together. */
const STILL_LOOKS = 2;

export interface StandstillLook {
  memory: Standstill;
  /** Flows that would have gone on and brought nothing this once, where nothing else came either: chance, most often. */
  paused: number;
  /** Flows that would have gone on and stand still, said once; 0 when there is nothing to say. */
  stopped: number;
}

/**
 * The next look, with the flows that have brought something since the last one. One may have ended by itself, as a microphone
 * that is muted does; several do not end at one moment. Pure.
 */
export function nextStandstill({ flows, still }: Standstill, came: readonly string[]): StandstillLook {
  if (came.length > 0)
    return { memory: { flows: nextFlows(flows, new Set(came)), still: 0 }, paused: 0, stopped: 0 };
  const steady = [...flows.values()].filter((flow) => flow.came >= STEADY_LOOKS).length;
  if (still + 1 < STILL_LOOKS) return { memory: { flows, still: still + 1 }, paused: steady, stopped: 0 };
  return { memory: { flows: new Map(), still: still + 1 }, paused: 0, stopped: steady };
}

function nextFlows(flows: Standstill['flows'], came: ReadonlySet<string>): Standstill['flows'] {
  const next = new Map<string, { came: number; missed: number }>();
  for (const [id, flow] of flows)
    if (!came.has(id) && flow.missed + 1 < MISSED_LOOKS) next.set(id, { ...flow, missed: flow.missed + 1 });
  for (const id of came) next.set(id, { came: (flows.get(id)?.came ?? 0) + 1, missed: 0 });
  return next;
}
