import { roomOf } from '@relais/domain';
import { NOTE_MAX_LENGTH, NOTE_UPDATE_MAX_BYTES, type RequestInput, type RoomId } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, MEETING_ID, SECRET } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { Writer } from '../test-support/writer.ts';
import { createMemoryNoteStore } from './adapters/memory-note-store.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';
import type { NoteStore } from './ports/note-store.ts';

const facilitatorKey = new FacilitatorKeys(SECRET).sign(MEETING_ID);
const EMPTY = Uint8Array.of(0);

let rig: HubsRig;
/** What becomes of an append; tests put something else in its place. */
let onAppend: () => Promise<void>;
let store: NoteStore;
let hub: OneHub;
let anim: Browser;

beforeEach(async () => {
  vi.useFakeTimers();
  const memory = createMemoryNoteStore();
  onAppend = async () => undefined;
  store = {
    ...memory,
    async append(...given) {
      const done = await memory.append(...given);
      await onAppend();
      return done;
    },
  };
  rig = new HubsRig({ notes: store });
  await rig.createMeeting();
  hub = rig.start();
  anim = await joined('Anim', hub, { facilitatorKey });
});
afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function joined(name: string, at = hub, extra: Partial<RequestInput<'meeting:join'>> = {}) {
  const browser = new Browser(at.gateway);
  await browser.join(CODE, name, extra);
  return browser;
}

/** A round of two rooms, with these in the first and those in the second. */
async function open(first: Browser[], second: Browser[], rooms?: RoomId[]): Promise<[RoomId, RoomId]> {
  await anim.call('breakout:open', {
    rooms: [0, 1].map((index) => ({
      name: `Salle ${index + 1}`,
      ...(rooms && { roomId: rooms[index] }),
    })),
    filling: {
      kind: 'byHand',
      placements: [first, second].flatMap((people, room) =>
        people.map((browser) => ({ participantId: browser.seat!.participantId, room })),
      ),
    },
    seed: 1,
    withFacilitators: false,
    countdownSeconds: 0,
    minutes: 10,
    late: 'choose',
    mayChoose: false,
  });
  anim.receive();
  return anim.meeting!.breakout!.round!.rooms.map(({ roomId }) => roomId) as [RoomId, RoomId];
}

async function closeRound(): Promise<void> {
  await anim.call('breakout:close', {});
  await pass(40_000);
}

async function textOf(browser: Browser, place: RoomId | 'plenary'): Promise<string> {
  return (await browser.call('notes:read', { place })).text;
}

async function writerOf(browser: Browser, place: RoomId | 'plenary'): Promise<Writer> {
  const writer = new Writer(place);
  await writer.open(browser);
  return writer;
}

