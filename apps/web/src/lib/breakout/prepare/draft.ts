import type {
  Breakout,
  Filling,
  KeptPlan,
  LateRule,
  ParticipantId,
  PlanId,
  RequestInput,
  RoomDraft,
  RoomId,
} from '@relais/protocol';
import {
  BREAKOUT_MAX_ROOMS,
  DOCUMENT_URL_MAX_LENGTH,
  MEETING_MAX_SEATS,
  ROUND_MAX_MINUTES,
} from '@relais/protocol/limits';
import { folded, nameIn, readPeople } from './pasted.ts';

export type FillingKind = Filling['kind'];

/** A room as it is being written. */
export interface RoomForm {
  /** Of this draft: it stays with the room when the order changes. */
  key: number;
  roomId?: RoomId | undefined;
  name: string;
  instructions: string;
  documentUrl: string;
  /** As it was typed or pasted. */
  people: string;
}

/** What is being prepared: nothing of it is lost before it is put aside. */
export interface Draft {
  /** The plan that it is a change of, and which version of it was read [BREAK-31]. */
  planId?: PlanId | undefined;
  basedOn?: number | undefined;
  title: string;
  rooms: RoomForm[];
  /** Null: until the rooms are closed. */
  minutes: number | null;
  filling: FillingKind;
  size: number;
  seed: number;
  withFacilitators: boolean;
  late: LateRule;
  mayChoose: boolean;
  countdownSeconds: number;
  /** People put somewhere by hand: the key of a room, or null for the plenary. */
  byHand?: Partial<Record<ParticipantId, number | null>> | undefined;
  /** How it was filled before the first correction. */
  corrected?: FillingKind | undefined;
}

export const MAX_SEED = 2 ** 32 - 1;

export function freshSeed(random: () => number = Math.random): number {
  return Math.floor(random() * (MAX_SEED + 1));
}

/** Rooms that are to be named later, and the usual of all else. */
export function blankDraft(rooms: number, seed: number): Draft {
  return {
    title: '',
    rooms: withRooms([], rooms),
    minutes: 15,
    filling: 'even',
    size: 4,
    seed,
    withFacilitators: false,
    late: 'smallest',
    mayChoose: false,
    countdownSeconds: 10,
  };
}

/** So many rooms: more at the end; fewer from the end, but none in which anything is written. */
export function withRooms(rooms: readonly RoomForm[], count: number): RoomForm[] {
  const wanted = Math.max(1, Math.min(BREAKOUT_MAX_ROOMS, Math.round(count) || 1));
  if (rooms.length < wanted) return addRooms(rooms, Array<string>(wanted - rooms.length).fill(''));
  const kept = [...rooms];
  while (kept.length > wanted && isBlank(kept.at(-1))) kept.pop();
  return kept;
}

const isBlank = (room: RoomForm | undefined) =>
  !!room && !`${room.name}${room.instructions}${room.documentUrl}${room.people}`.trim();

/** More rooms, of these names, as far as there is place for them. */
export function addRooms(rooms: readonly RoomForm[], names: readonly string[]): RoomForm[] {
  const first = Math.max(0, ...rooms.map(({ key }) => key)) + 1;
  const more = names.map((name, i) => ({
    key: first + i,
    name,
    instructions: '',
    documentUrl: '',
    people: '',
  }));
  return [...rooms, ...more].slice(0, BREAKOUT_MAX_ROOMS);
}

/** A room one place up or down; at the end of the list nothing changes. */
export function moveRoom(rooms: readonly RoomForm[], from: number, by: -1 | 1): RoomForm[] {
  const to = from + by;
  const moved = [...rooms];
  const [one, other] = [moved[from], moved[to]];
  if (one && other) [moved[from], moved[to]] = [other, one];
  return moved;
}

/** What is to be mended before it can be asked for: which field of which room. */
export interface Mistake {
  key: number;
  field: 'documentUrl';
}

/** "exemple.org/lettre" is meant as an address of the web. Undefined: it is none. */
export function readDocumentUrl(text: string): string | undefined {
  const typed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (whole.length > DOCUMENT_URL_MAX_LENGTH || !URL.canParse(whole)) return undefined;
  const { protocol, hostname } = new URL(whole);
  return /^https?:$/.test(protocol) && hostname.includes('.') ? whole : undefined;
}

export function mistakesIn({ rooms }: Draft): Mistake[] {
  return rooms
    .filter(({ documentUrl }) => documentUrl.trim() && readDocumentUrl(documentUrl) === undefined)
    .map(({ key }) => ({ key, field: 'documentUrl' as const }));
}

type Named = (number: number) => string;

