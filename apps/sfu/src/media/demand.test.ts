import { peerId, producerId } from '@relais/protocol';
import type { ProducerDemand } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Seeded } from '../../test-support/seeded.ts';
import { Demand, FALL_MS, SILENT_MS } from './demand.ts';
import { ALL_LAYERS, Takers } from './takers.ts';
import type { Taken } from './takers.ts';

const camera = producerId.parse('camera');
const screen = producerId.parse('screen');
const ada = peerId.parse('ada');
const [bob, cem] = [{ name: 'bob' }, { name: 'cem' }];

let told: ProducerDemand[][];
let demand: Demand;
let takers: Takers;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  takers = new Takers((id) => demand.look(id));
  demand = new Demand({ best: (id) => takers.best(id), tell: (_peer, demands) => told.push(demands) });
});
afterEach(() => {
  demand.close();
  vi.useRealTimers();
});

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const layers = () => told.flat().map(({ spatialLayer }) => spatialLayer);
const want = (who: object, taken: Taken, id = camera) => takers.want(id, who, taken);

describe('What a sender is told', () => {
  test('[DEMAND-1] nothing while all is taken, and that nobody takes it when that has lasted', async () => {
    demand.opened(camera, ada, 2, false);
    want(bob, ALL_LAYERS);
    await pass(10 * FALL_MS);
    expect(told).toEqual([]);
    takers.gone(camera, bob);
    await pass(FALL_MS - 1);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([[{ producerId: camera, spatialLayer: null }]]);
  });

  test('[DEMAND-1] a rise at once, in one fact for all that rose in the same turn', async () => {
    demand.opened(camera, ada, 2, false);
    demand.opened(screen, ada, 1, false);
    await pass(FALL_MS);
    want(bob, 0);
    want(cem, ALL_LAYERS, screen);
    want(cem, 1);
    await pass();
    expect(told.slice(2)).toEqual([
      [
        { producerId: camera, spatialLayer: 1 },
        { producerId: screen, spatialLayer: 0 },
      ],
    ]);
  });

  test('[DEMAND-1] no fall that is taken back in time, and one that goes on falling only when it rests', async () => {
    demand.opened(camera, ada, 3, false);
    want(bob, ALL_LAYERS);
    for (let turn = 0; turn < 20; turn += 1) {
      want(bob, turn % 2 === 0 ? null : 2);
      await pass(FALL_MS / 2);
    }
    expect(told).toEqual([]);
    want(bob, 1);
    await pass(FALL_MS - 1);
    want(bob, 0);
    await pass(FALL_MS - 1);
    expect(told).toEqual([]);
    await pass(1);
    expect(layers()).toEqual([0]);
  });

  test('[DEMAND-1] the most that anybody takes', async () => {
    demand.opened(camera, ada, 3, false);
    want(bob, 0);
    want(cem, 1);
    await pass(FALL_MS);
    takers.gone(camera, cem);
    await pass(FALL_MS);
    want(cem, null);
    takers.gone(camera, bob);
    await pass(FALL_MS);
    expect(layers()).toEqual([1, 0, null]);
  });

  test('[DEMAND-2] all of what is paused, whoever takes it, so that the first syllable after it is sent', async () => {
    demand.opened(camera, ada, 1, true);
    await pass(10 * FALL_MS);
    expect(told).toEqual([]);
    demand.paused(camera, false);
    await pass(FALL_MS);
    expect(layers()).toEqual([null]);
    demand.paused(camera, true);
    await pass();
    expect(layers()).toEqual([null, 0]);
  });

  test('[DEMAND-4] all of it again when it is asked for; nothing of what has ended', async () => {
    demand.opened(camera, ada, 2, false);
    demand.opened(screen, ada, 1, false);
    want(bob, 0);
    await pass(FALL_MS);
    told = [];
    demand.ended([screen]);
    demand.tellAgain(ada);
    demand.tellAgain(peerId.parse('nobody'));
    await pass();
    expect(told).toEqual([[{ producerId: camera, spatialLayer: 0 }]]);
    demand.ended([camera]);
    takers.gone(camera, bob);
    demand.tellAgain(ada);
    await pass(FALL_MS);
    expect(told).toHaveLength(1);
  });
});

