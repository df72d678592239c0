import { nodeId as nodeIdSchema, type MediaNode, type NodeId } from '@relais/protocol';
import { createMemoryMediaNode, microphone, type MemoryMediaNode } from '@relais/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, MEDIA, MEETING_ID } from '../test-support/hub-rig.ts';
import { MemoryGateway } from '../test-support/memory-gateway.ts';
import { createMemoryStillStore } from './adapters/memory-still-store.ts';
import { createMemoryCheckReports } from './adapters/memory-check-reports.ts';
import { createMemoryEntryStore } from './adapters/memory-entry-store.ts';
import { MemoryHubExchange } from './adapters/memory-hub-bus.ts';
import { createMemoryMeetingLog } from './adapters/memory-meeting-log.ts';
import { createMemoryNoteStore } from './adapters/memory-note-store.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';
import { createHub, type Hub } from './hub.ts';
import type { MeetingLog } from './ports/meeting-log.ts';
import type { MediaNodes, MediaNodesFact } from './ports/media-nodes.ts';

/** What a hub makes of several media nodes, all in memory; the test says who is placed where. */
let nodes: [MemoryMediaNode, MemoryMediaNode];
let next: MediaNode | undefined;
let tell: (nodeId: NodeId, fact: MediaNodesFact) => void;
let gateway: MemoryGateway;
let hub: Hub;

beforeEach(async () => {
  vi.useFakeTimers();
  const make = (id: string): MemoryMediaNode =>
    createMemoryMediaNode({ nodeId: nodeIdSchema.parse(id), others: () => nodes });
  nodes = [make('one'), make('two')];
  [next] = nodes;
  gateway = new MemoryGateway();
  const log = createMemoryMeetingLog();
  const created = { type: 'meetingCreated', meetingId: MEETING_ID, code: CODE, title: 'Table', at: 1 };
  await log.create(created as Parameters<MeetingLog['create']>[0]);
  hub = createHub({
    gateway,
    log,
    checkReports: createMemoryCheckReports(),
    entry: createMemoryEntryStore(),
    notes: createMemoryNoteStore(),
    limiter: { take: async () => ({ ok: true }), close: async () => undefined },
    stills: createMemoryStillStore(),
    media: bothNodes(),
    bus: new MemoryHubExchange().connect(),
    settings: { secret: 'a secret for tests, long enough', graceMs: 60_000, now: Date.now },
    logger: pino({ level: 'silent' }),
  });
});
afterEach(async () => {
  await hub.close();
  vi.useRealTimers();
});

function bothNodes(): MediaNodes {
  return {
    get size() {
      return nodes.length;
    },
    place: () => next,
    get: (id) => nodes.find(({ nodeId }) => nodeId === id),
    isReady: async () => true,
    subscribe: (listener) => {
      tell = listener;
      const offs = nodes.map((node) => node.subscribe((fact) => listener(node.nodeId, fact)));
      return () => {
        for (const off of offs) off();
      };
    },
    close: async () => undefined,
  };
}

async function on(node: MemoryMediaNode, name: string): Promise<Browser & { peerId: string }> {
  next = node;
  const browser = new Browser(gateway);
  const { media } = await browser.join(CODE, name, { media: MEDIA });
  return Object.assign(browser, { peerId: media!.peerId });
}

async function speak(browser: Browser & { peerId: string }) {
  const request = { peerId: browser.peerId, source: 'microphone', kind: 'audio', paused: false };
  return browser.call('media:produce', { ...request, rtpParameters: microphone() } as never);
}

async function comesBack(browser: Browser & { peerId: string }) {
  browser.cut();
  await settle();
  const back = new Browser(gateway);
  back.seat = browser.seat;
  const { media } = await back.join(CODE, 'Revenue', { media: MEDIA, keepPeerId: browser.peerId });
  return media?.peerId;
}

