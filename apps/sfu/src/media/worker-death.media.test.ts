import { afterEach, describe, expect, test } from 'vitest';
import { peerId } from '@relais/protocol';
import type { MediaFact } from '@relais/protocol';
import { camera, microphone, openPeerRequest, refsTo } from '@relais/testing';
import { freePort } from '@relais/testing/free-port';
import {
  createTestNode,
  killWorkerOf,
  pids,
  peersLost,
  valueOf,
  workerOf,
  workerUp,
} from '../../test-support/test-node.ts';
import type { MediasoupNode } from '../node.ts';
import type { SfuOptions } from '../options.ts';

const unavailable = { ok: false, error: { kind: 'unavailable' } };
const opened = { ok: true, value: expect.anything() as unknown };

let node: MediasoupNode;
const start = async (options: Partial<SfuOptions> = {}) => (node = await createTestNode(options));
afterEach(() => node.close());

describe('a worker that is killed', () => {
  test('loses its rooms and no other, and is replaced within half a second', async () => {
    await start({ workers: 2 });
    for (const room of ['a', 'b', 'c', 'd']) await node.openPeer(openPeerRequest(room, 'ada'));
    expect((await node.stats()).workers.map((worker) => worker.rooms)).toEqual([2, 2]);
    const before = await pids(node);
    const lost: string[] = [];
    node.subscribe((fact) => fact.type === 'peersLost' && lost.push(fact.roomId));

    const fact = peersLost(node, 'a');
    const killedAt = performance.now();
    const killed = killWorkerOf(node, 'a');
    await fact;
    const toldAfter = performance.now() - killedAt;
    expect(await node.openPeer(openPeerRequest('a', 'ada'))).toMatchObject(opened);
    const backAfter = performance.now() - killedAt;
    const replacement = await workerUp(node, before.indexOf(killed));
    const replacedAfter = performance.now() - killedAt;

    expect(lost.sort()).toHaveLength(2);
    expect(replacement.pid).not.toBe(killed);
    expect((await pids(node)).filter((pid) => before.includes(pid))).toHaveLength(1);
    expect(toldAfter).toBeLessThan(250);
    expect(backAfter).toBeLessThan(500);
    expect(replacedAfter).toBeLessThan(500);
    for (const room of ['b', 'c', 'd'].filter((each) => !lost.includes(each)))
      expect(await node.restartIce({ roomId: room, peerId: peerId.parse('ada') }, 'send')).toMatchObject(
        opened,
      );
  });

  test('[MEDIA-7] is replaced on what is left of its addresses when one has gone with its network', async () => {
    // Of a network that is only for documentation (RFC 5737): nothing of it can be listened on.
    await start({ listenAddresses: ['192.0.2.1', '127.0.0.1'] });
    const before = await pids(node);
    const opening = valueOf(await node.openPeer(openPeerRequest('a', 'ada')));
    expect(new Set(opening.send.iceCandidates.map(({ address }) => address))).toEqual(new Set(['127.0.0.1']));
    const fact = peersLost(node, 'a');
    killWorkerOf(node, 'a');
    await fact;
    expect((await workerUp(node, 0)).pid).not.toBe(before[0]);
    expect(await node.openPeer(openPeerRequest('a', 'ada'))).toMatchObject(opened);
  });

  test('gives its place to a process that was waiting for it', async () => {
    await start();
    const { pool } = node.internals();
    await expect.poll(() => pool.sparePid).toBeGreaterThan(0);
    const { sparePid } = pool;
    await node.openPeer(openPeerRequest('a', 'ada'));
    const fact = peersLost(node, 'a');
    killWorkerOf(node, 'a');
    await fact;
    expect((await workerUp(node, 0)).pid).toBe(sparePid);
    await expect.poll(() => pool.sparePid ?? 0).not.toBe(sparePid);
    // A spare that died while it waited is not given away.
    await expect.poll(() => pool.sparePid ?? 0).toBeGreaterThan(0);
    process.kill(pool.sparePid!, 'SIGKILL');
    await expect.poll(() => pool.sparePid).toBeUndefined();
    expect(await node.openPeer(openPeerRequest('a', 'ada'))).toMatchObject(opened);
    killWorkerOf(node, 'a');
    await workerUp(node, 0);
  });

  test('is waited for by the next openPeer when it was the only one', async () => {
    await start();
    await node.openPeer(openPeerRequest('a', 'ada'));
    const fact = peersLost(node, 'a');
    killWorkerOf(node, 'a');
    await fact;
    const asked = performance.now();
    expect(await node.openPeer(openPeerRequest('a', 'ada'))).toMatchObject(opened);
    expect(performance.now() - asked).toBeLessThan(500);
  });

  test('settles every kind of call that is under way as unavailable', async () => {
    await start();
    const ada = openPeerRequest('a', 'ada');
    const bob = openPeerRequest('a', 'bob');
    await node.openPeer(ada);
    const media = { kind: 'audio', rtpParameters: microphone(), paused: false } as const;
    const { producerId } = valueOf(await node.produce({ ...ada, ...media }));
    const [consumer] = valueOf(
      await node.openPeer({ ...bob, consume: refsTo(node, [producerId]) }),
    ).consumers;
    if (!consumer) throw new Error('a consumer was expected');
    process.kill(workerOf(node, 'a').pid, 'SIGSTOP');
    const calls = [
      node.openPeer(openPeerRequest('a', 'cem')),
      node.openPeer(openPeerRequest('b', 'dan')),
      node.produce({ ...ada, kind: 'video', rtpParameters: camera(), paused: false }),
      node.pauseProducer(ada, producerId, true),
      node.pauseConsumers(bob, [consumer.consumerId], true),
      node.restartIce(bob, 'recv'),
    ];
    killWorkerOf(node, 'a');
    const [cem, dan, ...rest] = await Promise.all(calls);
    expect(cem).toEqual(unavailable);
    expect(dan).toMatchObject(opened); // Its room had not opened yet: it opens on the replacement.
    for (const outcome of rest) expect(outcome).toEqual(unavailable);
  });

  test('at any moment of an openPeer leaves it answered, and the node working', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      await start();
      await node.openPeer(openPeerRequest('first', 'ada'));
      const opening = node.openPeer(openPeerRequest('second', 'ada'));
      const joining = node.openPeer(openPeerRequest('first', 'bob'));
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      killWorkerOf(node, 'first');
      for (const outcome of await Promise.all([opening, joining]))
        if (!outcome.ok) expect(outcome).toEqual(unavailable);
      expect(await node.openPeer(openPeerRequest('after', 'ada'))).toMatchObject(opened);
      await node.close();
    }
  });

  test('over and over rests before it starts again, and calls are refused in time meanwhile', async () => {
    await start({ callTimeoutMs: 100 });
    const facts: MediaFact[] = [];
    node.subscribe((fact) => facts.push(fact));
    for (let death = 0; death < 6; death += 1) {
      await expect
        .poll(() => node.openPeer(openPeerRequest('a', 'ada')), { timeout: 20_000 })
        .toMatchObject(opened);
      const fact = peersLost(node, 'a');
      killWorkerOf(node, 'a');
      await fact;
    }
    expect((await node.stats()).workers[0]).toMatchObject({ state: 'resting', restarts: 6, pid: null });
    const asked = performance.now();
    expect(await node.openPeer(openPeerRequest('a', 'ada'))).toEqual(unavailable);
    expect(performance.now() - asked).toBeLessThan(300);
    expect(facts.filter((fact) => fact.type === 'peersLost')).toHaveLength(6);
  }, 60_000);

  test('listens on the port of its predecessor', async () => {
    const port = await freePort();
    await start({ port });
    const ports = async () =>
      valueOf(await node.openPeer(openPeerRequest('a', 'ada'))).send.iceCandidates.map((each) => each.port);
    expect(await ports()).toEqual([port, port]);
    const fact = peersLost(node, 'a');
    killWorkerOf(node, 'a');
    await fact;
    expect(await ports()).toEqual([port, port]);
  });
});