describe('[DEMAND-5] What is taken and does not come', () => {
  const again = [{ producerId: camera, spatialLayer: 0 }];

  test('is told again, ever more rarely, until it comes', async () => {
    demand.opened(camera, ada, 2, false);
    want(bob, 0);
    await pass(FALL_MS);
    told = [];
    demand.silent(camera, true);
    await pass(SILENT_MS);
    await pass(2 * SILENT_MS);
    expect(told).toEqual([again, again]);
    await pass(3 * SILENT_MS);
    demand.silent(camera, false);
    await pass(100 * SILENT_MS);
    expect(told).toHaveLength(2);
  });

  test('is not expected while it is paused, or nobody takes it, or after its end', async () => {
    demand.opened(camera, ada, 2, false);
    await pass(FALL_MS);
    told = [];
    demand.silent(camera, true);
    await pass(10 * SILENT_MS);
    expect(told).toEqual([]);
    demand.paused(camera, true);
    await pass(10 * SILENT_MS);
    expect(layers()).toEqual([1]);
    demand.paused(camera, false);
    want(bob, 1);
    await pass(SILENT_MS);
    expect(layers()).toEqual([1, 1]);
    demand.ended([camera]);
    await pass(100 * SILENT_MS);
    expect(told).toHaveLength(2);
  });
});

test('[DEMAND-1] whatever the order in which things happen, a sender is never told less than is taken, and told of it in the end', async () => {
  const seeded = new Seeded(20_261_122);
  const people = Array.from({ length: 5 }, (_, index) => ({ index }));
  const model = new Map<object, Taken>();
  const best = () => Math.max(-1, ...[...model.values()].map((one) => one ?? -1));
  const lastTold = () => told.flat().at(-1)?.spatialLayer;
  let paused = false;
  demand.opened(camera, ada, 3, paused);
  const steps = {
    take: (who: object) => void model.set(who, seeded.chance(0.2) ? null : seeded.int(0, 2)),
    go: (who: object) => void model.delete(who),
    pause: () => demand.paused(camera, (paused = !paused)),
    sound: () => demand.silent(camera, seeded.chance(0.5)),
  };
  for (let step = 0; step < 4000; step += 1) {
    const who = seeded.pick(people as [object, ...object[]]);
    steps[seeded.pick(['take', 'take', 'take', 'go', 'go', 'pause', 'sound'] as const)](who);
    const taken = model.get(who);
    if (taken === undefined) takers.gone(camera, who);
    else want(who, taken);
    await pass(seeded.chance(0.1) ? FALL_MS : seeded.int(0, 900));
    const believed = lastTold();
    expect(believed === undefined ? 2 : (believed ?? -1)).toBeGreaterThanOrEqual(paused ? 2 : best());
    if (!seeded.chance(0.05)) continue;
    await pass(FALL_MS);
    const wanted = paused ? 2 : best();
    expect(lastTold() ?? (told.length === 0 ? 2 : -1)).toBe(wanted);
  }
});

test('what is taken is the best of many, whatever the order in which they come, change and go', () => {
  const changes: (Taken | undefined)[] = [];
  const many = new Takers(() => changes.push(many.best(camera)));
  const model = new Map<object, Taken>();
  const people = Array.from({ length: 6 }, (_, index) => ({ index }));
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let step = 0; step < 3000; step += 1) {
    const who = people[next(people.length)]!;
    if (next(4) === 0) {
      many.gone(camera, who);
      model.delete(who);
    } else {
      const taken = next(4) === 0 ? null : next(4);
      many.want(camera, who, taken);
      model.set(who, taken);
    }
    const best = model.size === 0 ? undefined : Math.max(...[...model.values()].map((one) => one ?? -1));
    expect(many.best(camera)).toBe(best === -1 ? null : best);
  }
  for (const [index, one] of changes.entries()) expect(one).not.toBe(changes[index - 1]);
});
