import { addBytes, allBytes, NO_BYTES, type Bytes } from './traffic.ts';

/** What one page has used, as it is kept in the browser: by day, and by meeting. */
export interface Ledger {
  /** Bytes both ways, by day of the device's own calendar: `2026-11-22`. */
  days: Readonly<Record<string, number>>;
  /** By the meeting's code. */
  meetings: Readonly<Record<string, MeetingUse>>;
  /** When it was last added to, in milliseconds since 1970. */
  at: number;
}

/** What a meeting has used, and between which times, in milliseconds since 1970. */
export interface MeetingUse extends Bytes {
  since: number;
  at: number;
}

export const EMPTY_LEDGER: Ledger = { days: {}, meetings: {}, at: 0 };

/**
 * The same link is used each week: what was used more than so long ago was another meeting. Milliseconds; as long as a
 * browser remembers a thin line [LINE-6].
 */
const SAME_MEETING_MS = 6 * 60 * 60_000;
/** This month and the one before. */
const KEPT_DAYS = 62;
const DAY_MS = 24 * 60 * 60_000;

/** When and where something is used. */
export interface Moment {
  /** Milliseconds since 1970. */
  at: number;
  /** The device's day at that time: `2026-11-22`. */
  day: string;
}

/** [DATA-3] With so many bytes more. Pure. */
export function spend(ledger: Ledger, added: Bytes, { at, day, code }: Moment & { code: string }): Ledger {
  const meeting = ledger.meetings[code];
  const before = meeting && isSameMeeting(meeting.at, at) ? meeting : { ...NO_BYTES, since: at };
  const days = { ...ledger.days, [day]: (ledger.days[day] ?? 0) + allBytes(added) };
  const meetings = { ...ledger.meetings, [code]: { ...addBytes(before, added), since: before.since, at } };
  return withoutOld({ days, meetings, at });
}

/** Several pages' ledgers as one: each page adds to its own alone, so that nothing is counted twice. */
export function sumOf(ledgers: readonly Ledger[]): Ledger {
  return ledgers.reduce((sum, one) => {
    const days = { ...sum.days };
    for (const [day, bytes] of Object.entries(one.days)) days[day] = (days[day] ?? 0) + bytes;
    const meetings = { ...sum.meetings };
    for (const [code, next] of Object.entries(one.meetings)) meetings[code] = both(meetings[code], next);
    return { days, meetings, at: Math.max(sum.at, one.at) };
  }, EMPTY_LEDGER);
}

/** Of two pages' use of one link: together when it was one meeting, else the later one. */
function both(a: MeetingUse | undefined, b: MeetingUse): MeetingUse {
  if (!a) return b;
  const [earlier, later] = a.at < b.at ? [a, b] : [b, a];
  if (!isSameMeeting(earlier.at, later.at)) return later;
  return { ...addBytes(a, b), since: Math.min(a.since, b.since), at: later.at };
}

/** What has been used of late, for the meter. */
export interface Used {
  meeting: Bytes;
  /** Since when one is in that meeting, in milliseconds since 1970. */
  since: number;
  today: number;
  month: number;
}

export function usedOf(ledger: Ledger, { at, day, code }: Moment & { code: string }): Used {
  const last = ledger.meetings[code];
  const meeting = last && isSameMeeting(last.at, at) ? last : { ...NO_BYTES, since: at };
  const month = day.slice(0, 7);
  return {
    meeting: { up: meeting.up, down: meeting.down },
    since: meeting.since,
    today: ledger.days[day] ?? 0,
    month: Object.entries(ledger.days)
      .filter(([one]) => one.startsWith(month))
      .reduce((sum, [, bytes]) => sum + bytes, 0),
  };
}

/** A device's clock may go back: what was used in a future is used now. */
const isSameMeeting = (then: number, now: number) => now - then < SAME_MEETING_MS;

function withoutOld({ days, meetings, at }: Ledger): Ledger {
  const kept = Object.keys(days).sort().slice(-KEPT_DAYS);
  const recent = Object.entries(meetings).filter(([, { at: then }]) => at - then < DAY_MS);
  return {
    days: Object.fromEntries(kept.map((day) => [day, days[day] ?? 0])),
    meetings: Object.fromEntries(recent),
    at,
  };
}
