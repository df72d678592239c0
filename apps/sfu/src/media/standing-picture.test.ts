import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mendStanding } from './standing-picture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fakeConsumer(type: types.ConsumerType = 'simulcast') {
  const state = { closed: false, paused: false, producerPaused: false, currentLayers: undefined as unknown };
  const observer = new EventEmitter();
  const score = { producerScore: 0 };
  const consumer = Object.assign(new EventEmitter(), { type, observer, score, ...state });
  const asked: unknown[] = [];
  mendStanding(consumer as unknown as types.Consumer, (one) => asked.push(one));
  const now = (name: 'layerschange' | 'score' | 'pause' | 'resume' | 'close', change: object) => {
    Object.assign(consumer, change);
    (name === 'layerschange' || name === 'score' ? consumer : observer).emit(name);
  };
  return { asked: () => asked.length, now };
}

const flowing = { currentLayers: { spatialLayer: 0 }, score: { producerScore: 10 } };
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('[DEMAND-5] a key frame is asked for until a picture passes, ever more rarely', async () => {
  const { asked, now } = fakeConsumer();
  await pass(1999);
  expect(asked()).toBe(0);
  await pass(1);
  expect(asked()).toBe(1);
  await pass(4000 + 8000);
  expect(asked()).toBe(3);
  await pass(32_000);
  expect(asked()).toBe(5);
  now('layerschange', flowing);
  await pass(100_000);
  expect(asked()).toBe(5);
});

test('[DEMAND-5] a layer that ends while another has not begun is a standing picture, too', async () => {
  const { asked, now } = fakeConsumer();
  now('layerschange', flowing);
  now('score', { score: { producerScore: 0 } });
  await pass(2000);
  expect(asked()).toBe(1);
  now('score', flowing);
  now('layerschange', { currentLayers: undefined });
  await pass(2000);
  expect(asked()).toBe(2);
});

test('nothing is asked for what is held, or paused by its sender, or over', async () => {
  const { asked, now } = fakeConsumer();
  now('pause', { producerPaused: true });
  await pass(100_000);
  now('resume', { producerPaused: false, paused: true });
  await pass(100_000);
  expect(asked()).toBe(0);
  now('resume', { paused: false });
  await pass(2000);
  expect(asked()).toBe(1);
  now('close', { closed: true });
  await pass(100_000);
  expect(asked()).toBe(1);
});

test('what comes in one layer is left to the worker', async () => {
  const { asked } = fakeConsumer('simple');
  await pass(100_000);
  expect(asked()).toBe(0);
});
