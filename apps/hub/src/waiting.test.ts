import { ok } from '@relais/kit';
import { PROTOCOL_VERSION, type ParticipantId, type PersonId, type WaitingMode } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { facilitatorKey, Member } from '../test-support/company.ts';
import { CODE, MEDIA, MEETING_ID, SECRET } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { createTroubledLog } from '../test-support/troubled-log.ts';
import { GuestTokens } from './features/entry/guest-tokens.ts';
import type { Accounts } from './ports/accounts.ts';

const accounts: Accounts = {
  cameWith: async ({ cookie }) =>
    ok(cookie ? { personId: `person-${cookie}` as PersonId, email: undefined } : undefined),
  emailsOf: async () => new Map(),
};

let rig: HubsRig;
let log: ReturnType<typeof createTroubledLog>;
let a: OneHub;
let b: OneHub;
let anim: Member;

/** Anim on hub A; who waits comes to hub B, if nothing else is said. */
beforeEach(async () => {
  vi.useFakeTimers();
  log = createTroubledLog();
  rig = new HubsRig({ accounts, log: log.log });
  await rig.createMeeting();
  a = rig.start();
  b = rig.start();
  // Until then a hub may not have heard the others.
  await pass(3000);
  anim = await Member.join(a.gateway, 'Anim', true);
  await set('on');
});
afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
async function set(mode: WaitingMode, by = anim) {
  const done = await by.browser.attempt('door:setWaiting', { mode });
  await pass(0);
  return done;
}
async function admit(who: Newcomer[], by = anim) {
  const participantIds = who.map(({ id }) => id);
  const done = await by.browser.attempt('door:admit', { participantIds });
  await pass(0);
  return done;
}
async function refuse({ id: participantId }: Newcomer, word?: string, by = anim) {
  const done = await by.browser.attempt('door:refuse', { participantId, ...(word && { word }) });
  await pass(0);
  return done;
}
const lock = () => anim.browser.attempt('door:lock', { locked: true });
/** Who waits, as somebody in the meeting sees it. */
const waiting = (member = anim) => {
  member.browser.receive();
  return member.browser.meeting?.door?.waitingRoom?.waiting.map(({ name }) => name);
};
const names = () => {
  anim.browser.receive();
  return anim.browser.meeting?.participants.map(({ name }) => name);
};

/** Somebody before the door, as their page does it. */
class Newcomer {
  browser: Browser;
  readonly name: string;
  readonly #cookie: string | undefined;

  constructor(name: string, gateway = b.gateway, cookie?: string) {
    this.name = name;
    this.#cookie = cookie;
    this.browser = new Browser(gateway);
    this.browser.connection = gateway.connect({ cookie });
  }

