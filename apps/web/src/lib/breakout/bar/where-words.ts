import type { Person } from '@relais/domain';
import type { BreakoutRoom, BreakoutRound, RoomRole } from '@relais/protocol';
import { nameList } from '#lib/i18n/format.ts';
import type { GroupsWords } from '#lib/i18n/fr-groups.ts';

/** So many are named, the others counted. */
const NAMED = 4;

/** " avec Ana, Marc et 5 autres personnes"; '' where nobody else is. */
export function withWords(words: GroupsWords, tag: string, others: readonly Person[]): string {
  if (others.length === 0) return '';
  const named = others.length > NAMED ? others.slice(0, NAMED - 1) : others;
  const rest = others.length - named.length;
  const names = [...named.map(({ name }) => name), ...(rest > 0 ? [words.andMore(rest)] : [])];
  return words.withPeople(nameList(tag, names));
}

/** What is said on coming into a room [BREAK-21]. */
export function arrivalWords(
  words: GroupsWords,
  tag: string,
  {
    room,
    others,
    role,
    isVisit,
  }: { room: BreakoutRoom; others: readonly Person[]; role?: RoomRole | undefined; isVisit: boolean },
): string {
  const where = isVisit ? words.visiting(room.name) : words.inRoom(room.name);
  const sentences = [`${where}${withWords(words, tag, others)}.`];
  if (others.length === 0) sentences.push(words.aloneHere);
  if (role) sentences.push(words.yourRole(words.roles[role]));
  return sentences.join(' ');
}

/** Where one will be once the rooms open. */
export function willWords(words: GroupsWords, room: BreakoutRoom | undefined, mayChoose: boolean): string {
  if (room) return words.willGo(room.name);
  return mayChoose ? words.willChoose : words.willStay;
}

/** To which of the rooms that are open an announcement went. */
export function announcementWords(
  { announcement }: GroupsWords,
  { name, to }: { name: string; to: readonly string[] },
  round: BreakoutRound | undefined,
): string {
  const open = round?.rooms.filter(({ closed }) => !closed) ?? [];
  if (open.every(({ roomId }) => to.includes(roomId))) return announcement.all(name);
  return to.length > 1 ? announcement.some(name) : announcement.one(name);
}
