import type { ClientMessageId, MeetingEvent } from '@relais/protocol';
import { hubId, PROTOCOL_VERSION } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, MEDIA, MEETING_ID } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { createTroubledLog, type TroubledLog } from '../test-support/troubled-log.ts';
import type { HubMessage } from './ports/hub-bus.ts';

/** Hubs and two troubles at once: what one alone is harmless for. */
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

async function on(one: OneHub, name: string, extra: object = {}): Promise<Browser> {
  const browser = new Browser(one.gateway);
  await browser.join(CODE, name, extra);
  await settle();
  return browser;
}

function copyOf(browser: Browser, to: OneHub): Browser {
  const back = new Browser(to.gateway);
  back.seat = browser.seat;
  back.meeting = browser.meeting;
  return back;
}

async function comesBack(browser: Browser, to: OneHub, extra: object = {}) {
  const back = copyOf(browser, to);
  const joined = await back.join(CODE, 'Revenue', extra);
  await settle();
  return { back, joined };
}

async function post(browser: Browser, id: string): Promise<void> {
  await browser.call('chat:post', { clientMessageId: id, text: id });
  await settle();
}

async function events(type: MeetingEvent['type']): Promise<MeetingEvent[]> {
  const stored = await rig.log.read(MEETING_ID, 0, 1000);
  if (!stored.ok) throw new Error('the log is away');
  return stored.value.map(({ event }) => event).filter((event) => event.type === type);
}

const names = (browser: Browser) => browser.meeting?.participants.map(({ name }) => name);
const texts = (browser: Browser) => browser.meeting?.messages.map(({ text }) => text);
const isConnected = (seen: Browser, of: Browser) =>
  seen.live?.state[of.seat!.participantId]?.connected ?? false;

function hold(): () => void {
  let release: () => void = () => undefined;
  trouble.appends = new Promise((resolve) => {
    release = resolve;
  });
  return () => release();
}

/** A hub of another make: it says what the test lets it say. */
function strangeHub(name: string) {
  const bus = rig.exchange.connect(hubId.parse(name));
  let said = 0;
  return {
    say: (message: HubMessage) => bus.publish({ from: bus.hubId, number: ++said, at: Date.now(), message }),
    /** It says something, and nobody hears it. */
    lose: () => void (said += 1),
  };
}

test('[PRES-1] [PRES-2] who comes back to a hub that was started after theirs died is had there, whatever their claim was', async () => {
  const first = await on(a, 'Ana');
  first.cut();
  await pass(1000);
  const { back: ana } = await comesBack(first, a);
  const bea = await on(b, 'Béa');
  rig.kill(a);
  const c = rig.start();
  await pass(1000);
  await comesBack(ana, c);
  bea.receive();
  expect(isConnected(bea, ana)).toBe(true);
  await pass(DEAD_MS + GRACE_MS);
  bea.receive();
  expect(isConnected(bea, ana)).toBe(true);
  expect(await events('participantLeft')).toEqual([]);
});

test('[PRES-1] [PRES-2] the same, when the clock of the hub that died was ahead', async () => {
  const now = Date.now();
  const ahead = vi.spyOn(Date, 'now').mockReturnValue(now + 3_600_000);
  const ana = await on(a, 'Ana');
  ahead.mockRestore();
  const bea = await on(b, 'Béa');
  rig.kill(a);
  const c = rig.start();
  await pass(1000);
  await comesBack(ana, c);
  await pass(DEAD_MS + GRACE_MS);
  bea.receive();
  expect(isConnected(bea, ana)).toBe(true);
  expect(await events('participantLeft')).toEqual([]);
});

test('[PRES-2] two hubs that die together: the seats that they had are held by the one that is left', async () => {
  const c = rig.start();
  await settle();
  await on(a, 'Ana', { media: MEDIA });
  rig.kill(a);
  rig.kill(b);
  await pass(DEAD_MS + GRACE_MS + 2000);
  expect(await events('participantLeft')).toHaveLength(1);
  expect(rig.media.peers()).toEqual([]);
  const cleo = await on(c, 'Cléo');
  expect(Object.keys(cleo.live!.state)).toEqual([cleo.seat!.participantId]);
});

