import { openPeerRequest } from '@relais/testing';
import { peerId, type MediaFact } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestLine } from '../test-support/line.ts';
import { aHub, linkTo, serveNode, type Served } from '../test-support/served.ts';
import { until } from '../test-support/until.ts';
import type { LinkChange, NodeLink } from './index.ts';
import { CALL_TIMEOUT_MS, MAX_CALLS } from './limits.ts';

let served: Served;
let line: TestLine;
let link: NodeLink;
let changes: LinkChange[];

beforeEach(async () => {
  served = await serveNode();
  line = await TestLine.to(served.port);
  link = linkTo({ ...served, url: line.url });
  changes = [];
  link.onChange((change) => changes.push(change));
  await link.whenUp();
});
afterEach(async () => {
  await link.close();
  await line.close();
  await served.close();
});

const lost = () => until(link, () => link.state === 'lost');

describe('A link whose line breaks', () => {
  test('comes back to the same node, says so, and hears its facts again', async () => {
    line.reset();
    await until(link, () => changes.includes('resumed'));
    expect(changes).toEqual(['up', 'broken', 'resumed']);
    const facts: MediaFact[] = [];
    link.subscribe((fact) => facts.push(fact));
    served.node.emit({ type: 'draining' });
    await link.isReady();
    expect(facts).toEqual([{ type: 'draining' }]);
  });

  test('hears afterwards what the node told meanwhile, in order, but for what is stale by then', async () => {
    const facts: MediaFact[] = [];
    link.subscribe((fact) => facts.push(fact));
    const lostOf = (id: string): MediaFact => ({
      type: 'peersLost',
      roomId: 'room',
      peerIds: [peerId.parse(id)],
    });
    served.node.emit(lostOf('ada'));
    await link.isReady();
    line.cut();
    served.node.emit(lostOf('bob'));
    served.node.speak('room', []);
    await until(link, () => link.state === 'broken');
    served.node.emit(lostOf('cem'));
    line.mend();
    await until(link, () => changes.includes('resumed'));
    await link.isReady();
    expect(facts).toEqual([lostOf('ada'), lostOf('bob'), lostOf('cem')]);
  }, 15_000);

  test('[DRAIN-1] hears that the node drains also when it has come after that was said', async () => {
    served.node.emit({ type: 'draining' });
    const late = linkTo(served, { caller: aHub() });
    const facts: MediaFact[] = [];
    late.subscribe((fact) => facts.push(fact));
    await late.whenUp();
    await late.isReady();
    expect(facts).toEqual([{ type: 'draining' }]);
    await late.close();
  });

  test('keeps calls that are made meanwhile until it is back', async () => {
    line.reset();
    await until(link, () => link.state === 'broken');
    expect(await link.openPeer(openPeerRequest('room', 'ada'))).toMatchObject({ ok: true });
  });

  test('answers calls that were under way with unavailable: what became of them is not known', async () => {
    const opening = vi.spyOn(served.node, 'openPeer').mockReturnValue(new Promise(() => undefined));
    const answer = link.openPeer(openPeerRequest('room', 'ada'));
    await vi.waitFor(() => expect(opening).toHaveBeenCalled(), 10_000);
    line.reset();
    expect(await answer).toEqual({ ok: false, error: { kind: 'unavailable' } });
  });

  test('asks again for what must be done once: the closing of a peer', async () => {
    await link.openPeer(openPeerRequest('room', 'ada'));
    const closing = vi.spyOn(served.node, 'closePeer').mockReturnValueOnce(new Promise(() => undefined));
    const done = link.closePeer({ roomId: 'room', peerId: peerId.parse('ada') });
    await vi.waitFor(() => expect(closing).toHaveBeenCalled(), 10_000);
    line.reset();
    await done;
    expect(served.node.peers()).toEqual([]);
  });

  test('is one caller to the node, also while the node has not noticed that the former line is dead', async () => {
    line.cut();
    await until(link, () => link.state === 'broken');
    expect(served.control.callers()).toHaveLength(1);
    line.mend();
    await until(link, () => changes.includes('resumed'));
    expect(served.control.callers()).toHaveLength(1);
  }, 15_000);
});

