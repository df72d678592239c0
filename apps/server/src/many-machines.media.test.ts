import { PROTOCOL_VERSION, type ConsumerParameters } from '@relais/protocol';
import { freePort } from '@relais/testing/free-port';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCluster } from '../test-support/cluster.ts';
import {
  connect,
  createMeeting,
  createWithKey,
  MEDIA,
  voice,
  type TestSocket,
} from '../test-support/running.ts';
import type { RunningServer } from './server.ts';

let cluster: Awaited<ReturnType<typeof startCluster>>;
let hubs: RunningServer[];
let nodes: RunningServer[];

beforeAll(async () => {
  cluster = await startCluster();
  // A budget of one consumer: the second person of a meeting is placed on the other node.
  nodes = [
    await cluster.node({ RELAIS_MEDIA_BUDGET: '1' }),
    await cluster.node({ RELAIS_MEDIA_BUDGET: '1' }),
  ];
  hubs = [await cluster.hub(), await cluster.hub()];
  for (const hub of hubs) await vi.waitFor(async () => expect(await isReady(hub)).toBe(true), 10_000);
}, 60_000);
afterAll(() => cluster.stop(), 60_000);

const isReady = async ({ url }: RunningServer) => (await fetch(`${url}/readyz`)).ok;
const urlOf = (index: number) => hubs[index]!.url!;

/** The UDP port at which this person sends: each worker of each node has its own. */
const portOf = (joined: Awaited<ReturnType<TestSocket['join']>>) =>
  joined.media!.send.iceCandidates.find(({ protocol }) => protocol === 'udp')!.port;

function heard(socket: TestSocket, name: string): unknown[] {
  const facts: unknown[] = [];
  socket.socket.on(name, (fact: unknown) => facts.push(fact));
  return facts;
}

test('[PRES-3] [MEDIA-8] people on two hubs and two media nodes write to each other and receive each other’s sound', async () => {
  const code = await createMeeting(urlOf(0));
  const [ana, bea] = [await connect(urlOf(0)), await connect(urlOf(1))];
  const toldToAna = heard(ana, 'meetingEvents');
  const first = await ana.join(code, 'Ana');
  const { producerId } = await ana.call('media:produce', voice(first.media!.peerId, 4242));
  // The node tells of its load once a second: only then is the first one full.
  await vi.waitFor(async () => {
    const second = await bea.join(code, 'Béa');
    if (portOf(second) !== portOf(first)) return;
    await bea.call('meeting:leave', {});
    throw new Error('still on the same node');
  }, 10_000);

  const again = await bea.call('meeting:catchUp', { sinceVersion: 0 });
  expect(Object.values(again.live.state).flatMap((person) => person.producers)).toMatchObject([
    { producerId },
  ]);
  await bea.call('chat:post', { clientMessageId: 'm1', text: 'bonjour' });
  await vi.waitFor(() => expect(JSON.stringify(toldToAna)).toContain('bonjour'), 10_000);
  ana.close();
  bea.close();
}, 30_000);

test('[MEDIA-8] a producer of the other node is consumed through a pipe', async () => {
  const code = await createMeeting(urlOf(0));
  const [ana, bea] = [await connect(urlOf(0)), await connect(urlOf(1))];
  const first = await ana.join(code, 'Ana');
  let second = await bea.join(code, 'Béa');
  await vi.waitFor(async () => {
    if (portOf(second) !== portOf(first)) return;
    await bea.call('meeting:leave', {});
    second = await bea.join(code, 'Béa');
    expect(portOf(second)).not.toBe(portOf(first));
  }, 10_000);
  const { producerId } = await ana.call('media:produce', voice(first.media!.peerId, 777));
  let consumers: ConsumerParameters[] = [];
  await vi.waitFor(async () => {
    ({ consumers } = await bea.call('media:consume', {
      peerId: second.media!.peerId,
      producerIds: [producerId],
    }));
  }, 5000);
  expect(consumers).toMatchObject([{ producerId, kind: 'audio', participantId: first.seat.participantId }]);
  ana.close();
  bea.close();
}, 30_000);

