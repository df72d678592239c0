import type { MeetingEvent } from '@relais/protocol';
import { PROTOCOL_VERSION } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, MEDIA, MEETING_ID, SECRET } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { createTroubledLog, type TroubledLog } from '../test-support/troubled-log.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';

const GRACE_MS = 20_000;
/** More than the silence after which a hub is taken for dead. */
const DEAD_MS = 7_000;

let rig: HubsRig;
let a: OneHub;
let b: OneHub;
let trouble: TroubledLog;

beforeEach(async () => {
  vi.useFakeTimers();
  trouble = createTroubledLog();
  rig = new HubsRig({ graceMs: GRACE_MS, log: trouble.log });
  await rig.createMeeting();
  a = rig.start();
  b = rig.start();
  await settle();
});
afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

/** Lets everything happen that is under way: no time passes. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function on(one: OneHub, name: string, withMedia = false): Promise<Browser> {
  const browser = new Browser(one.gateway);
  await browser.join(CODE, name, withMedia ? { media: MEDIA } : {});
  await settle();
  return browser;
}

/** The browser whose hub was killed comes back to another hub with all it had. */
async function comesBack(browser: Browser, to: OneHub, keepPeerId?: string): Promise<Browser> {
  const back = new Browser(to.gateway);
  back.seat = browser.seat;
  back.meeting = browser.meeting;
  await back.join(CODE, 'Revenue', keepPeerId ? { keepPeerId: keepPeerId } : {});
  await settle();
  return back;
}

async function post(browser: Browser, id: string): Promise<void> {
  await browser.call('chat:post', { clientMessageId: id, text: id });
  await settle();
}

async function events(type?: MeetingEvent['type']): Promise<MeetingEvent[]> {
  const stored = await rig.log.read(MEETING_ID, 0, 1000);
  if (!stored.ok) throw new Error('the log is away');
  return stored.value.map(({ event }) => event).filter((event) => !type || event.type === type);
}

const names = (browser: Browser) => browser.meeting?.participants.map(({ name }) => name);
const texts = (browser: Browser) => browser.meeting?.messages.map(({ text }) => text);
const isConnected = (seen: Browser, of: Browser) =>
  seen.live?.state[of.seat!.participantId]?.connected ?? false;

async function speak(browser: Browser, peerId: string) {
  const { producerId } = await browser.call('media:produce', {
    peerId,
    source: 'microphone',
    kind: 'audio',
    rtpParameters: microphone(),
    paused: false,
  } as never);
  await settle();
  return producerId;
}

test('[PRES-3] people on two hubs see each other come, write and leave, in one order and without a gap', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  await post(bea, 'm1');
  await post(ana, 'm2');
  expect([ana.receive(), bea.receive()]).toEqual([false, false]);
  expect(names(ana)).toEqual(['Ana', 'Béa']);
  expect(texts(ana)).toEqual(['m1', 'm2']);
  expect(bea.meeting).toEqual({ ...ana.meeting, viewer: bea.seat?.participantId });
  expect(isConnected(ana, bea) && isConnected(bea, ana)).toBe(true);
  await bea.call('meeting:leave', {});
  await settle();
  expect(ana.receive()).toBe(false);
  expect(names(ana)).toEqual(['Ana']);
  expect(ana.live?.state[bea.seat!.participantId]).toBeUndefined();
});

test('[PRES-3] who comes to a hub that had not opened the meeting finds who is on the other one, and hears them', async () => {
  const ana = await on(a, 'Ana', true);
  const peerId = rig.media.peers()[0]!.peerId;
  const producerId = await speak(ana, peerId);
  const bea = new Browser(b.gateway);
  const joined = await bea.join(CODE, 'Béa', { media: MEDIA });
  expect(joined.media?.consumers.map((consumer) => consumer.producerId)).toEqual([producerId]);
  expect(isConnected(bea, ana)).toBe(true);
});

test('[ROLE-3] [LINE-3] on another hub, too, one is known to be in trouble, and a suggestion reaches that person alone', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  const dan = new Browser(b.gateway);
  await dan.join(CODE, 'Dan', { facilitatorKey: new FacilitatorKeys(SECRET).sign(MEETING_ID) });
  await ana.call('line:tell', { line: 'bad', light: false });
  await settle();
  const { live } = await dan.call('meeting:catchUp', { sinceVersion: 0 });
  expect(live.state[ana.seat!.participantId]).toMatchObject({ line: 'bad' });

  await dan.call('help:offer', { participantId: ana.seat!.participantId, help: 'lightMode' });
  await settle();
  const told = [ana, bea].map((one) => one.connection!.inbox.filter(({ name }) => name === 'helpOffered'));
  expect(told.map(({ length }) => length)).toEqual([1, 0]);
});

