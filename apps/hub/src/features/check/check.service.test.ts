import type { CheckOffer, NodeId } from '@relais/protocol';
import { meetingId, ROUTER_CAPABILITIES } from '@relais/protocol';
import { createMemoryMediaNode, microphone, someFingerprint } from '@relais/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSingleMediaNodes } from '../../adapters/single-media-nodes.ts';
import { CheckService } from './check.service.ts';

const OFFER: CheckOffer = {
  rtpCapabilities: ROUTER_CAPABILITIES,
  fingerprints: { send: [someFingerprint], recv: [someFingerprint] },
};
const ana = { id: 'socket-a', address: '192.0.2.1' };
const bea = { id: 'socket-b', address: '192.0.2.2' };

let node: ReturnType<typeof createMemoryMediaNode>;
let checks: CheckService;
const rights: [string, number | undefined][] = [];

beforeEach(() => {
  rights.length = 0;
  node = createMemoryMediaNode();
  checks = new CheckService(createSingleMediaNodes(node), (id, ttlSeconds) => {
    rights.push([id, ttlSeconds]);
    return [{ urls: ['turn:turn.example.org'], username: 'u', credential: 'c' }];
  });
});
afterEach(() => {
  checks.closeAll();
  vi.useRealTimers();
});

describe('[CHECK-2] a check', () => {
  it('is two peers of a room that no meeting can have, and a right to relay for a minute', async () => {
    const opened = await checks.open(ana, OFFER);
    if (!opened.ok) throw new Error(opened.error.kind);
    expect(opened.value.closesInMs).toBeLessThanOrEqual(30_000);
    expect(opened.value.iceServers).toHaveLength(1);
    expect(rights).toEqual([[expect.stringMatching(/^check-/), 60]]);
    const rooms = new Set(node.peers().map(({ roomId }) => roomId));
    expect(node.peers()).toHaveLength(2);
    expect(rooms.size).toBe(1);
    for (const room of rooms) expect(meetingId.safeParse(room).success).toBe(false);
  });

  it('gives one sound back, once', async () => {
    await checks.open(ana, OFFER);
    const echo = await checks.loop(ana, microphone());
    expect(echo).toMatchObject({ ok: true, value: { kind: 'audio' } });
    const refused = { ok: false, error: { kind: 'mediaRefused' } };
    expect(await checks.loop(ana, microphone('1', 2000))).toMatchObject(refused);
    expect(await checks.loop(bea, microphone())).toMatchObject(refused);
  });

  it('is one for each socket: a new one closes the former, and nobody else’s', async () => {
    await checks.open(bea, OFFER);
    await checks.open(ana, OFFER);
    await checks.open(ana, OFFER);
    expect(node.peers()).toHaveLength(4);
    checks.close(ana);
    expect(node.peers()).toHaveLength(2);
    expect((await checks.loop(bea, microphone())).ok).toBe(true);
  });

  it('is closed by the hub after thirty seconds, whatever the browser does', async () => {
    vi.useFakeTimers();
    await checks.open(ana, OFFER);
    vi.advanceTimersByTime(29_999);
    expect(checks.size).toBe(1);
    vi.advanceTimersByTime(1);
    expect(checks.size).toBe(0);
    expect(node.peers()).toEqual([]);
  });

  it('that is given up while the node opens it leaves nothing there', async () => {
    const opening = checks.open(ana, OFFER);
    checks.close(ana);
    expect(await opening).toMatchObject({ ok: false });
    expect(node.peers()).toEqual([]);
  });

  it('goes at once from a node that is about to stop', async () => {
    await checks.open(ana, OFFER);
    node.emit({ type: 'draining' });
    expect(node.peers()).toEqual([]);
  });

  it('is refused when the node cannot open it, and leaves nothing', async () => {
    node.setUnavailable(true);
    expect(await checks.open(ana, OFFER)).toEqual({
      ok: false,
      error: { kind: 'unavailable', what: 'media' },
    });
    expect(checks.size).toBe(0);
  });

  it('is bounded in number, from one address and in all', async () => {
    const opened = async (address: string, count: number) => {
      const all = await Promise.all(
        Array.from({ length: count }, (_, i) => checks.open({ id: `${address}-${i}`, address }, OFFER)),
      );
      return all.filter(({ ok }) => ok).length;
    };
    expect(await opened('192.0.2.9', 40)).toBe(30);
    expect(await opened('192.0.2.8', 30)).toBe(30);
    expect(await opened('192.0.2.7', 30)).toBe(30);
    expect(await opened('192.0.2.6', 30)).toBe(10);
    checks.close({ id: '192.0.2.9-0' });
    expect((await checks.open(bea, OFFER)).ok).toBe(true);
  });

  it('without any node is refused', async () => {
    const none = { ...createSingleMediaNodes(node), place: () => undefined, get: (_id: NodeId) => undefined };
    const refused = await new CheckService(none).open(ana, OFFER);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });
});