describe('A link whose node is gone', () => {
  test('is lost at once when the node takes its leave', async () => {
    await served.close();
    await lost();
    expect(changes).toEqual(['up', 'lost']);
  });

  test('is lost when nothing listens at its address any more, without waiting', async () => {
    await line.close();
    await lost();
    expect(link.failure).toBe('refused');
    expect(changes).toEqual(['up', 'broken', 'lost']);
  });

  test('is lost when another run of the node has its address, and speaks no word to it', async () => {
    const next = await serveNode();
    line.divert(next.port);
    const isReady = vi.spyOn(next.node, 'isReady');
    line.reset();
    expect(await link.isReady()).toBe(false);
    await lost();
    expect(link.failure).toBe('anotherNode');
    expect(isReady).not.toHaveBeenCalled();
    await next.close();
  });

  test('is lost when the line falls silent and stays so, and tells it once', async () => {
    line.cut();
    await lost();
    expect(link.failure).toBe('unreachable');
    expect(changes).toEqual(['up', 'broken', 'lost']);
    expect(await link.openPeer(openPeerRequest('room', 'ada'))).toEqual({
      ok: false,
      error: { kind: 'unavailable' },
    });
    await link.closePeer({ roomId: 'room', peerId: peerId.parse('ada') });
  }, 15_000);
});

describe('Calls over a link', () => {
  test(
    'that take too long are unavailable, and the link stands',
    async () => {
      vi.spyOn(served.node, 'restartIce').mockReturnValue(new Promise(() => undefined));
      const key = { roomId: 'room', peerId: peerId.parse('ada') };
      expect(await link.restartIce(key, 'send')).toEqual({ ok: false, error: { kind: 'unavailable' } });
      expect(link.state).toBe('up');
    },
    CALL_TIMEOUT_MS + 5000,
  );

  test('are bounded in number at both ends: a flood is refused, what was under way is answered', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const asked = vi.spyOn(served.node, 'restartIce').mockImplementation(async () => {
      await promise;
      return { ok: false, error: { kind: 'unknownPeer' } };
    });
    const key = { roomId: 'room', peerId: peerId.parse('ada') };
    const flood = Array.from({ length: MAX_CALLS + 500 }, () => link.restartIce(key, 'send'));
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(MAX_CALLS), { timeout: 3000 });
    resolve(true);
    const kinds = (await Promise.all(flood)).map((each) => (each.ok ? '' : each.error.kind));
    expect(kinds.filter((kind) => kind === 'unknownPeer')).toHaveLength(MAX_CALLS);
    expect(kinds.filter((kind) => kind === 'unavailable')).toHaveLength(500);
    expect(await link.isReady()).toBe(true);
  });

  test('a defect of the node is unavailable, and in its log under an incident', async () => {
    vi.spyOn(served.node, 'restartIce').mockRejectedValue(new Error('a defect'));
    const key = { roomId: 'room', peerId: peerId.parse('ada') };
    expect(await link.restartIce(key, 'send')).toEqual({ ok: false, error: { kind: 'unavailable' } });
  });

  test('every hub hears of everything; a hub that left hears nothing', async () => {
    const other = linkTo(served, { caller: aHub() });
    await other.whenUp();
    const heard: string[] = [];
    link.subscribe(() => heard.push('one'));
    other.subscribe(() => heard.push('other'));
    served.node.speak('room', []);
    await Promise.all([link.isReady(), other.isReady()]);
    expect(heard.sort()).toEqual(['one', 'other']);
    await other.close();
    served.node.speak('room', []);
    await link.isReady();
    expect(heard).toHaveLength(3);
  });

  test('a message of the node beyond the bound ends the line before it is read, twice at most', async () => {
    const heard = vi.fn();
    link.subscribe(heard);
    const peerIds = Array.from({ length: 200_000 }, () => peerId.parse('somebody-of-a-very-long-list'));
    served.node.emit({ type: 'peersLost', roomId: 'room', peerIds });
    await until(link, () => changes.includes('resumed'));
    await vi.waitFor(async () => expect(await link.isReady()).toBe(true), { timeout: 5000 });
    expect(heard).not.toHaveBeenCalled();
  }, 15_000);
});
