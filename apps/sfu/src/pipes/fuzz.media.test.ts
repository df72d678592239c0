import { afterEach, expect, test, vi } from 'vitest';
import { peerId } from '@relais/protocol';
import type { PeerKey, ProducerId, ProducerRef } from '@relais/protocol';
import { camera, microphone, openPeerRequest } from '@relais/testing';
import { JoinedNodes } from '../../test-support/joined.ts';
import { heldBy, pipesHeld } from '../../test-support/rooms.ts';
import { Seeded } from '../../test-support/seeded.ts';
import type { MediasoupNode } from '../node.ts';

/** People come, go, send and consume at random over two nodes of two workers, without waiting for one another. */

const SEEDS = 5;
const STEPS = 100;
const seen = { consumers: 0, demands: 0 };
const NAMES = ['ada', 'bob', 'cem', 'dan', 'eve', 'fay'] as const;
const wait = { timeout: 8000, interval: 20 };

interface Present extends PeerKey {
  node: MediasoupNode;
}

let nodes: JoinedNodes;
afterEach(() => nodes.close());

test('leaves nothing behind, whatever the order', async () => {
  nodes = await JoinedNodes.create(['east', 'west'], { workers: 2, budget: 3 });
  const before = await heldBy(...nodes.all);
  const taken = nodes.all.map((node) => vi.spyOn(node.pipes, 'takeProducer'));
  for (let seed = 1; seed <= SEEDS; seed += 1) await new Crowd(seed).run();
  await nothingIsLeft(before);
  expect(seen.consumers).toBeGreaterThan(0);
  expect(seen.demands).toBeGreaterThan(0);
  for (const spy of taken) expect(spy.mock.calls.length).toBeGreaterThan(20);
}, 60_000);

test('leaves nothing behind when workers die and links fall meanwhile', async () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    nodes = await JoinedNodes.create(['east', 'west'], { workers: 2, budget: 3 });
    const before = await heldBy(...nodes.all);
    const crowd = new Crowd(seed);
    const [first, second, third] = [30, 50, 70];
    await crowd.run((step) => {
      if (step === first || step === third) crowd.killSomeWorker();
      if (step === second) nodes.set('down');
      if (step === second + 5) nodes.set('up');
    });
    for (const node of nodes.all) await expect.poll(() => node.internals().pool.up.length, wait).toBe(2);
    await nothingIsLeft(before);
    await nodes.close();
  }
}, 120_000);

async function nothingIsLeft(before: Awaited<ReturnType<typeof heldBy>>): Promise<void> {
  await vi.waitFor(async () => expect(await heldBy(...nodes.all)).toEqual(before), wait);
  expect(await pipesHeld()).toEqual({ ends: 0, out: 0, into: 0 });
  for (const node of nodes.all) {
    expect(node.load()).toMatchObject({ peers: 0, consumers: 0 });
    expect(await node.stats()).toMatchObject({ rooms: 0, peers: 0, producers: 0, consumers: 0 });
  }
}

class Crowd {
  readonly #seeded: Seeded;
  readonly #there = new Map<string, Present>();
  readonly #refs: ProducerRef[] = [];
  readonly #running: Promise<unknown>[] = [];

  constructor(seed: number) {
    this.#seeded = new Seeded(seed);
  }