/** The rooms as they are asked for; one without a name gets its number's. */
export function askedRooms({ rooms }: Pick<Draft, 'rooms'>, named: Named): RoomDraft[] {
  return rooms.map(({ roomId, name, instructions, documentUrl, people }, i) => {
    const url = documentUrl.trim() && readDocumentUrl(documentUrl);
    const listed = readPeople(people).slice(0, MEETING_MAX_SEATS);
    return {
      ...(roomId && { roomId }),
      name: name.trim() || named(i + 1),
      ...(instructions.trim() && { instructions: instructions.trim() }),
      ...(url && { documentUrl: url }),
      ...(listed.length > 0 && { people: listed }),
    };
  });
}

/** Minutes that may be asked for; null: until the rooms are closed. */
export function askedMinutes(minutes: number | null | undefined): number | null {
  if (minutes === null || minutes === undefined || !Number.isFinite(minutes) || minutes <= 0) return null;
  return Math.min(ROUND_MAX_MINUTES, Math.max(1, Math.round(minutes)));
}

/** What `breakout:propose` is asked, of the people who are there by name. */
export function askedDraft(
  draft: Draft,
  named: Named,
  people: readonly { participantId: ParticipantId; name: string }[],
): RequestInput<'breakout:propose'> {
  const { seed, withFacilitators } = draft;
  const rooms = askedRooms(draft, named);
  const place = new Map(draft.rooms.map(({ key }, index) => [key, index]));
  const held = new Set<string>();
  const placements = people.flatMap(({ participantId, name }) => {
    const key = draft.byHand?.[participantId];
    if (key === null) held.add(folded(name));
    const room = typeof key === 'number' ? place.get(key) : undefined;
    return room === undefined ? [] : [{ participantId, room }];
  });
  // Who was put in the plenary by hand is not to be placed by a list after all.
  const free = held.size === 0 ? rooms : rooms.map((room) => without(room, held));
  return { rooms: free, filling: fillingOf(draft, placements), seed, withFacilitators };
}

function without({ people, ...room }: RoomDraft, held: ReadonlySet<string>): RoomDraft {
  const left = people?.filter((entry) => !held.has(folded(nameIn(entry)))) ?? [];
  return { ...room, ...(left.length > 0 && { people: left }) };
}

function fillingOf(
  { filling, size }: Draft,
  placements: { participantId: ParticipantId; room: number }[],
): Filling {
  if (filling === 'byHand') return { kind: 'byHand', ...(placements.length > 0 && { placements }) };
  if (filling === 'size')
    return { kind: 'size', size: Math.min(MEETING_MAX_SEATS, Math.max(2, Math.round(size) || 2)) };
  return { kind: filling };
}

/** What opening asks for: the proposal's request, and how it runs. */
export function askedRound(
  draft: Draft,
  proposal: RequestInput<'breakout:propose'>,
): RequestInput<'breakout:open'> {
  const { late, mayChoose, countdownSeconds, filling } = draft;
  // By free choice there is no other way to a room.
  return {
    ...proposal,
    countdownSeconds,
    minutes: askedMinutes(draft.minutes),
    late,
    mayChoose: mayChoose || filling === 'choice',
  };
}

/** A plan, to be changed or opened: with lists it is filled by them. */
export function draftOf(plan: KeptPlan, usual: Draft): Draft {
  const rooms = plan.rooms.map(({ roomId, name, instructions = '', documentUrl = '', people = [] }, i) => {
    return { key: i + 1, roomId, name, instructions, documentUrl, people: people.join('\n') };
  });
  const { byHand: _, corrected: _before, ...rest } = usual;
  const isListed = plan.rooms.some(({ people }) => people && people.length > 0);
  const filling = isListed ? 'byHand' : rest.filling === 'byHand' ? 'even' : rest.filling;
  const { planId, version: basedOn, title, minutes } = plan;
  return { ...rest, planId, basedOn, title, minutes, rooms, filling };
}

/** What `breakout:savePlan` is asked. */
export function askedPlan(draft: Draft, named: Named, title: string): RequestInput<'breakout:savePlan'> {
  const { planId, basedOn } = draft;
  return {
    ...(planId && { planId, ...(basedOn !== undefined && { basedOn }) }),
    title: draft.title.trim() || title,
    rooms: askedRooms(draft, named),
    minutes: askedMinutes(draft.minutes),
  };
}

/** The rooms of last time, under what was typed meanwhile: each takes the place of one, in order. */
export function asLastTime(
  rooms: readonly RoomForm[],
  { last, past }: Pick<Breakout, 'last' | 'past'>,
): RoomForm[] {
  const used = new Set(last.map(({ roomId }) => roomId));
  const before = past.findLast((round) => round.rooms.some(({ roomId }) => used.has(roomId)))?.rooms ?? [];
  if (rooms.some(({ roomId }) => before.some((room) => room.roomId === roomId))) return [...rooms];
  const enough =
    rooms.length < before.length
      ? addRooms(rooms, Array<string>(before.length - rooms.length).fill(''))
      : rooms;
  return enough.map((room, i) => {
    const known = before[i];
    return known ? { ...room, roomId: known.roomId, name: room.name.trim() || known.name } : room;
  });
}
