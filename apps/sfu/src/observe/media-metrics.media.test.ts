import { createWorker, type types } from 'mediasoup';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { ROUTER_CODECS, type OpenPeer, type ProducerId } from '@relais/protocol';
import { microphone, openPeerRequest, refsTo } from '@relais/testing';
import { opusPacket } from '../../test-support/rtp.ts';
import { createTestNode, valueOf } from '../../test-support/test-node.ts';
import { Certificate, hasOpenssl, WebRtcPeer } from '@relais/testing/webrtc-peer';
import type { MediasoupNode } from '../node.ts';
import { createMediaMetrics, type MediaMetrics } from './media-metrics.ts';
import { watchMedia } from './media-watch.ts';
import { nodeOverviewOf } from './node-overview.ts';

const SSRC = 4242;
const logger = pino({ level: 'silent' });
const close: (() => unknown)[] = [];
afterEach(async () => {
  for (let one = close.pop(); one; one = close.pop()) await one();
});

const COUNTS = { rooms: 1, peers: 0, producers: 1, consumers: 1 };
const RUNNING = { state: 'up' as const, restarts: 0, cpuMs: 1, maxRssKb: 1 };

/** Looks only when the test says so. */
const NEVER = 2 ** 30;

async function measuredNode(): Promise<{ node: MediasoupNode; metrics: MediaMetrics }> {
  const watch = watchMedia();
  const node = await createTestNode();
  const metrics = createMediaMetrics({ node, watch, budget: 400, logger, everyMs: NEVER });
  close.push(
    () => node.close(),
    () => metrics.close(),
  );
  return { node, metrics };
}

async function numberOf(metrics: MediaMetrics, series: string): Promise<number> {
  await metrics.sample();
  const line = (await metrics.registry.metrics()).split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? NaN);
}

/** Says something every 20 ms, until the test ends. */
function speaking(send: (rtp: Buffer) => void): void {
  let sequence = 0;
  const timer = setInterval(() => send(opusPacket({ sequence: (sequence += 1), ssrc: SSRC, level: 20 })), 20);
  close.push(() => clearInterval(timer));
}

describe.skipIf(!hasOpenssl)('the measures of a node', () => {
  test('count what peers have open and the bytes that cross the network, and nothing once they have gone', async () => {
    const { node, metrics } = await measuredNode();
    const certificate = new Certificate();
    close.push(() => certificate.remove());
    const request = (id: string, consume: ProducerId[] = []): OpenPeer => ({
      ...openPeerRequest('room', id, refsTo(node, consume)),
      fingerprints: { send: [certificate.fingerprint], recv: [certificate.fingerprint] },
    });
    const ada = request('ada');
    const { send } = valueOf(await node.openPeer(ada));
    const produce = { ...ada, kind: 'audio' as const, rtpParameters: microphone('0', SSRC), paused: false };
    const { producerId } = valueOf(await node.produce(produce));
    const bob = request('bob', [producerId]);
    const { recv } = valueOf(await node.openPeer(bob));
    const mouth = await WebRtcPeer.connect(send, certificate);
    const ear = await WebRtcPeer.connect(recv, certificate);
    close.push(
      () => mouth.close(),
      () => ear.close(),
    );
    speaking((rtp) => mouth.sendRaw(mouth.protect(rtp)));

    for (const direction of ['received', 'sent']) {
      const series = `relais_media_${direction}_bytes_total{worker="0",path="webrtc"}`;
      await expect.poll(() => numberOf(metrics, series)).toBeGreaterThan(2000);
    }
    expect(await numberOf(metrics, 'relais_media_rooms{worker="0"}')).toBe(1);
    expect(await numberOf(metrics, 'relais_media_peers{worker="0"}')).toBe(2);
    expect(await numberOf(metrics, 'relais_media_producers{worker="0"}')).toBe(1);
    expect(await numberOf(metrics, 'relais_media_consumers{worker="0"}')).toBe(1);
    expect(await numberOf(metrics, 'relais_media_pipes{worker="0"}')).toBe(0);
    expect(await numberOf(metrics, 'relais_media_budget')).toBe(400);
    expect(await numberOf(metrics, 'relais_media_worker_cpu_seconds_total{worker="0"}')).toBeGreaterThan(0);
    // Nothing is lost on loopback: the lowest bucket holds all.
    const lossless = 'relais_media_packet_loss_ratio_bucket{le="0",direction="received",path="webrtc"}';
    expect(await numberOf(metrics, lossless)).toBeGreaterThan(0);
    expect(metrics.last()).toMatchObject({ loss: { p50: 0, p99: 0 } });
    await expect.poll(() => metrics.sample().then(() => metrics.last().receivedBps)).toBeGreaterThan(0);

    await node.closePeer(ada);
    await node.closePeer(bob);
    for (const what of ['rooms', 'peers', 'producers', 'consumers']) {
      expect(await numberOf(metrics, `relais_media_${what}{worker="0"}`), what).toBe(0);
    }
    expect(metrics.last()).toMatchObject({ loss: null, receivedBps: 0 });
  });
});