test('[PRES-1] [JOIN-6] a seat that is taken on another hub is left on the first, which tells, and keeps its media', async () => {
  const ana = await on(a, 'Ana', true);
  const bea = await on(b, 'Béa');
  const { peerId } = rig.media.peers()[0]!;
  const producerId = await speak(ana, peerId);
  const first = ana.connection!;
  const again = await comesBack(ana, b, peerId);
  expect(first.open).toBe(false);
  bea.receive();
  expect(bea.live?.state[ana.seat!.participantId]).toEqual({
    connected: true,
    producers: [{ producerId, source: 'microphone', paused: false }],
  });
  expect(rig.media.peers()).toHaveLength(1);
  expect(await events('participantLeft')).toEqual([]);
  // The pair is hers on the other hub, too.
  expect(await again.attempt('media:pauseProducer', { producerId, paused: true })).toBe('accepted');
  await pass(GRACE_MS * 2);
  expect(await events('participantLeft')).toEqual([]);
});

test('[PRES-1] of two hubs that take one seat at the same moment one has it', async () => {
  const ana = await on(a, 'Ana');
  const copies = [new Browser(a.gateway), new Browser(b.gateway)];
  for (const copy of copies) copy.seat = ana.seat;
  const request = { protocolVersion: PROTOCOL_VERSION, code: CODE, name: 'Ana', seat: ana.seat! };
  const answers = await Promise.all(copies.map((copy) => copy.attempt('meeting:join', request)));
  await pass(2000);
  // The other one was told to try again, or displaced.
  const inside = copies.filter((copy, i) => answers[i] === 'accepted' && copy.connection?.open);
  expect(inside).toHaveLength(1);
  const bea = await on(b, 'Béa');
  expect(isConnected(bea, ana)).toBe(true);
});

test('[PRES-2] a hub that is killed takes its sockets alone: its people come back to another one, seat and media kept', async () => {
  const ana = await on(a, 'Ana', true);
  const bea = await on(b, 'Béa');
  const { peerId } = rig.media.peers()[0]!;
  const producerId = await speak(ana, peerId);
  rig.kill(a);
  const back = await comesBack(ana, b, peerId);
  bea.receive();
  expect(isConnected(bea, ana)).toBe(true);
  expect(await back.attempt('media:pauseProducer', { producerId, paused: true })).toBe('accepted');
  await pass(DEAD_MS + GRACE_MS);
  expect((await events()).map(({ type }) => type)).toEqual([
    'meetingCreated',
    'participantJoined',
    'participantJoined',
  ]);
});

test('[PRES-2] who does not come back from a killed hub is seen as cut off within seconds, then loses seat and media', async () => {
  const ana = await on(a, 'Ana', true);
  const bea = await on(b, 'Béa');
  await speak(ana, rig.media.peers()[0]!.peerId);
  rig.kill(a);
  await pass(DEAD_MS);
  bea.receive();
  expect(isConnected(bea, ana)).toBe(false);
  expect(names(bea)).toEqual(['Ana', 'Béa']);
  await pass(GRACE_MS);
  bea.receive();
  expect(names(bea)).toEqual(['Béa']);
  expect(rig.media.peers()).toEqual([]);
  expect(bea.live?.state[ana.seat!.participantId]).toBeUndefined();
});

test('[PRES-2] somebody who was given up after their hub was killed is no ghost to who comes later', async () => {
  const ana = await on(a, 'Ana', true);
  await speak(ana, rig.media.peers()[0]!.peerId);
  rig.kill(a);
  await pass(DEAD_MS + GRACE_MS);
  const bea = await on(b, 'Béa', true);
  expect(names(bea)).toEqual(['Béa']);
  expect(Object.keys(bea.live!.state)).toEqual([bea.seat!.participantId]);
});

test('[PRES-2] the seats of a meeting that only the killed hub had are held by one that is left', async () => {
  await on(a, 'Ana', true);
  rig.kill(a);
  await pass(DEAD_MS + GRACE_MS);
  expect(await events('participantLeft')).toHaveLength(1);
  expect(rig.media.peers()).toEqual([]);
});