test('a worker that hangs is found out by the first call, killed and replaced', async () => {
  await start({ callTimeoutMs: 200 });
  await node.openPeer(openPeerRequest('a', 'ada'));
  const fact = peersLost(node, 'a');
  const hanging = workerOf(node, 'a').pid;
  process.kill(hanging, 'SIGSTOP');
  expect(await node.openPeer(openPeerRequest('a', 'bob'))).toEqual(unavailable);
  await fact;
  // On a busy machine a worker may take longer to start than a call of this test may wait for it.
  await expect
    .poll(() => node.openPeer(openPeerRequest('a', 'bob')), { timeout: 20_000 })
    .toMatchObject(opened);
  expect(await pids(node)).not.toContain(hanging);
});

test('rooms that are opened at once are spread over the workers', async () => {
  await start({ workers: 2 });
  await Promise.all(Array.from({ length: 10 }, (_, i) => node.openPeer(openPeerRequest(`room-${i}`, 'ada'))));
  expect((await node.stats()).workers.map((worker) => worker.rooms)).toEqual([5, 5]);
});

test('a node leaves signals to whoever composes the process', async () => {
  const before = [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')];
  await start({ workers: 2 });
  expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual(before);
});

test('a node that cannot start its workers says so, and leaves none behind', async () => {
  await start();
  await expect(createTestNode({ workerBin: '/no/such/worker' })).rejects.toThrow();
  const taken = valueOf(await node.openPeer(openPeerRequest('a', 'ada'))).send.iceCandidates[0]?.port ?? 0;
  await expect(createTestNode({ port: taken })).rejects.toThrow();
});