test('[PRES-2] the same, when the log is away as the hub is found dead', async () => {
  await on(a, 'Ana', { media: MEDIA });
  rig.kill(a);
  trouble.isAway = true;
  await pass(DEAD_MS);
  trouble.isAway = false;
  await pass(GRACE_MS + 5000);
  expect(await events('participantLeft')).toHaveLength(1);
  expect(rig.media.peers()).toEqual([]);
});

test.each(['killed', 'stopped'] as const)(
  '[LEAVE-1] a tab that was closed while the log was away is no ghost when its hub is %s before the log is back',
  async (how) => {
    const ana = await on(a, 'Ana');
    const bea = await on(b, 'Béa');
    trouble.isAway = true;
    ana.cut(true);
    await settle();
    if (how === 'killed') rig.kill(a);
    else await a.hub.close();
    await pass(DEAD_MS);
    trouble.isAway = false;
    await pass(GRACE_MS + 30_000);
    bea.receive();
    expect(names(bea)).toEqual(['Béa']);
  },
);

test('[LIVE-4] who left while the hubs did not hear each other is no ghost when their hub dies before they do again', async () => {
  const ana = await on(a, 'Ana', { media: MEDIA });
  const bea = await on(b, 'Béa');
  const { peerId } = rig.media.peers()[0]!;
  const request = { peerId, source: 'microphone', kind: 'audio', rtpParameters: microphone(), paused: false };
  await ana.call('media:produce', request as never);
  await settle();
  for (const { id } of rig.hubs) rig.exchange.setUp(id, false);
  ana.cut(true);
  await pass(2000);
  rig.kill(a);
  rig.exchange.setUp(b.id, true);
  await pass(DEAD_MS);
  bea.receive();
  expect(Object.keys(bea.live!.state)).toEqual([bea.seat!.participantId]);
});

test('[LOG-3] what was acknowledged is shown to everybody, also when the log is away as it should be read on', async () => {
  const ana = await on(a, 'Ana');
  const bea = await on(b, 'Béa');
  rig.exchange.setUp(a.id, false);
  await post(ana, 'acknowledged');
  rig.kill(a);
  trouble.isAway = true;
  await pass(DEAD_MS);
  trouble.isAway = false;
  await pass(DEAD_MS);
  bea.receive();
  expect(texts(bea)).toEqual(['acknowledged']);
});

test('[LOG-3] what another hub said and nobody heard is read from the log, also when all of its people are told next', async () => {
  const bea = await on(b, 'Béa');
  const other = strangeHub('strange');
  other.say({ type: 'beat' });
  await settle();
  const posted: MeetingEvent = {
    type: 'messagePosted',
    participantId: bea.seat!.participantId,
    name: 'Béa',
    clientMessageId: 'x' as ClientMessageId,
    text: 'unheard',
    at: 1,
  };
  await rig.log.append(MEETING_ID, bea.meeting!.version, [posted]);
  other.lose();
  other.say({ type: 'presentTold', people: [] });
  await settle();
  bea.receive();
  expect(texts(bea)).toEqual(['unheard']);
});

/** The first hub's writing hangs: whatever is to be written after it waits, there alone. */
async function hangs(one: OneHub): Promise<() => Promise<void>> {
  const release = hold();
  const writing = new Browser(one.gateway).attempt('meeting:join', { ...NOBODY, name: 'Lent' });
  await settle();
  return async () => {
    release();
    await writing;
    await settle();
  };
}

test('[PRES-1] a joining whose socket fell while the log hung leaves alone whom another hub has by now', async () => {
  const ana = await on(a, 'Ana', { media: MEDIA });
  await on(b, 'Béa');
  const [peer] = rig.media.peers();
  ana.cut();
  const goesOn = await hangs(a);
  const again = copyOf(ana, a);
  const joining = again.attempt('meeting:join', joinOf(ana));
  await settle();
  again.cut();
  await comesBack(ana, b, { keepPeerId: peer!.peerId });
  await goesOn();
  await joining;
  await pass(GRACE_MS * 2);
  expect(await events('participantLeft')).toEqual([]);
  expect(rig.media.peers()).toContainEqual(peer);
});

