import { CLOSING_MS, endOf } from '@relais/domain';
import type { BreakoutRound, Place } from '@relais/protocol';

/** How near an end is, each nearer than the one before; `closing`: in its last 30 seconds, asked for or come by itself. */
export const NEARNESS = ['far', 'five', 'one', 'closing'] as const;
export type Nearness = (typeof NEARNESS)[number];

const MINUTE_MS = 60_000;

/** When a place of the round ends, an instant of the hub's clock: for the plenary, the rooms as a whole. Null: not before somebody says so. */
export function endOfPlace(round: BreakoutRound, place: Place): number | null {
  const room = round.rooms.find(({ roomId }) => roomId === place);
  if (room) return endOf(round, room);
  const ends = [round.closesAt, round.endsAt].filter((end) => typeof end === 'number');
  return ends.length > 0 ? Math.min(...ends) : null;
}

export function nearnessOf(end: number | null, now: number): Nearness {
  if (end === null) return 'far';
  const left = end - now;
  if (left <= CLOSING_MS) return 'closing';
  return left <= MINUTE_MS ? 'one' : left <= 5 * MINUTE_MS ? 'five' : 'far';
}

/** Whole seconds until then: 1 as long as there is something of the last one left. */
export const secondsLeft = (end: number, now: number): number => Math.max(0, Math.ceil((end - now) / 1000));

/** "8:42" or "1:05:12". */
export function clockOf(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Milliseconds until another second is shown. */
export const untilNextSecond = (end: number, now: number): number => {
  const left = Math.max(0, end - now);
  return left % 1000 || 1000;
};
