import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerValue, LiveSnapshot, ParticipantId, PeerId, Seat } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { nextStanding } from '../hub/connection-state.ts';
import { stopWaiting, waitAtDoor } from '../waiting/wait-at-door.ts';
import { createMembership, type MediaGate, type MeetingKeeper } from './membership.ts';
import type { SeatMemory } from './seat-memory.ts';
import type { Standing } from './view-model.ts';

const seat: Seat = { participantId: 'ana' as ParticipantId, token: 'proof' };
const live: LiveSnapshot = { epoch: 'e', seq: 0, state: {} };
const answer: AnswerValue<'meeting:join'> = {
  seat,
  version: 3,
  live,
  now: 0,
  seatHeldMs: 300_000,
  mediaUnavailable: true,
};

function setUp(media: Partial<MediaGate> = {}) {
  const fake = createFakeHub();
  let standing: Standing = { kind: 'outside' };
  let held: Seat | undefined;
  const calls: string[] = [];
  const keeper: MeetingKeeper = {
    get standing() {
      return standing;
    },
    version: undefined,
    move: (fact) => (standing = nextStanding(standing, fact)),
    seated: () => undefined,
    apply: () => calls.push('apply'),
  };
  const seats: SeatMemory = {
    load: () => held,
    find: async () => held,
    former: () => (held ? [held.participantId] : []),
    save: (given) => (held = given),
    forget: () => (held = undefined),
    left: () => undefined,
  };
  const membership = createMembership({
    hub: fake.hub,
    code: 'abc-defg-hij',
    seats,
    media: {
      offer: async () => undefined,
      keepPeerId: () => undefined,
      opened: () => calls.push('opened'),
      kept: () => calls.push('kept'),
      unavailable: () => calls.push('unavailable'),
      ...media,
    },
    keeper,
    leavings: {
      tell: (_code, left) => calls.push(`tell ${left.participantId}`),
      takeBack: (taken) => taken && calls.push(`take back ${taken.participantId}`),
    },
    waitAtDoor: (asked) => void waitAtDoor({ ...asked, hub: fake.hub, code: 'abc-defg-hij', seats, keeper }),
  });
  const joins = () =>
    fake.requests.filter(({ name }) => name === 'meeting:join').map(({ payload }) => payload);
  return { fake, membership, calls, joins, standing: () => standing, hold: (given: Seat) => (held = given) };
}

/** Lets every waiting and every retry pass. */
const settle = () => vi.advanceTimersByTimeAsync(60_000);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('before a door where one waits', () => {
  /** Somebody who has been announced. */
  async function waiting() {
    const rig = setUp();
    const { fake, membership, standing } = rig;
    let isLetIn = false;
    fake.answer('meeting:join', () => (isLetIn ? ok(answer) : fail({ kind: 'mustWait' })));
    fake.answer('door:wait', () => ok({ seat, entry: 'waiting', waitedMs: 5000, isAnimated: false }));
    fake.socket(true);
    await membership.join('Ana');
    await settle();
    expect(standing()).toMatchObject({ kind: 'waiting', isAnimated: false, isCut: false });
    const waits = () =>
      fake.requests.filter(({ name }) => name === 'door:wait').map(({ payload }) => payload);
    return { ...rig, waits, letIn: () => (isLetIn = true) };
  }

  it('[WAIT-2] [WAIT-4] one is told how it stands, and who is let in comes in by themselves, with their place', async () => {
    const { fake, standing, joins, letIn } = await waiting();
    fake.tell('waitingTold', { entry: 'waiting', isAnimated: true });
    await settle();
    expect(standing()).toMatchObject({ kind: 'waiting', isAnimated: true });
    letIn();
    fake.tell('waitingTold', { entry: 'admitted' });
    await settle();
    expect(standing()).toEqual({ kind: 'joined' });
    expect(joins().at(-1)).toMatchObject({ seat });
  });

  it('[WAIT-5] who is refused reads the word, and says that they know it when they ask again', async () => {
    const { fake, standing, membership, waits } = await waiting();
    fake.tell('waitingTold', { entry: 'refused', word: 'À 10 h' });
    await settle();
    expect(standing()).toEqual({ kind: 'refused', refusal: { kind: 'refusedEntry', word: 'À 10 h' } });
    fake.answer('door:wait', () => fail({ kind: 'tooMany', retryAfterMs: 50_000 }));
    await membership.join('Ana');
    await settle();
    expect(waits().at(-1)).toMatchObject({ again: true, seat });
    expect(standing()).toMatchObject({ kind: 'refused', refusal: { kind: 'tooMany' } });
  });

  it('[WAIT-6] after a cut one comes back to one’s place by oneself', async () => {
    const { fake, standing, waits } = await waiting();
    fake.socket(false);
    await settle();
    expect(standing()).toMatchObject({ kind: 'waiting', isCut: true });
    fake.socket(true);
    await settle();
    expect(standing()).toMatchObject({ kind: 'waiting', isCut: false });
    expect(waits().at(-1)).toMatchObject({ seat });
  });

  it('[WAIT-2] who waits no more says so, and is before the door again', async () => {
    const { fake, standing, calls } = await waiting();
    fake.answer('door:stopWaiting', () => ok({}));
    stopWaiting();
    await settle();
    expect(standing()).toEqual({ kind: 'outside' });
    expect(fake.requests.at(-1)?.name).toBe('door:stopWaiting');
    expect(calls).toEqual([]);
    fake.tell('waitingTold', { entry: 'admitted' });
    await settle();
    expect(standing()).toEqual({ kind: 'outside' });
  });

  it('[WAIT-6] another page in one’s place ends the waiting here', async () => {
    const { fake, standing } = await waiting();
    fake.tell('seatTakenOver', {});
    await settle();
    expect(standing()).toEqual({ kind: 'takenOver' });
  });
});