const lost = (browser: Browser) => {
  browser.receive();
  return browser.mediaLost;
};
const settle = () => vi.advanceTimersByTimeAsync(0);

test('[MEDIA-8] who is on another node is received from there', async () => {
  const [ana, bea] = [await on(nodes[0], 'Ana'), await on(nodes[1], 'Béa')];
  const { producerId } = await speak(ana);
  const { consumers } = await bea.call('media:consume', {
    peerId: bea.peerId,
    producerIds: [producerId],
  });
  expect(consumers).toMatchObject([{ producerId }]);
});

test('[MEDIA-7] a node that is lost: its people open media again, on another one; the others hear no more of theirs', async () => {
  const [ana, bea] = [await on(nodes[0], 'Ana'), await on(nodes[1], 'Béa')];
  await speak(ana);
  tell(nodes[0].nodeId, { type: 'nodeLost' });
  expect([lost(ana), lost(bea)]).toEqual([true, false]);
  expect(bea.live?.state[ana.seat!.participantId]?.producers).toEqual([]);
  next = nodes[1];
  await ana.call('media:open', MEDIA);
  expect(nodes[1].peers()).toHaveLength(2);
});

const sending = () => ({
  sending: [
    { source: 'microphone' as const, kind: 'audio' as const, rtpParameters: microphone(), paused: false },
  ],
});

test('[MEDIA-9] who says what they will send opens media with it, and with what the others will send', async () => {
  const [ana, bea] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa')];
  for (const one of [ana, bea]) await speak(one);
  nodes[0].loseRoom(MEETING_ID);
  const answers = await Promise.all(
    [ana, bea].map((one) => one.call('media:open', { ...MEDIA, ...sending() })),
  );
  const [ofAna, ofBea] = answers.map(({ producers }) => producers?.[0]?.producerId);
  expect(answers.map(({ consumers }) => consumers.map(({ producerId }) => producerId))).toEqual([
    [ofBea],
    [ofAna],
  ]);
  const flow = answers.map(({ peerId }) =>
    nodes[0].consumersOf({ roomId: MEETING_ID, peerId }).map(({ paused }) => paused),
  );
  expect(flow).toEqual([[false], [false]]);
  lost(bea);
  expect(bea.live?.state[ana.seat!.participantId]?.producers).toMatchObject([{ producerId: ofAna }]);
});

test('[MEDIA-9] what the node does not take of it is left out, and somebody who does not come back holds nobody up for long', async () => {
  const [ana] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa')];
  nodes[0].loseRoom(MEETING_ID);
  const codecs = [{ mimeType: 'audio/unknown', payloadType: 100, clockRate: 8000 }];
  const refused = { ...sending().sending[0], rtpParameters: { codecs, encodings: [{}] } };
  const opening = ana.call('media:open', { ...MEDIA, sending: [refused] } as never);
  await vi.advanceTimersByTimeAsync(200);
  expect(await opening).toMatchObject({ producers: [], consumers: [] });
});

test('[MEDIA-9] an opening that is overtaken by another while it waits is refused, and leaves nothing open', async () => {
  const [ana] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa')];
  nodes[0].loseRoom(MEETING_ID);
  const first = ana.attempt('media:open', { ...MEDIA, ...sending() });
  await settle();
  const { peerId } = await ana.call('media:open', MEDIA);
  await vi.advanceTimersByTimeAsync(200);
  expect(await first).toBe('unavailable');
  expect(nodes[0].peers().map((one) => one.peerId)).toEqual([peerId]);
});

test('a node that was away for a moment is asked who is missing, and those alone open media again', async () => {
  const [ana, bea] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa')];
  await nodes[0].closePeer({ roomId: MEETING_ID, peerId: ana.peerId as never });
  tell(nodes[0].nodeId, { type: 'nodeResumed' });
  await settle();
  expect([lost(ana), lost(bea)]).toEqual([true, false]);
});