test('[PRES-1] a seat that is taken on the other hub is displaced on the first', async () => {
  const code = await createMeeting(urlOf(0));
  const [ana, again] = [await connect(urlOf(0)), await connect(urlOf(1))];
  const told = heard(ana, 'seatTakenOver');
  const first = await ana.join(code, 'Ana');
  const second = await again.call('meeting:join', {
    protocolVersion: PROTOCOL_VERSION,
    code: code,
    name: 'Ana',
    seat: first.seat,
    keepPeerId: first.media!.peerId,
  });
  expect(second).toMatchObject({
    seat: { participantId: first.seat.participantId },
    mediaUnavailable: false,
  });
  expect(second.media).toBeUndefined();
  await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
  again.close();
}, 30_000);

test('[DRAIN-1] a node that drains sends its people to the other one, then has nobody', async () => {
  const code = await createMeeting(urlOf(0));
  const ana = await connect(urlOf(0));
  const lost = heard(ana, 'mediaLost');
  const port = await freePort();
  const extra = await cluster.node({ RELAIS_MEDIA_BUDGET: '1000', RELAIS_MEDIA_PORT: String(port) });
  let first = await ana.join(code, 'Ana');
  // Placed on the new node: it is the least loaded as soon as the hub knows of it.
  await vi.waitFor(async () => {
    if (portOf(first) === port) return;
    await ana.call('meeting:leave', {});
    first = await ana.join(code, 'Ana');
    expect(portOf(first)).toBe(port);
  }, 10_000);
  await extra.drain();
  await vi.waitFor(() => expect(lost).toHaveLength(1), 10_000);
  await extra.stop();
  ana.close();
  expect(nodes).toHaveLength(2);
}, 40_000);

test('[BREAK-3] [VOICE-1] [VOICE-2] over two nodes and two hubs: what comes through a pipe is taken away, and had while somebody speaks to all', async () => {
  const { code, facilitatorKey } = await createWithKey(urlOf(0));
  const [anim, bea] = [await connect(urlOf(0)), await connect(urlOf(1))];
  const first = await anim.call('meeting:join', {
    protocolVersion: PROTOCOL_VERSION,
    code,
    name: 'Anim',
    media: MEDIA,
    facilitatorKey,
  });
  let second = await bea.join(code, 'Béa');
  await vi.waitFor(async () => {
    if (portOf(second) !== portOf(first)) return;
    await bea.call('meeting:leave', {});
    second = await bea.join(code, 'Béa');
    expect(portOf(second)).not.toBe(portOf(first));
  }, 10_000);
  const closed = heard(bea, 'consumersClosed');
  const told = heard(bea, 'liveChanged');
  const { producerId } = await anim.call('media:produce', voice(first.media!.peerId, 778));
  const consume = () =>
    bea.call('media:consume', { peerId: second.media!.peerId, producerIds: [producerId] });
  const hasIt = async () => {
    let id = '';
    await vi.waitFor(async () => {
      const [one] = (await consume()).consumers;
      id = one!.consumerId;
    }, 5000);
    return id;
  };
  const before = await hasIt();
  await anim.call('breakout:open', {
    rooms: [{ name: 'Une' }],
    filling: {
      kind: 'byHand',
      placements: [{ participantId: second.seat.participantId, room: 0 }],
    },
    seed: 1,
    withFacilitators: false,
    countdownSeconds: 0,
    minutes: 10,
    late: 'smallest',
    mayChoose: false,
  });
  await vi.waitFor(() => expect(JSON.stringify(closed)).toContain(before), 5000);
  await expect(consume()).rejects.toThrow('notInYourRoom');
  await anim.call('breakout:speakToAll', { on: true });
  await vi.waitFor(() => expect(JSON.stringify(told)).toContain('toAll'), 5000);
  const during = await hasIt();
  expect(JSON.stringify(closed)).not.toContain(during);
  await anim.call('breakout:speakToAll', { on: false });
  await vi.waitFor(() => expect(JSON.stringify(closed)).toContain(during), 5000);
  await expect(consume()).rejects.toThrow('notInYourRoom');
  anim.close();
  bea.close();
}, 30_000);
