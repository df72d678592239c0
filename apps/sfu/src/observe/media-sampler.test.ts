import { describe, expect, test } from 'vitest';
import { MediaSampler } from './media-sampler.ts';
import type { MediaWatch, WatchedStream, WatchedTransport } from './media-watch.ts';

const PID = 1;

function stream(id: string, stats: object, asked: string[] = []): WatchedStream {
  return {
    id,
    closed: false,
    getStats: async () => {
      asked.push(id);
      return [stats];
    },
  };
}

const outbound = (more: object = {}) => ({
  type: 'outbound-rtp',
  packetCount: 10,
  fractionLost: 64,
  roundTripTime: 250,
  ...more,
});

interface Given {
  bytes?: () => object;
  consumers?: WatchedStream[];
  producers?: WatchedStream[];
  getStats?: () => Promise<object[]>;
}

function transport(id: string, { bytes = () => ({}), consumers = [], producers = [], getStats }: Given = {}) {
  const asked = getStats ?? (async () => [bytes()]);
  return {
    transport: { id, closed: false, getStats: asked },
    path: 'webrtc',
    producers: new Set(producers),
    consumers: new Set(consumers),
  } as unknown as WatchedTransport;
}

function samplerOf(transports: WatchedTransport[]): MediaSampler {
  const watch: MediaWatch = { transports: (pid) => (pid === PID ? transports : []), close: () => undefined };
  return new MediaSampler(watch);
}

const look = async (sampler: MediaSampler) => (await sampler.sample([PID])).get(PID)!;

describe('a look at a worker', () => {
  test('bytes are those since the last look', async () => {
    let received = 1000;
    const sampler = samplerOf([transport('t', { bytes: () => ({ bytesReceived: received, bytesSent: 5 }) })]);
    expect((await look(sampler)).traffic).toEqual([{ path: 'webrtc', receivedBytes: 1000, sentBytes: 5 }]);
    received = 1700;
    expect((await look(sampler)).traffic).toEqual([{ path: 'webrtc', receivedBytes: 700, sentBytes: 0 }]);
  });

  test('loss is a share and a round trip is in seconds, whatever units RTCP has', async () => {
    const sampler = samplerOf([transport('t', { consumers: [stream('c', outbound())] })]);
    expect((await look(sampler)).streams).toEqual([
      { direction: 'sent', path: 'webrtc', loss: 0.25, roundTripSeconds: 0.25 },
    ]);
  });

  test('a round trip that nobody has told yet, and a stream that nothing came through, are left out', async () => {
    const consumers = [stream('c', outbound({ roundTripTime: 0 }))];
    const producers = [stream('p', { type: 'inbound-rtp', packetCount: 0, fractionLost: 0 })];
    const sampler = samplerOf([transport('t', { consumers, producers })]);
    const { streams } = await look(sampler);
    expect(streams).toEqual([{ direction: 'sent', path: 'webrtc', loss: 0.25, roundTripSeconds: undefined }]);
  });

  test('of many consumers one is asked at each look, every one in its turn', async () => {
    const asked: string[] = [];
    const consumers = ['a', 'b', 'c'].map((id) => stream(id, outbound(), asked));
    const sampler = samplerOf([transport('t', { consumers })]);
    for (let i = 1; i <= 3; i += 1) {
      await look(sampler);
      expect(asked).toHaveLength(i);
    }
    expect(asked.toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('more transports than one look may ask have their turn in the next', async () => {
    const asked = new Set<number>();
    let underWay = 0;
    let most = 0;
    const transports = Array.from({ length: 1500 }, (_, i) =>
      transport(String(i), {
        getStats: async () => {
          asked.add(i);
          most = Math.max(most, (underWay += 1));
          await new Promise((resolve) => setImmediate(resolve));
          underWay -= 1;
          return [{}];
        },
      }),
    );
    const sampler = samplerOf(transports);
    await look(sampler);
    expect(asked.size).toBe(600);
    await look(sampler);
    await look(sampler);
    expect(asked.size).toBe(1500);
    expect(most).toBeLessThanOrEqual(16);
  });

  test('a worker that answers nothing is asked no further', async () => {
    let asked = 0;
    const gone = () => {
      asked += 1;
      return Promise.reject(new Error('channel closed'));
    };
    const transports = Array.from({ length: 200 }, (_, i) => transport(String(i), { getStats: gone }));
    expect(await look(samplerOf(transports))).toEqual({ traffic: [], streams: [] });
    expect(asked).toBe(16);
  });
});