describe('notes of a place', () => {
  test('[NOTE-1] two who write at once have one text, and are told what the other wrote', async () => {
    const [ana, bea] = [await joined('Ana'), await joined('Béa')];
    const [room] = await open([ana, bea], []);
    const [one, other] = [await writerOf(ana, room), await writerOf(bea, room)];
    one.write('Ana');
    other.write('Béa');
    await Promise.all([one.send(ana), other.send(bea)]);
    one.hear(ana);
    other.hear(bea);
    expect(one.said).toBe(other.said);
    expect([...one.said].sort()).toEqual([...'AnaBéa'].sort());
    expect(await textOf(anim, room)).toBe(one.said);
  });

  test('[NOTE-3] only who is in a place reads and writes its notes, and who runs the meeting; no other id is one', async () => {
    const [ana, bea] = [await joined('Ana'), await joined('Béa')];
    const [one, other] = await open([ana], [bea]);
    const writer = await writerOf(bea, other);
    writer.write('à nous');
    await writer.send(bea);
    const update = Uint8Array.of(0, 0);
    for (const place of [other, 'plenary', 'another-meetings-room', MEETING_ID]) {
      expect(await ana.attempt('notes:open', { place, stateVector: EMPTY }), place).toBe('notInYourRoom');
      expect(await ana.attempt('notes:write', { place, update }), place).toBe('notInYourRoom');
      expect(await ana.attempt('notes:read', { place }), place).toBe('notInYourRoom');
    }
    expect(await ana.attempt('notes:write', { place: one, update })).toBe('accepted');
    expect(await ana.attempt('notes:watch', { on: true })).toBe('notAllowed');
    expect(await anim.attempt('notes:open', { place: other, stateVector: EMPTY })).toBe('accepted');
    expect(await anim.attempt('notes:read', { place: 'another-meetings-room' })).toBe('notInYourRoom');
    const stranger = new Browser(hub.gateway);
    expect(await stranger.attempt('notes:read', { place: 'plenary' })).toBe('notJoined');
  });

  test('[NOTE-3] who was moved is told nothing more of the room that they left', async () => {
    const [ana, bea] = [await joined('Ana'), await joined('Béa')];
    const [one, other] = await open([ana, bea], []);
    await writerOf(ana, one);
    await anim.call('breakout:move', { moves: [{ participantId: ana.seat!.participantId, roomId: other }] });
    const writer = await writerOf(bea, one);
    writer.write('entre nous');
    await writer.send(bea);
    expect(ana.connection!.inbox.filter(({ name }) => name === 'notesChanged')).toEqual([]);
    expect(await ana.attempt('notes:read', { place: one })).toBe('notInYourRoom');
  });

  test('[NOTE-4] what was written before one was moved is taken all the same, for who was there, and gives nothing to read', async () => {
    const [ana, bea] = [await joined('Ana'), await joined('Béa')];
    const [one, other] = await open([ana], [bea]);
    const writer = await writerOf(ana, one);
    writer.write('juste avant');
    await anim.call('breakout:move', { moves: [{ participantId: ana.seat!.participantId, roomId: other }] });
    // Somebody else with the same word of the hub, and the same person for another room.
    const { grant } = writer;
    const update = Uint8Array.of(0, 0);
    expect(await bea.attempt('notes:write', { place: one, update, grant })).toBe('notInYourRoom');
    expect(await ana.attempt('notes:write', { place: 'plenary', update, grant })).toBe('notInYourRoom');
    await writer.send(ana);
    expect(await textOf(anim, one)).toBe('juste avant');
    expect(await ana.attempt('notes:open', { place: one, stateVector: EMPTY })).toBe('notInYourRoom');
    await pass(3 * 60 * 60_000);
    expect(await ana.attempt('notes:write', { place: one, update, grant })).not.toBe('accepted');
  });

  test('[NOTE-5] a change that is none is refused, and leaves text and hub as they were', async () => {
    const ana = await joined('Ana');
    const writer = await writerOf(ana, 'plenary');
    writer.write('Bonjour');
    await writer.send(ana);
    for (const bytes of [[9], [255, 255, 255, 127], [1, 1, 1, 0, 10, 5, 0], [1, 1, 1, 5, 4, 1, 1, 97]])
      expect(await ana.attempt('notes:write', { place: 'plenary', update: Uint8Array.from(bytes) })).toBe(
        'invalidInput',
      );
    const large = new Uint8Array(NOTE_UPDATE_MAX_BYTES + 1);
    expect(await ana.attempt('notes:write', { place: 'plenary', update: large })).toBe('invalidInput');
    const notBytes = { place: 'plenary', update: 'AAA=' } as unknown as RequestInput<'notes:write'>;
    expect(await ana.attempt('notes:write', notBytes)).toBe('invalidInput');
    expect(await ana.attempt('notes:open', { place: 'plenary', stateVector: Uint8Array.of(255) })).toBe(
      'invalidInput',
    );
    writer.write(' à tous');
    await writer.send(ana);
    expect(await textOf(anim, 'plenary')).toBe('Bonjour à tous');
  });

  test('[NOTE-5] notes that are full take nothing more, until they are shorter', async () => {
    const ana = await joined('Ana');
    const writer = await writerOf(ana, 'plenary');
    for (let left = NOTE_MAX_LENGTH; left > 0; left -= 40_000) {
      writer.write('x'.repeat(40_000));
      await writer.send(ana);
    }
    writer.write('de trop');
    await expect(writer.send(ana)).rejects.toMatchObject({ refusal: { kind: 'tooLarge' } });
    expect(await textOf(ana, 'plenary')).toHaveLength(NOTE_MAX_LENGTH);
    writer.text.delete(0, 100);
    await writer.send(ana);
    expect(await textOf(ana, 'plenary')).toMatch(/^x+de trop$/);
  });

  test('[NOTE-9] many small changes are drawn together, and the rows stay few', async () => {
    const ana = await joined('Ana');
    const writer = await writerOf(ana, 'plenary');
    for (let i = 0; i < 400; i += 1) {
      writer.write(String(i % 10));
      await writer.send(ana);
    }
    const loaded = await store.load({ meetingId: MEETING_ID, place: 'plenary' }, 0);
    expect(loaded.ok && loaded.value).toMatchObject({ seq: 400 });
    expect(loaded.ok && loaded.value.rows).toBeLessThan(61);
    expect(await textOf(ana, 'plenary')).toBe(writer.said);
  });
});

