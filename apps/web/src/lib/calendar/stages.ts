/** When a meeting is, as its page needs to know it. */
interface Timed {
  startsAt: number;
  minutes: number;
  isCancelled: boolean;
}

/** Before it begins one may come already; after its announced end people may stay. */
const EARLY_MS = 15 * 60_000;
const LATE_MS = 3 * 3_600_000;

const endOf = ({ startsAt, minutes }: Timed) => startsAt + minutes * 60_000;

/** Whether it is worth asking how many are in it. */
export const isNear = (meeting: Timed, now: number) =>
  !meeting.isCancelled && now >= meeting.startsAt - EARLY_MS && now < endOf(meeting) + LATE_MS;

/** Before, during and after. It is not over while somebody is still in it. */
export function stageOf(meeting: Timed, now: number, present: number): 'before' | 'soon' | 'now' | 'over' {
  if (now < meeting.startsAt) return isNear(meeting, now) ? 'soon' : 'before';
  if (now < endOf(meeting)) return meeting.isCancelled ? 'over' : 'now';
  return isNear(meeting, now) && present > 0 ? 'now' : 'over';
}
