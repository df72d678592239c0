import type { Product } from '../servers/product.ts';
import { Member, openMeeting, wall } from './member.ts';

const PEOPLE = 100;
const ROOMS = 20;

export interface Placings {
  people: number;
  rooms: number;
  /** Milliseconds from the request until the last of all is in their room and hears all who are there. */
  opened: number[];
  /** The same when all are moved to another room at once. */
  moved: number[];
  /** Milliseconds from the request to speak to all rooms until the last of all has that voice opened [VOICE-1]. */
  spoken: number[];
  /** Sounds that were refused to somebody who was there. */
  refused: number;
}

/** How long it takes to put a hundred people into twenty rooms, all of them into others, and to be heard in all rooms at once. */
export async function placeAll(product: Product, times: number): Promise<Placings> {
  const placings: Placings = { people: PEOPLE, rooms: ROOMS, opened: [], moved: [], spoken: [], refused: 0 };
  for (let time = 0; time < times; time += 1) await placeOnce(product, placings);
  return placings;
}

async function placeOnce({ url }: Product, placings: Placings): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { code, facilitatorKey } = await openMeeting(url);
  const runs = await Member.join({ url, code, name: 'Animation', facilitatorKey }, false);
  stack.defer(() => runs.close());
  const members: Member[] = [];
  for (let i = 0; i < PEOPLE; i += 1) {
    const member = await Member.join({ url, code, name: `Participante ${i}` });
    stack.defer(() => member.close());
    members.push(member);
  }
  const openedAt = wall();
  const inRooms = members.map((member) => member.placed((place) => place !== 'plenary'));
  await runs.ask('breakout:open', {
    rooms: Array.from({ length: ROOMS }, (_, i) => ({ name: `Salle ${i + 1}` })),
    filling: { kind: 'even' },
    seed: 1,
    withFacilitators: false,
    countdownSeconds: 0,
    minutes: null,
    late: 'smallest',
    mayChoose: false,
  });
  placings.opened.push(Math.max(...(await Promise.all(inRooms))) - openedAt);

  await runs.placed(() => runs.rooms.length === ROOMS);
  const ids = runs.rooms.map(({ roomId }) => roomId);
  // In other company than before.
  const next = members.map((member, i) => ids[(i + (ids[i % ROOMS] === member.here ? 1 : 0)) % ROOMS]!);
  const movedAt = wall();
  const elsewhere = members.map((member, i) => member.placed((place) => place === next[i]));
  await runs.ask('breakout:move', {
    moves: members.map(({ participantId }, i) => ({ participantId, roomId: next[i]! })),
  });
  placings.moved.push(Math.max(...(await Promise.all(elsewhere))) - movedAt);

  const voice = await Member.join({ url, code, name: 'Voix', facilitatorKey });
  stack.defer(() => voice.close());
  const spokenAt = wall();
  const heard = members.map((member) => member.hearsToAll(voice.participantId));
  await voice.ask('breakout:speakToAll', { on: true });
  placings.spoken.push(Math.max(...(await Promise.all(heard))) - spokenAt);
  await voice.ask('breakout:speakToAll', { on: false });
  placings.refused += members.reduce((sum, member) => sum + member.refused, 0);
}