test('[MEDIA-8] two nodes that do not reach each other: the meeting comes together where most of it is', async () => {
  const [ana, bea, cleo] = [await on(nodes[0], 'Ana'), await on(nodes[1], 'Béa'), await on(nodes[1], 'Cléo')];
  tell(nodes[1].nodeId, { type: 'nodesApart', otherId: nodes[0].nodeId });
  await settle();
  expect([ana, bea, cleo].map(lost)).toEqual([true, false, false]);
});

test('[MEDIA-8] a node that does not answer is cut off itself: nobody is moved to it, nor away from the other', async () => {
  const [ana, bea, cleo] = [await on(nodes[0], 'Ana'), await on(nodes[1], 'Béa'), await on(nodes[1], 'Cléo')];
  nodes[1].isReady = () => new Promise(() => undefined);
  tell(nodes[0].nodeId, { type: 'nodesApart', otherId: nodes[1].nodeId });
  await vi.advanceTimersByTimeAsync(2000);
  expect([ana, bea, cleo].map(lost)).toEqual([false, false, false]);
});

test('[MEDIA-8] a node that answers only the second time is not forgotten', async () => {
  const [ana, bea, cleo] = [await on(nodes[0], 'Ana'), await on(nodes[1], 'Béa'), await on(nodes[1], 'Cléo')];
  const isReady = nodes[1].isReady.bind(nodes[1]);
  nodes[1].isReady = () => new Promise(() => undefined);
  tell(nodes[0].nodeId, { type: 'nodesApart', otherId: nodes[1].nodeId });
  await vi.advanceTimersByTimeAsync(500);
  nodes[1].isReady = isReady;
  await vi.advanceTimersByTimeAsync(2000);
  expect([ana, bea, cleo].map(lost)).toEqual([true, false, false]);
});

test('[DRAIN-1] who is on a node that drains is sent elsewhere, a few at a time', async () => {
  const people: Browser[] = [];
  for (let i = 0; i < 25; i++) people.push(await on(nodes[0], `Personne ${i}`));
  next = nodes[1];
  tell(nodes[0].nodeId, { type: 'draining' });
  await settle();
  expect(people.filter(lost)).toHaveLength(10);
  await vi.advanceTimersByTimeAsync(300);
  expect(people.filter(lost)).toHaveLength(25);
  expect(nodes[0].peers()).toEqual([]);
  expect(people.every((one) => one.connection?.open)).toBe(true);
});

/** What the browser was told of what is taken of it, in order. */
function wantedOf(browser: Browser): unknown[] {
  return (browser.connection?.inbox ?? []).flatMap(({ name, fact }) =>
    name === 'layersWanted' ? fact.wanted : [],
  );
}

test('[DEMAND-1] what is taken of somebody is told to them alone', async () => {
  const [ana, bea] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa')];
  const demands = [{ producerId: 'camera' as never, spatialLayer: null }];
  nodes[0].emit({ type: 'demandChanged', roomId: MEETING_ID, peerId: ana.peerId as never, demands });
  nodes[0].emit({ type: 'demandChanged', roomId: MEETING_ID, peerId: 'former' as never, demands });
  nodes[0].emit({ type: 'demandChanged', roomId: 'other', peerId: bea.peerId as never, demands });
  expect([wantedOf(ana), wantedOf(bea)]).toEqual([demands, []]);
});

test('[DEMAND-4] who comes back to media that stands, and who is on a node that was away for a moment, is told again', async () => {
  const [ana, bea] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa')];
  const { producerId } = await speak(ana);
  ana.cut();
  await settle();
  await ana.join(CODE, 'Ana', { keepPeerId: ana.peerId });
  await settle();
  expect(wantedOf(ana)).toEqual([{ producerId, spatialLayer: null }]);
  await bea.call('media:consume', { peerId: bea.peerId, producerIds: [producerId] });
  tell(nodes[0].nodeId, { type: 'nodeResumed' });
  await settle();
  expect(wantedOf(ana).at(-1)).toEqual({ producerId, spatialLayer: 0 });
  expect(wantedOf(bea)).toEqual([]);
});