describe('with several hubs', () => {
  test('[NOTE-2] [NOTE-3] people of two hubs write one text, and each is told', async () => {
    const second = rig.start();
    await pass(2000);
    const [ana, bea] = [await joined('Ana'), await joined('Béa', second)];
    const [room, other] = await open([ana, bea], []);
    const [one, two] = [await writerOf(ana, room), await writerOf(bea, room)];
    for (const word of ['un ', 'deux ', 'trois ']) {
      one.write(word);
      two.write(word.toUpperCase());
      await Promise.all([one.send(ana), two.send(bea)]);
      one.hear(ana);
      two.hear(bea);
    }
    expect(one.said).toBe(two.said);
    expect(await textOf(anim, room)).toBe(one.said);
    expect(await bea.attempt('notes:read', { place: other })).toBe('notInYourRoom');
  });

  test('[NOTE-2] while the hubs do not hear each other, each learns from the store how far the notes go', async () => {
    const second = rig.start();
    await pass(2000);
    const [ana, bea] = [await joined('Ana'), await joined('Béa', second)];
    const [one, two] = [await writerOf(ana, 'plenary'), await writerOf(bea, 'plenary')];
    rig.exchange.setUp(hub.id, false);
    rig.exchange.setUp(second.id, false);
    one.write('seule');
    await one.send(ana);
    await pass(2500);
    const told = bea.connection!.inbox.find(({ name }) => name === 'notesChanged');
    expect(told?.fact).toMatchObject({ place: 'plenary', seq: 1 });
    await two.open(bea);
    expect(two.said).toBe('seule');
    // Both write on what they have: the store puts them in one order.
    one.write('!', 0);
    two.write('?');
    await Promise.all([one.send(ana), two.send(bea)]);
    expect(await textOf(ana, 'plenary')).toBe('!seule?');
  });

  test('[NOTE-2] a hub killed between storing and answering loses nothing: the same change again is ok, and is there once', async () => {
    const second = rig.start();
    await pass(2000);
    const ana = await joined('Ana', second);
    const writer = await writerOf(ana, 'plenary');
    writer.write('avant ');
    await writer.send(ana);
    let stored!: () => void;
    const isStored = new Promise<void>((resolve) => (stored = resolve));
    onAppend = async () => {
      stored();
      await new Promise(() => undefined);
    };
    writer.write('pendant ');
    const sending = writer.send(ana);
    await isStored;
    rig.kill(second);
    onAppend = async () => undefined;
    expect(await Promise.race([sending.then(() => 'answered'), Promise.resolve('not answered')])).toBe(
      'not answered',
    );
    // On another hub, in the same seat, with what was not acknowledged.
    const back = new Browser(hub.gateway);
    back.seat = ana.seat;
    await back.join(CODE, 'Ana');
    await writer.open(back);
    writer.write('après');
    await writer.send(back);
    expect(await textOf(anim, 'plenary')).toBe('avant pendant après');
    expect(writer.unsent).toEqual([]);
  });
});

