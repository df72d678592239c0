import { controlCalls } from '@relais/protocol';
import { createMemoryMediaNode, openPeerRequest } from '@relais/testing';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryPipes } from '../../test-support/memory-pipes.ts';
import { aHub, aNode } from '../../test-support/served.ts';
import { MAX_CALLS } from '../limits.ts';
import { CallDesk } from './call-desk.ts';
import { handlersFor } from './handlers.ts';
import { Sinks } from './sinks.ts';

const own = createMemoryMediaNode();
const node = Object.assign(own, { pipes: new MemoryPipes(own.nodeId) });
const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const deskFor = (caller = aHub()) =>
  new CallDesk({ handlers: handlersFor(caller, node, new Sinks(node.pipes)), caller, logger });

beforeEach(() => vi.clearAllMocks());

describe('Calls that a known caller makes', () => {
  test('are refused when they do not fit their schema, and change nothing', async () => {
    const desk = deskFor();
    const good = openPeerRequest('room', 'ada');
    const bad = [
      undefined,
      null,
      'room',
      [],
      {},
      { ...good, roomId: '' },
      { ...good, roomId: 'x'.repeat(65) },
      { ...good, peerId: 'a b' },
      { ...good, fingerprints: { send: [], recv: [] } },
      { ...good, rtpCapabilities: { codecs: 'all' } },
      { ...good, consume: Array.from({ length: 1201 }, () => ({ producerId: 'p', nodeId: 'n' })) },
      { ...good, consume: [{ producerId: 'p' }] },
    ];
    for (const payload of bad) {
      expect(await desk.answer('peer:open', payload), JSON.stringify(payload)?.slice(0, 80)).toMatchObject({
        ok: false,
        error: { kind: 'invalidCall' },
      });
    }
    expect(node.peers()).toEqual([]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  test('are refused under a name that is none', async () => {
    for (const name of ['', 'peer', 'toString', '__proto__', 'constructor', 'hello', 'x'.repeat(10_000)]) {
      expect(await deskFor().answer(name, {})).toEqual({ ok: false, error: { kind: 'unknownCall' } });
    }
  });

  test('are those of its kind: a hub opens no pipes, a node drives no peers', async () => {
    for (const [name, { caller }] of Object.entries(controlCalls)) {
      const other = caller === 'hub' ? aNode() : aHub();
      expect(await deskFor(other).answer(name, {})).toEqual({ ok: false, error: { kind: 'unknownCall' } });
    }
  });

  test('are bounded in number: one more is busy, and there is room again when one is answered', async () => {
    const desk = deskFor();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    vi.spyOn(node, 'isReady').mockReturnValue(promise);
    const answers = Array.from({ length: MAX_CALLS }, () => desk.answer('node:isReady', {}));
    expect(await desk.answer('node:isReady', {})).toEqual({ ok: false, error: { kind: 'busy' } });
    resolve(true);
    await Promise.all(answers);
    expect(await desk.answer('node:isReady', {})).toEqual({ ok: true, value: true });
  });

  test('are answered under an incident when we have a defect', async () => {
    vi.spyOn(node, 'restartIce').mockRejectedValue(new Error('a defect'));
    const key = { roomId: 'room', peerId: 'ada' };
    const answer = await deskFor().answer('ice:restart', { key, direction: 'send' });
    expect(answer).toEqual({
      ok: false,
      error: { kind: 'internal', incident: expect.any(String) as string },
    });
    expect(logger.error).toHaveBeenCalledTimes(1);
  });
});