test('[LOG-3] what a hub acknowledged and was killed before it could tell is there for all', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  // The bus is cut off first: appended, acknowledged, told to nobody.
  rig.exchange.setUp(a.id, false);
  await post(ana, 'acknowledged');
  rig.kill(a);
  bea.receive();
  expect(texts(bea)).toEqual([]);
  await comesBack(ana, b);
  bea.receive();
  expect(texts(bea)).toEqual(['acknowledged']);
});

test('[LOG-3] the same, when its sender does not come back', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  rig.exchange.setUp(a.id, false);
  await post(ana, 'acknowledged');
  rig.kill(a);
  await pass(DEAD_MS);
  bea.receive();
  expect(texts(bea)).toEqual(['acknowledged']);
});

test('[PRES-4] while the hubs do not hear each other, messages pass by way of the log and nobody is shown as cut off', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  for (const { id } of rig.hubs) rig.exchange.setUp(id, false);
  await post(ana, 'm1');
  await pass(10_000);
  bea.receive();
  expect(texts(bea)).toEqual(['m1']);
  expect(isConnected(bea, ana)).toBe(true);
  for (const { id } of rig.hubs) rig.exchange.setUp(id, true);
  await pass(DEAD_MS);
  bea.receive();
  expect(isConnected(bea, ana)).toBe(true);
});

test('[PRES-4] what changed while the hubs did not hear each other is known to all when they do again', async () => {
  const ana = await on(a, 'Ana', true);
  const bea = await on(b, 'Béa');
  for (const { id } of rig.hubs) rig.exchange.setUp(id, false);
  const cleo = await on(a, 'Cléo');
  const producerId = await speak(ana, rig.media.peers()[0]!.peerId);
  for (const { id } of rig.hubs) rig.exchange.setUp(id, true);
  await pass(2000);
  bea.receive();
  expect(isConnected(bea, cleo)).toBe(true);
  expect(bea.live?.state[ana.seat!.participantId]?.producers).toMatchObject([{ producerId }]);
});

test('[PRES-4] no seat is given up while the hubs do not hear each other', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  bea.cut();
  await settle();
  for (const { id } of rig.hubs) rig.exchange.setUp(id, false);
  const back = await comesBack(bea, a);
  await pass(GRACE_MS * 3);
  expect(await events('participantLeft')).toEqual([]);
  for (const { id } of rig.hubs) rig.exchange.setUp(id, true);
  await pass(GRACE_MS * 3);
  ana.receive();
  expect(isConnected(ana, back)).toBe(true);
  expect(await events('participantLeft')).toEqual([]);
});

test('[PRES-5] a seat that another hub gave up, having heard nothing of its person, is given back', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  // Only this one is cut off: the other one takes it for dead.
  rig.exchange.setUp(a.id, false);
  await pass(DEAD_MS + GRACE_MS + 3000);
  expect(await events('participantLeft')).toHaveLength(1);
  rig.exchange.setUp(a.id, true);
  await pass(DEAD_MS);
  for (const one of [ana, bea]) {
    if (one.receive()) await one.catchUp();
    expect(names(one)?.toSorted()).toEqual(['Ana', 'Béa']);
  }
  expect(isConnected(bea, ana)).toBe(true);
});

test('[DRAIN-1] a hub that drains sends its people to the others, where nobody sees them go', async () => {
  const ana = await on(a, 'Ana', true);
  const bea = await on(b, 'Béa');
  const { peerId } = rig.media.peers()[0]!;
  bea.receive();
  await a.hub.drain(100);
  const back = await comesBack(ana, b, peerId);
  await a.hub.close();
  await pass(DEAD_MS + GRACE_MS);
  const facts = bea.connection!.inbox.filter(({ name }) => name === 'liveChanged');
  expect(facts).toEqual([]);
  expect(back.connection?.open).toBe(true);
  expect(await events('participantLeft')).toEqual([]);
});

test('[PRES-2] whom a hub still had when it stopped is seen as cut off at once', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  await a.hub.close();
  await settle();
  bea.receive();
  expect(isConnected(bea, ana)).toBe(false);
});

test('a leaving that waits for the log is off when the person is back on another hub', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  trouble.isAway = true;
  ana.cut(true);
  await settle();
  const back = await comesBack(ana, b);
  trouble.isAway = false;
  await pass(30_000);
  bea.receive();
  expect(await events('participantLeft')).toEqual([]);
  expect(isConnected(bea, back)).toBe(true);
});