test('a worker that dies is counted, and the next one of its place is watched', async () => {
  const { node, metrics } = await measuredNode();
  expect(await numberOf(metrics, 'relais_media_worker_restarts_total{worker="0"}')).toBe(0);
  const [pid] = metrics.last().workers.map((worker) => worker.pid);
  process.kill(pid!, 'SIGKILL');
  await expect.poll(() => numberOf(metrics, 'relais_media_worker_restarts_total{worker="0"}')).toBe(1);
  await expect.poll(() => numberOf(metrics, 'relais_media_worker_up{worker="0"}')).toBe(1);
  valueOf(await node.openPeer(openPeerRequest('room', 'ada', [])));
  expect(await numberOf(metrics, 'relais_media_peers{worker="0"}')).toBe(1);
  const overview = nodeOverviewOf({
    nodeId: node.nodeId,
    version: '1',
    startedAt: 1,
    draining: false,
    budget: 400,
    metrics,
    load: () => ({ eventLoopDelayMs: { p50: 0, p99: 0 }, cpu: 0, memoryBytes: 1 }),
  });
  expect(overview).toMatchObject({
    capacity: 400,
    workers: [{ state: 'up', restarts: 1, peers: 1, pipes: 0 }],
  });
});

test('a pipe is counted, with what crosses it and how long it takes there and back', async () => {
  const watch = watchMedia();
  const workers = await Promise.all([0, 1].map(() => createWorker({ logLevel: 'none' })));
  close.push(() => workers.forEach((worker) => worker.close()));
  const mediaCodecs = ROUTER_CODECS.map((codec) => ({ ...codec })) as types.RouterRtpCodecCapability[];
  const routers = await Promise.all(workers.map((worker) => worker.createRouter({ mediaCodecs })));
  const direct = await routers[0]!.createDirectTransport();
  const rtpParameters = microphone('0', SSRC) as types.RtpParameters;
  const producer = await direct.produce({ kind: 'audio', rtpParameters });
  await routers[0]!.pipeToRouter({ producerId: producer.id, router: routers[1]! });
  speaking((rtp) => producer.send(rtp));
  const stats = async () => ({
    ...COUNTS,
    workers: workers.map(({ pid }, index) => ({ ...COUNTS, index, pid, ...RUNNING })),
  });
  const metrics = createMediaMetrics({ node: { stats }, watch, budget: 400, logger, everyMs: NEVER });
  close.push(() => metrics.close());
  expect(await numberOf(metrics, 'relais_media_pipes{worker="0"}')).toBe(1);
  expect(await numberOf(metrics, 'relais_media_pipes{worker="1"}')).toBe(1);
  // The first report of a sound's receiver comes within some five seconds.
  const told = () => numberOf(metrics, 'relais_media_round_trip_seconds_count{path="pipe"}');
  await expect.poll(told, { timeout: 20_000, interval: 200 }).toBeGreaterThan(0);
  const bytes = (direction: string, worker: number) =>
    numberOf(metrics, `relais_media_${direction}_bytes_total{worker="${worker}",path="pipe"}`);
  expect(await bytes('sent', 0)).toBeGreaterThan(1000);
  expect(await bytes('received', 1)).toBeGreaterThan(1000);
});
