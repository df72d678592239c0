import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeerId } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { createIceHealer } from './ice-healer.ts';
import type { MediaPair } from './media-pair.ts';

const given = (name: string) => ({ usernameFragment: name, password: 'p', iceLite: true });

function setUp() {
  const fake = createFakeHub();
  fake.socket(true);
  const transport = () => ({
    connectionState: 'connected',
    restartIce: vi.fn(async (_: { iceParameters: { usernameFragment: string } }) => undefined),
  });
  const send = transport();
  const recv = transport();
  const ice = { send: given('first'), recv: given('first') };
  const pair = { peerId: 'peer' as PeerId, closed: false, send, recv, ice };
  const giveUp = vi.fn();
  const healer = createIceHealer({ hub: fake.hub, pair: pair as unknown as MediaPair, giveUp });
  let number = 0;
  fake.answer('media:restartIce', () => ok({ iceParameters: given(`asked ${(number += 1)}`) }));
  const become = (which: 'send' | 'recv', state: 'connected' | 'disconnected' | 'failed') => {
    pair[which].connectionState = state;
    healer.handleState(which);
  };
  /** Under what ICE was restarted, in order. */
  const restarts = (which: 'send' | 'recv') =>
    pair[which].restartIce.mock.calls.map(([{ iceParameters }]) => iceParameters.usernameFragment);
  return { fake, send, giveUp, healer, become, restarts };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('a transport that broke', () => {
  it('is mended by one restart when that brings it back, and the next is had ahead of need', async () => {
    const { fake, giveUp, become, restarts } = setUp();
    become('recv', 'disconnected');
    await settle(500);
    expect(fake.requests).toEqual([
      { name: 'media:restartIce', payload: { peerId: 'peer', direction: 'recv' } },
    ]);
    become('recv', 'connected');
    await settle(60_000);
    expect(restarts('recv')).toEqual(['asked 1']);
    expect(fake.requests).toHaveLength(2);
    expect(giveUp).not.toHaveBeenCalled();
  });

  it('[BACK-1] restarts at once with what was had ahead of need, though the hub is not reached', async () => {
    const { fake, become, restarts } = setUp();
    become('recv', 'connected');
    await settle(5000);
    fake.socket(false);
    become('recv', 'disconnected');
    await settle();
    expect(restarts('recv')).toEqual(['asked 1']);
  });

  it('[BACK-1] goes on trying by turns with the two that the node may know, until something gets through', async () => {
    const { fake, giveUp, become, restarts } = setUp();
    become('recv', 'connected');
    await settle(5000);
    fake.socket(false);
    become('recv', 'failed');
    await settle(30_000);
    expect(restarts('recv')).toEqual(['asked 1', 'first', 'asked 1', 'first']);
    expect(giveUp).not.toHaveBeenCalled();
    become('recv', 'connected');
    await settle(30_000);
    expect(restarts('recv')).toHaveLength(4);
  });

  it('[BACK-1] is asked for the moment the hub is reached, when what was tried does not do', async () => {
    const { fake, healer, become, restarts } = setUp();
    become('recv', 'connected');
    await settle(5000);
    fake.socket(false);
    become('recv', 'failed');
    await settle(100);
    fake.socket(true);
    healer.hubIsBack();
    await settle(2000);
    expect(restarts('recv')).toEqual(['asked 1', 'asked 2']);
  });

  it('[BACK-1] is restarted at once when an answer may have been lost: the node may have forgotten the former', async () => {
    const { fake, healer, become, restarts } = setUp();
    fake.answer('media:restartIce', () => fail({ kind: 'noAnswer' }));
    become('recv', 'connected');
    await settle(5000);
    expect(fake.requests).toHaveLength(1);
    fake.answer('media:restartIce', () => ok({ iceParameters: given('only') }));
    healer.hubIsBack();
    await settle(5000);
    expect(restarts('recv')).toEqual(['only']);
  });

  it('[BACK-1] has its next credentials ahead of need again after it had to use at once what it was given', async () => {
    const { fake, healer, become, restarts } = setUp();
    fake.answer('media:restartIce', () => fail({ kind: 'noAnswer' }));
    become('recv', 'connected');
    await settle(5000);
    fake.answer('media:restartIce', () => ok({ iceParameters: given('only') }));
    healer.hubIsBack();
    await settle(2500);
    fake.answer('media:restartIce', () => ok({ iceParameters: given('ahead') }));
    await settle(5000);
    fake.socket(false);
    healer.restartNow();
    await settle();
    expect(restarts('recv')).toEqual(['only', 'ahead']);
  });

  it('[BACK-5] restarts the moment the hub is reached when the network changed and nothing was had ahead of need, though it seems to be up', async () => {
    const { fake, healer, become, restarts } = setUp();
    become('recv', 'connected');
    fake.answer('media:restartIce', () => fail({ kind: 'noAnswer' }));
    healer.restartNow();
    fake.socket(false);
    await settle(300);
    expect(restarts('recv')).toEqual([]);
    fake.answer('media:restartIce', () => ok({ iceParameters: given('asked late') }));
    fake.socket(true);
    healer.hubIsBack();
    await settle();
    expect(restarts('recv')).toEqual(['asked late']);
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
    expect(giveUp).toHaveBeenCalledTimes(1);
    expect(fake.requests).toHaveLength(1);
  });

  it('waits for the hub when nothing was had ahead of need', async () => {
    const { fake, giveUp, healer, become } = setUp();
    fake.socket(false);
    become('recv', 'failed');
    await settle(60_000);
    expect(giveUp).not.toHaveBeenCalled();
    fake.socket(true);
    healer.hubIsBack();
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
    const { fake, send, healer, restarts } = setUp();
    send.connectionState = 'new';
    healer.restartNow();
    healer.restartNow();
    await settle();
    expect(fake.requests.map(({ payload }) => payload)).toEqual([{ peerId: 'peer', direction: 'recv' }]);
    expect(restarts('recv')).toHaveLength(1);
  });

  it('[BACK-1] starts over when the network changes again meanwhile', async () => {
    const { healer, become, restarts } = setUp();
    become('recv', 'connected');
    await settle(5000);
    healer.restartNow();
    await settle(1000);
    healer.restartNow();
    await settle();
    expect(restarts('recv')).toHaveLength(2);
  });
});