describe('membership', () => {
  it('[MEDIA-6] joins with one request, once the socket is up', async () => {
    const { fake, membership, joins, standing, calls } = setUp();
    fake.answer('meeting:join', () => ok(answer));
    const joined = membership.join('Ana');
    await settle();
    expect(standing()).toEqual({ kind: 'joining' });
    fake.socket(true);
    await joined;
    expect(standing()).toEqual({ kind: 'joined' });
    expect(joins()).toHaveLength(1);
    expect(calls).toEqual(['apply', 'unavailable']);
  });

  it('[JOIN-2] comes back to its seat after a fall, and leaves standing transports alone', async () => {
    const { fake, membership, joins, standing, calls } = setUp({ keepPeerId: () => 'peer' as PeerId });
    fake.answer('meeting:join', () => ok({ ...answer, mediaUnavailable: false }));
    fake.socket(true);
    await membership.join('Ana');
    fake.socket(false);
    expect(standing().kind).toBe('reconnecting');
    fake.socket(true);
    await settle();
    expect(standing()).toEqual({ kind: 'joined' });
    expect(joins().at(-1)).toMatchObject({ seat, keepPeerId: 'peer' });
    expect(calls.at(-1)).toBe('kept');
  });

  it('[LEAVE-5] a leaving that nobody hears is told otherwise, and taken back on coming back to the seat', async () => {
    const { fake, membership, calls, standing } = setUp();
    fake.answer('meeting:join', () => ok(answer));
    fake.socket(true);
    await membership.join('Ana');
    fake.socket(false);
    await membership.leave();
    expect(standing()).toEqual({ kind: 'left' });
    expect(calls).toContain('tell ana');
    await membership.join('Ana');
    expect(calls).toContain('take back ana');
  });

  it('[LEAVE-1] a leaving that the socket told is not told twice', async () => {
    const { fake, membership, calls } = setUp();
    fake.answer('meeting:join', () => ok(answer));
    fake.answer('meeting:leave', () => ok({}));
    fake.socket(true);
    await membership.join('Ana');
    await membership.leave();
    expect(calls).not.toContain('tell ana');
    expect(fake.departures).toBe(1);
  });

  it('[JOIN-5] takes another seat when its own is not known any more', async () => {
    const { fake, membership, joins, standing, hold } = setUp();
    hold(seat);
    fake.answer('meeting:join', ({ seat: given }) => (given ? fail({ kind: 'seatUnknown' }) : ok(answer)));
    fake.socket(true);
    await membership.join('Ana');
    expect(standing()).toEqual({ kind: 'joined' });
    expect(joins()).toHaveLength(2);
  });

  it('stops at a refusal that nothing would change', async () => {
    const { fake, membership, joins, standing } = setUp();
    fake.answer('meeting:join', () => fail({ kind: 'protocolMismatch', serverVersion: 9 }));
    fake.socket(true);
    await membership.join('Ana');
    expect(standing()).toEqual({ kind: 'refused', refusal: { kind: 'protocolMismatch', serverVersion: 9 } });
    expect(joins()).toHaveLength(1);
  });

  it('tries a first joining a bounded number of times while the server is away, and tells why', async () => {
    const { fake, membership, joins, standing } = setUp();
    fake.answer('meeting:join', () => fail({ kind: 'unavailable', what: 'server' }));
    fake.socket(true);
    void membership.join('Ana');
    await settle();
    expect(standing()).toEqual({ kind: 'refused', refusal: { kind: 'unavailable', what: 'server' } });
    expect(joins()).toHaveLength(8);
  });

  it('goes on trying a first joining by itself while the log is away, and says so after a moment', async () => {
    const { fake, membership, standing } = setUp();
    fake.answer('meeting:join', () => fail({ kind: 'unavailable', what: 'log' }));
    fake.socket(true);
    void membership.join('Ana');
    await vi.advanceTimersByTimeAsync(100);
    expect(standing()).toEqual({ kind: 'joining' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(standing()).toEqual({ kind: 'joining', storeAway: true });
    fake.answer('meeting:join', () => ok(answer));
    await settle();
    expect(standing()).toEqual({ kind: 'joined' });
  });

  it('[MEDIA-6] names the transports that still stand however often coming back is tried', async () => {
    const { fake, membership, joins } = setUp({ keepPeerId: () => 'peer' as PeerId });
    fake.answer('meeting:join', () => ok({ ...answer, mediaUnavailable: false }));
    fake.socket(true);
    await membership.join('Ana');
    fake.answer('meeting:join', () => fail({ kind: 'unavailable', what: 'log' }));
    fake.socket(false);
    fake.socket(true);
    await settle();
    fake.socket(false);
    fake.answer('meeting:join', () => ok({ ...answer, mediaUnavailable: false }));
    fake.socket(true);
    await settle();
    const back = joins().slice(1);
    expect(back.length).toBeGreaterThan(2);
    expect(back.every((join) => (join as { keepPeerId?: string }).keepPeerId === 'peer')).toBe(true);
  });

  it('never gives up coming back while the log is away', async () => {
    const { fake, membership, standing } = setUp();
    fake.answer('meeting:join', () => ok(answer));
    fake.socket(true);
    await membership.join('Ana');
    fake.answer('meeting:join', () => fail({ kind: 'unavailable', what: 'log' }));
    fake.socket(false);
    fake.socket(true);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(standing().kind).toBe('reconnecting');
    fake.answer('meeting:join', () => ok(answer));
    await settle();
    expect(standing()).toEqual({ kind: 'joined' });
  });

  it('[LEAVE-3] takes a fresh socket when an answer was lost on one that stands, and does not leave', async () => {
    const { fake, membership, standing, hold } = setUp();
    hold(seat);
    let asked = 0;
    fake.answer('meeting:join', () => ((asked += 1) === 1 ? fail({ kind: 'noAnswer' }) : ok(answer)));
    fake.socket(true);
    await membership.join('Ana');
    expect(fake).toMatchObject({ reconnections: 1, departures: 0 });
    expect(standing()).toEqual({ kind: 'joined' });
  });

  it('[LEAVE-1] leaves the seat whose token was lost with the answer: nobody can come back to it', async () => {
    const { fake, membership, standing } = setUp();
    let asked = 0;
    fake.answer('meeting:join', () => ((asked += 1) === 1 ? fail({ kind: 'noAnswer' }) : ok(answer)));
    fake.socket(true);
    await membership.join('Ana');
    expect(fake).toMatchObject({ reconnections: 0, departures: 1 });
    expect(standing()).toEqual({ kind: 'joined' });
  });

  it('[MEDIA-6] tells the media which offer an opening answers', async () => {
    const offers: unknown[] = [];
    const opened: unknown[] = [];
    const media = { peerId: 'peer' } as never;
    const { fake, membership } = setUp({
      offer: async () => {
        offers.push({ maxVideos: offers.length });
        return offers.at(-1) as never;
      },
      opened: (_media, offer) => opened.push(offer),
    });
    fake.answer('meeting:join', () => ok({ ...answer, media, mediaUnavailable: false }));
    fake.socket(true);
    await membership.join('Ana');
    expect(opened).toHaveLength(1);
    expect(opened[0]).toBe(offers.at(-1));
  });

  it('[JOIN-6] does not come back when its seat was taken in another tab', async () => {
    const { fake, membership, joins, standing } = setUp();
    fake.answer('meeting:join', () => ok(answer));
    fake.socket(true);
    await membership.join('Ana');
    fake.tell('seatTakenOver', {});
    fake.socket(true);
    await settle();
    expect(standing()).toEqual({ kind: 'takenOver' });
    expect(joins()).toHaveLength(1);
  });

  it('[DOOR-3] [DOOR-4] does not come back by itself when it was removed, and says which seats its browser held', async () => {
    const { fake, membership, joins, standing } = setUp();
    fake.answer('meeting:join', () => ok(answer));
    fake.socket(true);
    await membership.join('Ana');
    fake.tell('removed', {});
    fake.socket(true);
    await settle();
    expect(standing()).toEqual({ kind: 'removed' });
    expect(joins()).toHaveLength(1);
    await membership.join('Quelqu’un d’autre');
    expect(joins().at(-1)).toMatchObject({ formerSeats: ['ana'] });
  });

  it('[DOOR-3] learns on coming back that it was removed while the line was cut', async () => {
    const { fake, membership, standing } = setUp();
    fake.answer('meeting:join', () => ok(answer));
    fake.socket(true);
    await membership.join('Ana');
    fake.answer('meeting:join', () => fail({ kind: 'removed' }));
    fake.socket(false);
    fake.socket(true);
    await settle();
    expect(standing()).toEqual({ kind: 'removed' });
  });

  it('is not brought back in by an answer that comes after leaving', async () => {
    const { fake, membership, standing, calls } = setUp();
    fake.answer('meeting:join', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return ok(answer);
    });
    fake.socket(true);
    void membership.join('Ana');
    await vi.advanceTimersByTimeAsync(500);
    void membership.leave();
    await settle();
    expect(standing()).toEqual({ kind: 'left' });
    expect(calls).toEqual([]);
  });
});