describe('the harvest', () => {
  test('[NOTE-6] [NOTE-7] after a round everybody reads what all rooms noted; while it runs who runs the meeting alone', async () => {
    const [ana, bea] = [await joined('Ana'), await joined('Béa')];
    const rooms = await open([ana], [bea]);
    for (const [browser, room, word] of [
      [ana, rooms[0], 'Premier'],
      [bea, rooms[1], 'Second'],
    ] as const) {
      const writer = await writerOf(browser, room);
      writer.write(word);
      await writer.send(browser);
    }
    const summary = async (browser: Browser) =>
      (await browser.call('notes:harvest', {})).rounds.map((round) => [
        round.number,
        round.endedAt !== undefined,
        round.rooms.map(({ name, length }) => [name, length]),
      ]);
    expect(await summary(anim)).toEqual([
      [
        1,
        false,
        [
          ['Salle 1', 7],
          ['Salle 2', 6],
        ],
      ],
    ]);
    expect(await summary(ana)).toEqual([[1, false, [['Salle 1', 7]]]]);
    await closeRound();
    for (const browser of [anim, ana, bea]) {
      expect(await summary(browser)).toEqual([
        [
          1,
          true,
          [
            ['Salle 1', 7],
            ['Salle 2', 6],
          ],
        ],
      ]);
      expect(await textOf(browser, rooms[1])).toBe('Second');
    }
    const late = await joined('Tard');
    expect(await textOf(late, rooms[0])).toBe('Premier');
    // What is over is read, and not written any more, but by who runs the meeting.
    expect(await ana.attempt('notes:open', { place: rooms[0], stateVector: EMPTY })).toBe('notInYourRoom');
    expect(await anim.attempt('notes:open', { place: rooms[0], stateVector: EMPTY })).toBe('accepted');
  });

  test('[NOTE-7] a room that is opened again has its notes again', async () => {
    const [ana, bea] = [await joined('Ana'), await joined('Béa')];
    const [room, other] = await open([ana], [bea]);
    const writer = await writerOf(ana, room);
    writer.write('d’abord');
    await writer.send(ana);
    await closeRound();
    await open([bea], [ana], [room, other]);
    bea.receive();
    expect(roomOf(bea.meeting!, bea.seat!.participantId)).toBe(room);
    const again = await writerOf(bea, room);
    expect(again.said).toBe('d’abord');
    again.write(', ensuite');
    await again.send(bea);
    expect(await ana.attempt('notes:read', { place: room })).toBe('notInYourRoom');
    await closeRound();
    expect(await textOf(ana, room)).toBe('d’abord, ensuite');
    const { rounds } = await ana.call('notes:harvest', {});
    expect(rounds.map(({ number }) => number)).toEqual([2]);
  });

  test('[NOTE-8] who runs the meeting is told the last line of each room, seldom and together, also from another hub', async () => {
    const second = rig.start();
    await pass(2000);
    const [ana, bea] = [await joined('Ana'), await joined('Béa', second)];
    const [one, other] = await open([ana], [bea]);
    const writers = [await writerOf(ana, one), await writerOf(bea, other)] as const;
    writers[0].write('déjà là\n\n');
    await writers[0].send(ana);
    const { lines } = await anim.call('notes:watch', { on: true });
    expect(lines).toMatchObject([{ place: one, line: 'déjà là' }]);
    const told = () =>
      anim
        .connection!.inbox.splice(0)
        .flatMap(({ name, fact }) => (name === 'noteLinesChanged' ? [fact.lines] : []));
    told();
    for (let i = 0; i < 5; i += 1) {
      writers[0].write(`ligne ${i}\n`);
      writers[1].write(`autre ${i}\n`);
      await writers[0].send(ana);
      await writers[1].send(bea);
    }
    expect(told()).toEqual([]);
    await pass(2000);
    expect(told()).toMatchObject([
      [
        { place: one, line: 'ligne 4' },
        { place: other, line: 'autre 4' },
      ],
    ]);
    await anim.call('notes:watch', { on: false });
    writers[0].write('plus rien');
    await writers[0].send(ana);
    await pass(4000);
    expect(told()).toEqual([]);
  });
});
