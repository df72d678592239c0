import type { ChatLine } from '#lib/meeting/view-model.ts';

/** Lines of one person in a row: the name is written once. */
export interface Group {
  key: string;
  name: string;
  participantId: string;
  own: boolean;
  at: number;
  lines: ChatLine[];
  /** One line, said to whole rooms: to which places. */
  announced?: readonly string[];
  /** What was written during one's absence begins here. */
  isMissed?: true;
}

export interface Day {
  /** Any moment of the day; also its key. */
  at: number;
  key: string;
  groups: Group[];
}

/** After that many milliseconds the name and the hour are written again. */
const PAUSE = 5 * 60_000;

/** Messages by day, in the reader's time zone, and by author. */
export function groupLines(lines: readonly ChatLine[], missedKey?: string): Day[] {
  const days: Day[] = [];
  for (const line of lines) {
    const day = dayOf(days, line.at);
    const group = day.groups.at(-1);
    if (line.key === missedKey) day.groups.push({ ...newGroup(line), isMissed: true });
    else if (group && continues(group, line)) group.lines.push(line);
    else day.groups.push(newGroup(line));
  }
  return days;
}

function dayOf(days: Day[], at: number): Day {
  const key = new Date(at).toDateString();
  const last = days.at(-1);
  if (last?.key === key) return last;
  const day: Day = { at, key, groups: [] };
  days.push(day);
  return day;
}

function continues(group: Group, line: ChatLine): boolean {
  const before = group.lines.at(-1)?.at ?? 0;
  // What was meant for elsewhere, and what is said to all, stand apart.
  if (line.announced || group.announced || line.state === 'misplaced') return false;
  return group.participantId === line.participantId && line.at - before < PAUSE;
}

function newGroup(line: ChatLine): Group {
  const { key, name, participantId, own, at, announced } = line;
  return { key, name, participantId, own, at, lines: [line], ...(announced && { announced }) };
}