test('[DEMAND-4] when the node cannot say, all is wanted', async () => {
  const ana = await on(nodes[0], 'Ana');
  const { producerId } = await speak(ana);
  nodes[0].tellDemand = async () => ({ ok: false, error: { kind: 'unavailable' } });
  tell(nodes[0].nodeId, { type: 'nodeResumed' });
  await settle();
  expect(wantedOf(ana)).toEqual([{ producerId, spatialLayer: 7 }]);
});

test('[MEDIA-7] peers that a worker took with it are told, and nobody else', async () => {
  const [ana, bea] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa')];
  nodes[0].emit({ type: 'peersLost', roomId: MEETING_ID, peerIds: [bea.peerId as never] });
  expect([lost(ana), lost(bea)]).toEqual([false, true]);
});

test('[MEDIA-7] who comes back with media on a node that was lost meanwhile opens media anew in the same round trip', async () => {
  const ana = await on(nodes[0], 'Ana');
  const other = nodes[1];
  nodes = [other, other];
  next = other;
  const peerId = await comesBack(ana);
  expect(peerId).not.toBe(ana.peerId);
  expect(other.peers()).toMatchObject([{ peerId }]);
});

test('[PRES-1] who comes back while no node can be asked keeps the media that they have', async () => {
  const ana = await on(nodes[0], 'Ana');
  nodes = [] as never;
  next = undefined;
  expect(await comesBack(ana)).toBeUndefined();
});

test('[MEDIA-7] media whose opening was not answered in time is closed on its node: nobody would ask for it', async () => {
  const ana = await on(nodes[0], 'Ana');
  const openPeer = nodes[1].openPeer.bind(nodes[1]);
  nodes[1].openPeer = async (request) => {
    await openPeer(request);
    return { ok: false, error: { kind: 'unavailable' } };
  };
  [, next] = nodes;
  expect(await ana.attempt('media:open', MEDIA)).toBe('unavailable');
  await settle();
  expect(nodes[1].peers()).toEqual([]);
});

test('[BREAK-3] [VOICE-2] who was moved while their node was not known has what is theirs alone once it is; the others at once', async () => {
  const facilitatorKey = new FacilitatorKeys('a secret for tests, long enough').sign(MEETING_ID);
  const [ana, bea, cle] = [await on(nodes[0], 'Ana'), await on(nodes[0], 'Béa'), await on(nodes[1], 'Cléo')];
  const anim = new Browser(gateway);
  await anim.join(CODE, 'Anim', { facilitatorKey });
  const { producerId } = await speak(ana);
  const heard = (browser: typeof ana, node: MemoryMediaNode) =>
    node.consumersOf({ roomId: MEETING_ID, peerId: browser.peerId as never }).map((one) => one.producerId);
  for (const one of [bea, cle])
    await one.call('media:consume', { peerId: one.peerId, producerIds: [producerId] });
  expect([heard(bea, nodes[0]), heard(cle, nodes[1])]).toEqual([[producerId], [producerId]]);
  const both = nodes;
  nodes = [both[1], both[1]];
  await anim.call('breakout:open', {
    rooms: [{ name: 'Une' }],
    filling: { kind: 'byHand', placements: [{ participantId: ana.seat!.participantId, room: 0 }] },
    seed: 1,
    withFacilitators: false,
    countdownSeconds: 0,
    minutes: 10,
    late: 'smallest',
    mayChoose: false,
  });
  await settle();
  expect([heard(bea, both[0]), heard(cle, both[1])], 'one node is passed over').toEqual([[producerId], []]);
  expect([lost(bea), lost(cle)]).toEqual([false, false]);
  nodes = both;
  tell(both[0].nodeId, { type: 'nodeFound' });
  await settle();
  expect(heard(bea, both[0])).toEqual([]);
});
