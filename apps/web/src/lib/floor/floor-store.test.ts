import { expect, it, vi } from 'vitest';
import { FloorStore } from './floor-store.svelte.ts';

// Runes are plain fields here.
vi.hoisted(() => {
  Object.assign(globalThis, { $state: { raw: (value: unknown) => value } });
});

it('[FLOOR-1] [FLOOR-3] closes what it is told to, opens nothing, and keeps the last word on each until it is put away', () => {
  const closed: string[] = [];
  const floor = new FloorStore((source) => closed.push(source));
  floor.closed({ source: 'microphone', from: 'Anim' });
  floor.closed({ source: 'camera', from: 'Anim' });
  expect(closed).toEqual(['microphone', 'camera']);
  floor.invited({ from: 'Aide' });
  expect(closed).toHaveLength(2);
  expect(floor.sayings).toEqual([
    { what: 'closed', source: 'camera', from: 'Anim' },
    { what: 'invited', from: 'Aide' },
  ]);
  floor.dismiss(floor.sayings[0]!);
  expect(floor.sayings).toEqual([{ what: 'invited', from: 'Aide' }]);
});