test('[PRES-1] a joining that hung does not displace one that was begun after it on another hub', async () => {
  const ana = await on(a, 'Ana');
  ana.cut();
  const goesOn = await hangs(a);
  // Its line is dead, which this hub does not know yet.
  const joining = copyOf(ana, a).attempt('meeting:join', joinOf(ana));
  await settle();
  const { back } = await comesBack(ana, b);
  await goesOn();
  expect(await joining).toBe('unavailable');
  expect(back.connection?.open).toBe(true);
  const bea = await on(a, 'Béa');
  expect(isConnected(bea, ana)).toBe(true);
});

const NOBODY = { protocolVersion: PROTOCOL_VERSION, code: CODE, name: 'Ana' };
const joinOf = (browser: Browser) => ({ ...NOBODY, seat: browser.seat! });

test('[DRAIN-1] an unknown message of a newer hub is passed over: nothing is asked again for it', async () => {
  const said: string[] = [];
  const listening = rig.exchange.connect(hubId.parse('listening'));
  listening.subscribe({ message: ({ message }) => said.push(message.type), changed: () => undefined });
  const newer = strangeHub('newer');
  newer.say({ type: 'beat' });
  await pass(3000);
  said.length = 0;
  for (let i = 0; i < 5; i++) {
    newer.say({ type: 'unknown' } as never);
    newer.say({ type: 'beat' });
    await pass(1000);
  }
  expect(said.filter((type) => type === 'presentAsked')).toEqual([]);
});

test('media that was being opened when another hub took the seat over is nobody’s, and closed', async () => {
  const ana = await on(a, 'Ana');
  await on(b, 'Béa');
  let answer: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const openPeer = rig.media.openPeer.bind(rig.media);
  rig.media.openPeer = async (request) => {
    await waiting;
    return openPeer(request);
  };
  const opening = ana.attempt('media:open', MEDIA);
  await settle();
  await comesBack(ana, b);
  answer();
  await opening;
  await settle();
  expect(rig.media.peers()).toEqual([]);
});

test('a producer that was being opened when another hub took the seat over is closed, and shown to nobody', async () => {
  const ana = await on(a, 'Ana', { media: MEDIA });
  const bea = await on(b, 'Béa');
  const cleo = await on(a, 'Cléo');
  const { peerId } = rig.media.peers()[0]!;
  let answer: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const produce = rig.media.produce.bind(rig.media);
  rig.media.produce = async (request) => {
    await waiting;
    return produce(request);
  };
  const request = { peerId, source: 'microphone', kind: 'audio', rtpParameters: microphone(), paused: false };
  const producing = ana.attempt('media:produce', request as never);
  await settle();
  await comesBack(ana, b, { keepPeerId: peerId });
  answer();
  await producing;
  await settle();
  for (const one of [bea, cleo]) {
    one.receive();
    expect(one.live?.state[ana.seat!.participantId]?.producers).toEqual([]);
  }
});

test('[LEAVE-3] a hub that stood still gives nobody up before it has heard where they are', async () => {
  const ana = await on(a, 'Ana', { media: MEDIA });
  const bea = await on(b, 'Béa');
  const [peer] = rig.media.peers();
  ana.cut();
  await pass(GRACE_MS - 2000);
  // a stands still: b's words wait for it.
  rig.exchange.setStill(a.id, true);
  const standing = vi.spyOn(performance, 'now');
  const now = performance.now();
  await comesBack(ana, b, { keepPeerId: peer!.peerId });
  standing.mockReturnValue(now + 10_000);
  await pass(2000);
  rig.exchange.setStill(a.id, false);
  standing.mockRestore();
  await pass(GRACE_MS);
  expect(await events('participantLeft')).toEqual([]);
  expect(rig.media.peers()).toEqual([peer]);
  expect(isConnected(bea, ana)).toBe(true);
});

test('hubs that all ask at once for everybody are told once and once again, not each for itself', async () => {
  await on(a, 'Ana');
  const told: string[] = [];
  const listening = rig.exchange.connect(hubId.parse('listening'));
  listening.subscribe({
    message: ({ from, message }) => message.type === 'presentTold' && told.push(from),
    changed: () => undefined,
  });
  await pass(1000);
  for (let i = 0; i < 10; i++) strangeHub(`asking-${i}`).say({ type: 'presentAsked' });
  await pass(2000);
  expect(told.filter((from) => from === a.id)).toHaveLength(2);
});