  async run(trouble: (step: number) => void = () => undefined): Promise<void> {
    for (let step = 0; step < STEPS; step += 1) {
      trouble(step);
      this.#running.push(this.#step());
      if (this.#seeded.chance(0.5)) await new Promise(setImmediate);
      if (this.#seeded.chance(0.1)) await Promise.all(this.#running.splice(0));
    }
    await Promise.all(this.#running);
    for (const peer of this.#there.values()) await this.#looksAtWhatIsTold(peer);
    await this.#sendersAreToldWhatIsTaken();
    await Promise.all([...this.#there.values()].map((peer) => peer.node.closePeer(peer)));
  }

  killSomeWorker(): void {
    const workers = this.#seeded.pick(nodes.two).internals().pool.up;
    workers[this.#seeded.int(0, workers.length - 1)]?.kill();
  }

  /** Every consumer that a peer is said to have is one that a worker has too. */
  async #looksAtWhatIsTold(peer: Present): Promise<void> {
    const consumed = await peer.node.consume({ ...peer, producers: this.#refs.slice(-40), paused: false });
    if (!consumed.ok) return;
    const routers = peer.node.internals().room(peer.roomId)?.routers ?? [];
    const dumps = await Promise.all(routers.map(({ router }) => router.dump()));
    const held = new Set(dumps.flatMap((dump) => dump.mapConsumerIdProducerId.map(({ key }) => key)));
    for (const { consumerId } of consumed.value) expect(held).toContain(consumerId);
    seen.consumers += consumed.value.length;
  }

  /** [DEMAND-1] [DEMAND-3] After all that, when everybody has said what they take, each sender is told the best of it. */
  async #sendersAreToldWhatIsTaken(): Promise<void> {
    const best = new Map<ProducerId, number | null>();
    const say = (id: ProducerId, taken: number | null) => {
      const former = best.get(id) ?? null;
      best.set(id, former === null ? taken : Math.max(former, taken ?? 0));
    };
    for (const peer of this.#there.values()) {
      const consumed = await peer.node.consume({ ...peer, producers: this.#refs, paused: true });
      for (const { consumerId, producerId, kind, producerPaused } of consumed.ok ? consumed.value : []) {
        const layer = kind === 'audio' ? 0 : this.#seeded.int(0, 2);
        const isHeld = this.#seeded.chance(0.5);
        if (kind === 'video') await peer.node.preferLayer(peer, consumerId, layer);
        await peer.node.pauseConsumers(peer, [consumerId], isHeld);
        if (!producerPaused) say(producerId, isHeld ? null : layer);
      }
    }
    const told = async () => {
      const last = new Map<ProducerId, number | null>();
      const stops = nodes.all.map((node) =>
        node.subscribe((fact) => {
          if (fact.type !== 'demandChanged') return;
          for (const { producerId, spatialLayer } of fact.demands) last.set(producerId, spatialLayer);
        }),
      );
      for (const peer of this.#there.values()) await peer.node.tellDemand([peer]);
      for (const stop of stops) stop();
      return [...best.keys()].map((id) => [id, last.get(id)]);
    };
    await expect.poll(told, { timeout: 12_000, interval: 100 }).toEqual([...best]);
    seen.demands += best.size;
  }

  async #step(): Promise<void> {
    const seeded = this.#seeded;
    const name = seeded.pick(NAMES);
    const peer = this.#there.get(name);
    if (!peer) return this.#enter(name);
    if (seeded.chance(0.15)) {
      this.#there.delete(name);
      return peer.node.closePeer(peer);
    }
    if (seeded.chance(0.35)) return this.#send(peer);
    if (seeded.chance(0.2)) return this.#stop(peer);
    return this.#take(peer);
  }

  async #enter(name: string): Promise<void> {
    const node = this.#seeded.pick(nodes.two);
    this.#there.set(name, { node, roomId: 'room', peerId: peerId.parse(name) });
    await node.openPeer(openPeerRequest('room', name, this.#refs.slice(-5)));
  }

  async #send(peer: Present): Promise<void> {
    const kind = this.#seeded.chance(0.5) ? 'audio' : 'video';
    const rtpParameters = kind === 'audio' ? microphone() : camera();
    const produced = await peer.node.produce({ ...peer, kind, rtpParameters, paused: false });
    if (produced.ok) this.#refs.push({ producerId: produced.value.producerId, nodeId: peer.node.nodeId });
  }

  async #stop(peer: Present): Promise<void> {
    const ref = this.#someRef();
    if (!ref) return;
    if (this.#seeded.chance(0.5)) await peer.node.pauseProducer(peer, ref.producerId, true);
    else await peer.node.closeProducer(peer, ref.producerId);
  }

  async #take(peer: Present): Promise<void> {
    const producers = this.#seeded.list(1, 6, () => this.#someRef()).flatMap((ref) => ref ?? []);
    const closes = this.#seeded.chance(0.5);
    const consumed = await peer.node.consume({ ...peer, producers, paused: false });
    const ids = consumed.ok ? consumed.value.map(({ consumerId }) => consumerId) : [];
    if (closes) await peer.node.closeConsumers(peer, ids.slice(0, 2));
  }

  #someRef(): ProducerRef | undefined {
    return this.#refs[this.#seeded.int(0, Math.max(0, this.#refs.length - 1))];
  }
}
