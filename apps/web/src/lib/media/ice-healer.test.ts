import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeerId } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { createIceHealer } from './ice-healer.ts';
import type { MediaPair } from './media-pair.ts';

const iceParameters = { usernameFragment: 'u', password: 'p', iceLite: true };

function setUp() {
  const fake = createFakeHub();
  fake.socket(true);
  const transport = () => ({ connectionState: 'connected', restartIce: vi.fn(async () => undefined) });
  const send = transport();
  const recv = transport();
  const pair = { peerId: 'peer' as PeerId, closed: false, send, recv };
  const giveUp = vi.fn();
  const healer = createIceHealer({ hub: fake.hub, pair: pair as unknown as MediaPair, giveUp });
  fake.answer('media:restartIce', () => ok({ iceParameters }));
  const become = (which: 'send' | 'recv', state: 'connected' | 'disconnected' | 'failed') => {
    pair[which].connectionState = state;
    healer.handleState(which, state);
  };
  return { fake, pair, send, recv, giveUp, healer, become };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('a transport that broke', () => {
  it('is mended by one restart when that brings it back', async () => {
    const { fake, recv, giveUp, become } = setUp();
    become('recv', 'disconnected');
    await settle(500);
    become('recv', 'connected');
    await settle(60_000);
    expect(fake.requests).toEqual([
      { name: 'media:restartIce', payload: { peerId: 'peer', direction: 'recv' } },
    ]);
    expect(recv.restartIce).toHaveBeenCalledWith({ iceParameters });
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('is given up, once, after three restarts that did not', async () => {
    const { fake, giveUp, become } = setUp();
    become('send', 'disconnected');
    become('send', 'failed');
    await settle(60_000);
    expect(fake.requests).toHaveLength(3);
    expect(giveUp).toHaveBeenCalledTimes(1);
  });

  it('is given up at once when the hub no longer has it', async () => {
    const { fake, giveUp, become } = setUp();
    fake.answer('media:restartIce', () => fail({ kind: 'unknownId', id: 'peer' }));
    become('send', 'failed');
    await settle();
    expect(giveUp).toHaveBeenCalled();
    expect(fake.requests).toHaveLength(1);
  });

  it('is left alone while the socket is down', async () => {
    const { fake, giveUp, become } = setUp();
    fake.socket(false);
    become('recv', 'failed');
    await settle(60_000);
    expect(giveUp).not.toHaveBeenCalled();
    fake.socket(true);
    become('recv', 'failed');
    await settle();
    expect(fake.requests).toHaveLength(1);
  });

  it('is no concern any more once its pair is closed', async () => {
    const { giveUp, healer, become } = setUp();
    become('recv', 'failed');
    await settle(100);
    healer.close();
    await settle(60_000);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('does not wait to break when the network has changed; one that carries nothing is passed over', async () => {
    const { fake, send, healer } = setUp();
    send.connectionState = 'new';
    healer.restartNow();
    await settle();
    expect(fake.requests.map(({ payload }) => payload)).toEqual([{ peerId: 'peer', direction: 'recv' }]);
  });
});