  /** A socket of theirs to any hub. */
  reach(one: OneHub): void {
    const { seat } = this.browser;
    this.browser = new Browser(one.gateway);
    this.browser.connection = one.gateway.connect({ cookie: this.#cookie });
    this.browser.seat = seat;
  }

  get id(): ParticipantId {
    return this.browser.seat!.participantId;
  }

  async wait(more: { again?: true } = {}) {
    const { seat } = this.browser;
    const answer = await this.browser.call('door:wait', {
      code: CODE,
      name: this.name,
      ...(seat && { seat }),
      ...more,
    });
    this.browser.seat = answer.seat;
    await pass(0);
    return answer;
  }

  attempt(): Promise<string> {
    const { seat } = this.browser;
    return this.browser.attempt('door:wait', { code: CODE, name: this.name, ...(seat && { seat }) });
  }

  join(name = this.name): Promise<string> {
    const { seat } = this.browser;
    const request = { protocolVersion: PROTOCOL_VERSION, code: CODE, name, media: MEDIA };
    return this.browser.attempt('meeting:join', { ...request, ...(seat && { seat }) });
  }

  /** What they were told at the door since they were last asked. */
  told() {
    const inbox = this.browser.connection?.inbox.splice(0) ?? [];
    return inbox.map(({ name, fact }) => (name === 'waitingTold' ? fact : { name }));
  }
}

async function newcomer(name: string, one = b, cookie?: string): Promise<Newcomer> {
  const person = new Newcomer(name, one.gateway, cookie);
  await person.wait();
  return person;
}

describe('waiting to be let in', () => {
  test('[WAIT-1] [WAIT-2] who is new has to wait; they are told that they were announced, and whether anybody runs the meeting', async () => {
    const cleo = new Newcomer('Cléo');
    expect(await cleo.join()).toBe('mustWait');
    expect(await cleo.wait()).toMatchObject({ entry: 'waiting', waitedMs: 0, isAnimated: true });
    expect(waiting()).toEqual(['Cléo']);
    expect(names()).toEqual(['Anim']);
    anim.browser.cut();
    await pass(1000);
    expect(cleo.told()).toEqual([{ entry: 'waiting', isAnimated: false }]);
    await anim.browser.join(CODE, 'Anim', { media: MEDIA });
    await pass(1000);
    expect(cleo.told()).toEqual([{ entry: 'waiting', isAnimated: true }]);
  });

  test('[WAIT-1] for guests only, who has an account comes in', async () => {
    await set('guests');
    expect(await new Newcomer('Dan', a.gateway, 'dan').join()).toBe('accepted');
    expect(await new Newcomer('Cléo').join()).toBe('mustWait');
    const withKey = { protocolVersion: PROTOCOL_VERSION, code: CODE, name: 'Deux', facilitatorKey };
    expect(await new Browser(b.gateway).attempt('meeting:join', withKey)).toBe('accepted');
  });

  test('[WAIT-4] who is let in on another hub is told at once, and comes in with their place, under the name that was let in', async () => {
    const cleo = await newcomer('Cléo');
    expect(await admit([cleo])).toBe('accepted');
    expect(cleo.told()).toEqual([{ entry: 'admitted' }]);
    expect(waiting()).toEqual([]);
    expect(await cleo.join('Une autre')).toBe('accepted');
    await pass(0);
    expect(names()).toEqual(['Anim', 'Cléo']);
    // And again without waiting, after a leave and after a cut, on any hub.
    await cleo.browser.call('meeting:leave', {});
    cleo.reach(a);
    expect(await cleo.join()).toBe('accepted');
  });

  test('[WAIT-4] two who let somebody in at once, each on their hub, let them in once', async () => {
    const second = await Member.join(b.gateway, 'Deuxième', true);
    const cleo = await newcomer('Cléo');
    const both = await Promise.all([admit([cleo]), admit([cleo], second)]);
    expect(both).toEqual(['accepted', 'accepted']);
    expect(cleo.told()).toEqual([{ entry: 'admitted' }]);
    const read = await rig.log.read(anim.browser.meeting!.meetingId, 0, 1000);
    const events = read.ok ? read.value.map(({ event }) => event.type) : [];
    expect(events.filter((type) => type === 'participantsAdmitted')).toHaveLength(1);
  });

  test('[WAIT-4] all that were seen waiting are let in at once, who came after that is not', async () => {
    const people = [await newcomer('Un'), await newcomer('Deux', a)];
    const late = await newcomer('Trois');
    await admit(people);
    expect(people.map((one) => one.told())).toEqual(Array(2).fill([{ entry: 'admitted' }]));
    expect([late.told(), waiting()]).toEqual([[], ['Trois']]);
  });

  test('[WAIT-5] who is refused reads the word, also after their line was cut, and may ask again later', async () => {
    const cleo = await newcomer('Cléo');
    const dan = await newcomer('Dan');
    await refuse(cleo, 'Revenez à 10 h');
    expect(cleo.told()).toEqual([{ entry: 'refused', word: 'Revenez à 10 h' }]);
    dan.browser.cut();
    await refuse(dan);
    for (const one of [cleo, dan]) one.reach(a);
    expect([await cleo.attempt(), await dan.attempt()]).toEqual(['refusedEntry', 'refusedEntry']);
    await pass(61_000);
    expect(await cleo.wait({ again: true })).toMatchObject({ entry: 'waiting' });
    expect(waiting()).toEqual(['Cléo']);
  });

  test('[WAIT-6] a place is kept over a cut, over a reload, and over the death of a hub, with the time that it has lasted', async () => {
    const cleo = await newcomer('Cléo');
    const dan = await newcomer('Dan');
    cleo.browser.cut();
    dan.browser.cut(true);
    await pass(8000);
    for (const one of [cleo, dan]) {
      one.reach(a);
      expect(await one.wait()).toMatchObject({ entry: 'waiting', waitedMs: 8000 });
    }
    await pass(90_000);
    expect(waiting()).toEqual(['Cléo', 'Dan']);
    const eve = await newcomer('Ève');
    rig.kill(b);
    await pass(30_000);
    eve.reach(a);
    expect(await eve.wait()).toMatchObject({ entry: 'waiting', waitedMs: 30_000 });
    await pass(120_000);
    expect(waiting()).toEqual(['Cléo', 'Dan', 'Ève']);
  });

  test('[WAIT-6] it is given up when the page was closed, the line stayed cut, the hub died, or they said so', async () => {
    const [closed, cut, orphan, left] = [
      await newcomer('Fermée'),
      await newcomer('Coupée'),
      await newcomer('Orpheline'),
      await newcomer('Partie'),
    ];
    expect(await left.browser.attempt('door:stopWaiting', {})).toBe('accepted');
    await pass(0);
    expect(waiting()).toEqual(['Fermée', 'Coupée', 'Orpheline']);
    closed.browser.cut(true);
    cut.browser.cut();
    await pass(12_000);
    expect(waiting()).toEqual(['Coupée', 'Orpheline']);
    await pass(52_000);
    expect(waiting()).toEqual(['Orpheline']);
    orphan.browser.cut();
    rig.kill(b);
    await pass(75_000);
    expect(waiting()).toEqual([]);
  });

  test('[WAIT-6] while the log is away nobody loses their place, and who went is gone when it is back', async () => {
    const cleo = await newcomer('Cléo');
    log.isAway = true;
    expect(await cleo.browser.attempt('door:stopWaiting', {})).toBe('accepted');
    await pass(20_000);
    log.isAway = false;
    await pass(5000);
    expect(waiting()).toEqual([]);
  });

  test('[WAIT-6] a second page in the same place displaces the first, which is told', async () => {
    const cleo = await newcomer('Cléo');
    const first = cleo.browser.connection!;
    const told = vi.spyOn(first, 'tell');
    cleo.reach(b);
    await cleo.wait();
    expect([first.open, told.mock.lastCall?.[0]]).toEqual([false, 'seatTakenOver']);
    await pass(90_000);
    expect(waiting()).toEqual(['Cléo']);
  });

  test('[WAIT-7] turned off, all who wait are let in; locked, nobody new waits', async () => {
    const cleo = await newcomer('Cléo');
    await lock();
    expect(await new Newcomer('Tard').attempt()).toBe('meetingLocked');
    await set('off');
    expect(cleo.told()).toEqual([{ entry: 'admitted' }]);
    expect(await cleo.join()).toBe('accepted');
  });

  test('[WAIT-1] it is so until it is set otherwise, over a restart and when everybody has gone', async () => {
    const cleo = await newcomer('Cléo');
    await admit([cleo]);
    await anim.browser.call('meeting:leave', {});
    cleo.browser.cut(true);
    await pass(0);
    for (const one of [...rig.hubs]) rig.kill(one);
    const c = rig.start();
    await pass(3000);
    cleo.reach(c);
    expect(await cleo.join()).toBe('accepted');
    const dan = new Newcomer('Dan', c.gateway);
    expect(await dan.join()).toBe('mustWait');
    expect(await dan.wait()).toMatchObject({ entry: 'waiting', isAnimated: false });
  });

  test('[WAIT-6] a meeting before which somebody waits stays in memory; when nobody waits any more it goes', async () => {
    const cleo = await newcomer('Cléo');
    await anim.browser.call('meeting:leave', {});
    await pass(5000);
    const again = await Member.join(a.gateway, 'Anim', true);
    await admit([cleo], again);
    expect(cleo.told()).toContainEqual({ entry: 'admitted' });
  });
});

test('[WAIT-3] who waits is told to nobody who does not run the meeting, by no message of the hub', async () => {
  await set('off');
  const ana = await Member.join(b.gateway, 'Ana');
  await set('on');
  const told = vi.spyOn(ana.browser.connection!, 'tell');
  const [cleo, dan] = [await newcomer('Secret-1'), await newcomer('Secret-2', a)];
  await admit([cleo]);
  await refuse(dan, 'Secret-3');
  const third = await newcomer('Secret-4');
  third.browser.cut(true);
  await pass(12_000);
  const late = await Member.join(b.gateway, 'Deux', true);
  await late.browser.call('meeting:leave', {});
  ana.browser.receive();
  expect(JSON.stringify([told.mock.calls, ana.browser.meeting])).not.toMatch(/Secret/);
  expect(told.mock.calls.length).toBeGreaterThan(3);
  // Who waits learns nothing of who is inside.
  const fourth = new Newcomer('Dehors');
  const heard = vi.spyOn(fourth.browser.connection!, 'tell');
  const answer = await fourth.wait();
  await ana.browser.attempt('chat:post', { clientMessageId: 'm1', text: 'Entre nous' });
  await pass(5000);
  expect(JSON.stringify([answer, heard.mock.calls])).not.toMatch(/"(Ana|Anim)"|Entre nous/);
});

test('[WAIT-9] only who runs the meeting sets it, lets in and refuses; who waits asks for nothing else', async () => {
  await set('off');
  const ana = await Member.join(a.gateway, 'Ana');
  await set('on');
  const cleo = await newcomer('Cléo');
  expect([await set('off', ana), await admit([cleo], ana), await refuse(cleo, 'non', ana)]).toEqual(
    Array(3).fill('notAllowed'),
  );
  for (const name of ['chat:post', 'meeting:catchUp', 'door:admit'] as const) {
    const payload = {
      'chat:post': { clientMessageId: 'm1', text: 'x' },
      'meeting:catchUp': { sinceVersion: 0 },
      'door:admit': { participantIds: [cleo.id] },
    }[name];
    expect(await cleo.browser.attempt(name, payload as never), name).toBe('notJoined');
  }
  expect(await cleo.join()).toBe('alreadyJoined');
  const stolen = { participantId: cleo.id, token: 'nobodys' };
  const other = new Browser(a.gateway);
  expect(await other.attempt('door:wait', { code: CODE, name: 'Cléo', seat: stolen })).toBe('seatUnknown');
  for (const name of ['', ' ', 'a\u0000b', 'x'.repeat(61)])
    expect(await new Browser(a.gateway).attempt('door:wait', { code: CODE, name }), name).toBe(
      'invalidInput',
    );
  expect(waiting()).toEqual(['Cléo']);
});

test('[WAIT-8] [ENTRY-1] who may not enter does not wait either; a link for guests has its place taken on entering alone', async () => {
  const tokens = new GuestTokens(SECRET);
  const [createdAt, expiresAt] = [Date.now(), Date.now() + 3_600_000];
  await rig.entry.addLink(MEETING_ID, { linkId: 'l1', label: '', seats: 1, createdAt, expiresAt }, 50);
  await rig.entry.save(MEETING_ID, { rule: 'invited', communityId: undefined });
  expect(await new Newcomer('Cléo').attempt()).toBe('signInNeeded');
  expect(await new Newcomer('Dan', b.gateway, 'dan').attempt()).toBe('notInvited');
  const guestToken = tokens.sign(MEETING_ID, 'l1');
  const [one, two] = [new Newcomer('Un', a.gateway, 'un'), new Newcomer('Deux')];
  for (const guest of [one, two]) {
    const answer = await guest.browser.call('door:wait', { code: CODE, name: guest.name, guestToken });
    guest.browser.seat = answer.seat;
  }
  await pass(0);
  anim.browser.receive();
  const { waiting: people } = anim.browser.meeting!.door!.waitingRoom!;
  expect(people.map(({ isGuest }) => isGuest)).toEqual([true, true]);
  await admit([one, two]);
  const request = { protocolVersion: PROTOCOL_VERSION, code: CODE, guestToken };
  const enter = ({ browser, name }: Newcomer) =>
    browser.attempt('meeting:join', { ...request, name, seat: browser.seat! });
  expect([await enter(one), await enter(two)]).toEqual(['accepted', 'guestLinkInvalid']);
});
