import { levelFromDecibels } from '../media/level.ts';

/** How loud somebody was heard, 0 to 1, and when (milliseconds). */
export interface Heard {
  level: number;
  at: number;
}

/** Speakers are told about several times a second; who is not named for this long has fallen silent. */
const HOLD_MS = 700;
/** From full voice to nothing, so that a breath between words does not make the mark flicker. */
const FADE_MS = 600;

/** Who is heard after one fact; those not named keep the moment they were last heard at. */
export function hear<Id>(
  heard: ReadonlyMap<Id, Heard>,
  speakers: readonly { participantId: Id; level: number }[],
  now: number,
): ReadonlyMap<Id, Heard> {
  const next = new Map(heard);
  for (const { participantId, level } of speakers) {
    next.set(participantId, { level: levelFromDecibels(level), at: now });
  }
  return next;
}

/** Forgets those whose voice has faded away; the same map when nobody has. */
export function forget<Id>(heard: ReadonlyMap<Id, Heard>, now: number): ReadonlyMap<Id, Heard> {
  const kept = [...heard].filter(([, { at }]) => now - at < HOLD_MS + FADE_MS);
  return kept.length === heard.size ? heard : new Map(kept);
}

/** Each one's level at this moment, 0 to 1. */
export function levels<Id>(heard: ReadonlyMap<Id, Heard>, now: number): ReadonlyMap<Id, number> {
  const result = new Map<Id, number>();
  for (const [id, { level, at }] of heard) {
    const faded = level * Math.min(1, Math.max(0, (HOLD_MS + FADE_MS - (now - at)) / FADE_MS));
    if (faded > 0) result.set(id, faded);
  }
  return result;
}

/** The same with one's own voice as this browser measures it, which is sooner than what the hub says of it. */
export function withOwn<Id>(
  others: ReadonlyMap<Id, number>,
  self: Id | undefined,
  own: number,
): ReadonlyMap<Id, number> {
  if (self === undefined) return others;
  const all = new Map(others);
  if (own > AUDIBLE) all.set(self, own);
  else all.delete(self);
  return all;
}

/** A level under which one's own microphone brings only the room's noise. */
const AUDIBLE = 0.2;

/** Nobody is heard. */
export const silence = <Id>(): ReadonlyMap<Id, Heard> => new Map();
