import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { expect, test } from 'vitest';
import { FirstLayers } from './first-layer.ts';

function fakeConsumer(type: types.ConsumerType = 'simulcast') {
  const asked: number[] = [];
  const consumer = Object.assign(new EventEmitter(), {
    type,
    setPreferredLayers: async ({ spatialLayer }: types.ConsumerLayers) => void asked.push(spatialLayer),
  });
  const shows = (spatialLayer: number | undefined) =>
    consumer.emit('layerschange', spatialLayer === undefined ? undefined : { spatialLayer });
  return { consumer: consumer as unknown as types.Consumer, asked, shows };
}

test('[MEDIA-9] a camera that has just begun is shown small first, and in the layer that is wanted once it is seen', async () => {
  const { consumer, asked, shows } = fakeConsumer();
  const layers = new FirstLayers();
  layers.begin(consumer);
  shows(undefined);
  expect(asked).toEqual([]);
  shows(0);
  expect(asked).toEqual([7]);
  shows(1);
  expect(asked).toEqual([7]);
});

test('a layer that is asked for before a picture is there is taken then, and at once afterwards', async () => {
  const { consumer, asked, shows } = fakeConsumer();
  const layers = new FirstLayers();
  layers.begin(consumer);
  await layers.prefer(consumer, 1);
  expect(asked).toEqual([]);
  shows(0);
  expect(asked).toEqual([1]);
  await layers.prefer(consumer, 0);
  expect(asked).toEqual([1, 0]);
});

test('where the smallest is what is wanted, nothing more is asked', async () => {
  const { consumer, asked, shows } = fakeConsumer();
  const layers = new FirstLayers();
  layers.begin(consumer);
  await layers.prefer(consumer, 0);
  shows(0);
  expect(asked).toEqual([]);
});

test('what comes in one layer is left as it is', async () => {
  const { consumer, asked, shows } = fakeConsumer('simple');
  const layers = new FirstLayers();
  layers.begin(consumer);
  shows(0);
  await layers.prefer(consumer, 1);
  expect(asked).toEqual([1]);
});
