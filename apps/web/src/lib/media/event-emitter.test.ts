import { EventEmitter as NodeEventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { EventEmitter } from './event-emitter.ts';

describe.each([
  ['ours', () => new EventEmitter()],
  ['Node’s own', () => new NodeEventEmitter() as unknown as EventEmitter],
])('an event emitter, %s', (_name, create) => {
  it('tells those who listen, in order, with all that it was given', () => {
    const emitter = create();
    const told: unknown[] = [];
    expect(emitter.emit('a', 1)).toBe(false);
    emitter.on('a', (...args) => told.push(['first', ...args])).on('a', () => told.push('second'));
    emitter.prependListener('a', () => told.push('before'));
    expect(emitter.emit('a', 1, 2)).toBe(true);
    expect(told).toEqual(['before', ['first', 1, 2], 'second']);
    expect([emitter.listenerCount('a'), emitter.listenerCount('b')]).toEqual([3, 0]);
  });

  it('tells once who listens once, also when told again meanwhile', () => {
    const emitter = create();
    const told: string[] = [];
    emitter.once('a', () => {
      told.push('once');
      emitter.emit('a');
    });
    emitter.prependOnceListener('a', () => told.push('before'));
    emitter.emit('a');
    emitter.emit('a');
    expect(told).toEqual(['before', 'once']);
    expect(emitter.listeners('a')).toEqual([]);
  });

  it('forgets one, those of a name, or all; who is being told is told to the end', () => {
    const emitter = create();
    const told: string[] = [];
    const second = () => void told.push('second');
    emitter.on('a', () => {
      told.push('first');
      emitter.off('a', second);
    });
    emitter.on('a', second).on('b', second).on('c', second);
    emitter.emit('a');
    emitter.emit('a');
    expect(told).toEqual(['first', 'second', 'first']);
    emitter.removeAllListeners('b');
    expect([emitter.listenerCount('b'), emitter.rawListeners('c').length]).toEqual([0, 1]);
    emitter.removeAllListeners();
    expect(emitter.emit('c')).toBe(false);
  });

  it('throws what a listener throws', () => {
    const emitter = create();
    emitter.on('a', () => {
      throw new Error('theirs');
    });
    expect(() => emitter.emit('a')).toThrow('theirs');
  });
});

it('has everything that mediasoup-client asks of it', () => {
  const path = createRequire(import.meta.url)
    .resolve('mediasoup-client')
    .replace('index.js', 'enhancedEvents.js');
  const asked = [...readFileSync(path, 'utf8').matchAll(/(?:super|this)\.(\w+)\(/g)].map(([, name]) => name);
  expect(asked).toContain('emit');
  for (const name of asked) expect(EventEmitter.prototype, name).toHaveProperty(String(name));
});
