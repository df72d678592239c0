import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Flows } from '../media/media-session.ts';
import { createStandstillWatch } from './standstill-watch.ts';

class FakeConnection {
  readonly #stats: () => Promise<unknown>;
  readonly #direction: string;
  constructor(direction: string, stats: () => Promise<unknown>) {
    this.#direction = direction;
    this.#stats = stats;
  }
  getTransceivers() {
    const end = { getStats: this.#stats };
    return [{ currentDirection: this.#direction, sender: end, receiver: end }];
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const LOOK_MS = 300;
const looks = (many: number) => vi.advanceTimersByTimeAsync(many * LOOK_MS);

/** A voice and the node's word of what is sent come at every look, from `192.0.2.7`, for as long as `flowing`. */
function setUp({ isFree = false } = {}) {
  const state = { flowing: true, isDeaf: false, addresses: ['192.0.2.7'] };
  const transportOf = (way: 'send' | 'recv') => {
    let before = 0;
    const stats = () => {
      const packets =
        state.flowing && !(state.isDeaf && way === 'recv') ? Math.floor(performance.now()) : before;
      before = packets;
      const voice = { id: 'V', type: 'inbound-rtp', packetsReceived: packets };
      const all: Record<string, unknown>[] = [
        { id: 'T', type: 'transport', selectedCandidatePairId: 'P', bytesReceived: packets },
        { id: 'P', type: 'candidate-pair', localCandidateId: 'L', bytesReceived: packets },
        { id: 'L', type: 'local-candidate', candidateType: 'host', address: '192.0.2.7' },
        ...(way === 'recv' ? [voice] : []),
      ];
      return Promise.resolve(new Map(all.map((one) => [one['id'] as string, one])));
    };
    return { getStats: stats, handler: { _pc: new FakeConnection(`${way}only`, stats) } };
  };
  const flows = {
    send: transportOf('send'),
    recv: transportOf('recv'),
    isFree,
    awaited: new Set(),
    tracks: 'V',
  };
  const stands = vi.fn();
  const left = vi.fn();
  const addresses = vi.fn(() => Promise.resolve(state.addresses));
  const opened = vi.fn();
  const watch = createStandstillWatch({
    flows: () => ({ ...flows }) as unknown as Flows,
    opened,
    stands,
    left,
    addresses,
  });
  return { state, flows, opened, stands, left, addresses, watch };
}

describe('[BACK-5] a page whose line stands still', () => {
  it('asks for nothing while anything comes', async () => {
    const { watch, opened, stands, left, addresses } = setUp();
    await looks(10);
    expect(opened).toHaveBeenCalledTimes(1);
    watch.close();
    expect([stands, left, addresses].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
  });

  it('knows at the first look that the device is on another network, by its addresses, and says that alone, once', async () => {
    const { state, watch, stands, left } = setUp();
    await looks(6);
    Object.assign(state, { flowing: false, addresses: ['198.51.100.3'] });
    await looks(1);
    expect(left).toHaveBeenCalledTimes(1);
    await looks(6);
    watch.close();
    expect(left).toHaveBeenCalledTimes(1);
    expect(stands).not.toHaveBeenCalled();
  });

  it('goes on asking when there is no other network yet', async () => {
    const { state, watch, stands, left } = setUp();
    await looks(6);
    Object.assign(state, { flowing: false, addresses: [] });
    await looks(8);
    expect(stands).toHaveBeenCalledTimes(1);
    expect(left).not.toHaveBeenCalled();
    state.addresses = ['198.51.100.3'];
    await looks(4);
    watch.close();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('that is only cut tells that it stands still, with the flows that would have gone on', async () => {
    const { state, watch, stands, left } = setUp();
    await looks(6);
    state.flowing = false;
    await looks(10);
    watch.close();
    expect(stands.mock.calls).toEqual([[{ stopped: 2, mayHaveLeft: false }]]);
    expect(left).not.toHaveBeenCalled();
  });

  it('may have left where the browser keeps its addresses to itself', async () => {
    const { state, watch, stands, left } = setUp();
    await looks(6);
    Object.assign(state, { flowing: false, addresses: ['5f0c1ab2.local'] });
    await looks(4);
    watch.close();
    expect(stands.mock.calls).toEqual([[{ stopped: 2, mayHaveLeft: true }]]);
    expect(left).not.toHaveBeenCalled();
  });

  it('knows by other addresses than before where its connections are bound to none, again and again', async () => {
    const { state, watch, left, addresses } = setUp({ isFree: true });
    await looks(6);
    expect(addresses).toHaveBeenCalledTimes(1);
    for (const next of ['198.51.100.3', '192.0.2.7', '203.0.113.4']) {
      Object.assign(state, { flowing: false, addresses: [next] });
      await looks(1);
      expect(left).toHaveBeenCalledTimes(1);
      await looks(4);
      expect(left).toHaveBeenCalledTimes(1);
      left.mockClear();
      state.flowing = true;
      await looks(6);
    }
    watch.close();
  });

  it('takes it for no word of the line where what came was ended here: one has gone to an empty room, and back', async () => {
    const { state, flows, watch, stands, left, addresses } = setUp({ isFree: true });
    await looks(6);
    addresses.mockClear();
    Object.assign(state, { flowing: false, addresses: ['198.51.100.3'] });
    flows.tracks = '';
    await looks(10);
    expect([stands, left, addresses].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
    state.flowing = true;
    flows.tracks = 'W';
    await looks(6);
    state.flowing = false;
    await looks(2);
    watch.close();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('has not left where what had paused goes on by the time its addresses are told: it has one more, and is not there yet', async () => {
    const { state, watch, left, addresses } = setUp({ isFree: true });
    await looks(6);
    addresses.mockImplementation(() => {
      state.flowing = true;
      return vi.advanceTimersByTimeAsync(20).then(() => ['192.0.2.7', '198.51.100.3']);
    });
    state.flowing = false;
    await looks(1);
    expect(addresses).toHaveBeenCalled();
    expect(left).not.toHaveBeenCalled();
    await looks(6);
    addresses.mockImplementation(() => Promise.resolve(['198.51.100.3']));
    state.flowing = false;
    await looks(1);
    watch.close();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('asks again soon while everything goes on standing still: the other network may come later', async () => {
    const { state, watch, left } = setUp({ isFree: true });
    await looks(6);
    Object.assign(state, { flowing: false, addresses: [] });
    await looks(3);
    expect(left).not.toHaveBeenCalled();
    state.addresses = ['198.51.100.3'];
    await looks(2);
    watch.close();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('asks where one way goes on and the other stands still: a browser has asked of that one just then', async () => {
    const { state, watch, stands, left } = setUp({ isFree: true });
    await looks(6);
    Object.assign(state, { isDeaf: true, addresses: ['198.51.100.3'] });
    await looks(1);
    watch.close();
    expect(left).toHaveBeenCalledTimes(1);
    expect(stands).not.toHaveBeenCalled();
  });

  it('asks for three seconds and no longer where one way goes on: nobody speaks there', async () => {
    const { state, watch, left, addresses } = setUp({ isFree: true });
    await looks(6);
    addresses.mockClear();
    state.isDeaf = true;
    await looks(20);
    watch.close();
    expect(addresses.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(addresses.mock.calls.length).toBeLessThanOrEqual(4);
    expect(left).not.toHaveBeenCalled();
  });

  it('hears an answer that takes longer than the time from one look to the next', async () => {
    const { state, watch, left, addresses } = setUp({ isFree: true });
    await looks(6);
    Object.assign(state, { flowing: false, addresses: ['198.51.100.3'] });
    addresses.mockImplementation(
      () => new Promise((resolve) => setTimeout(() => resolve(state.addresses), 400)),
    );
    await looks(3);
    watch.close();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('leaves the browser alone for a second once it has taken another network, and knows its addresses after it', async () => {
    const { state, watch, left, addresses } = setUp({ isFree: true });
    await looks(6);
    Object.assign(state, { flowing: false, addresses: ['198.51.100.3'] });
    await looks(1);
    expect(left).toHaveBeenCalledTimes(1);
    addresses.mockClear();
    state.flowing = true;
    await looks(2);
    expect(addresses).not.toHaveBeenCalled();
    await looks(4);
    watch.close();
    expect(addresses).toHaveBeenCalledTimes(1);
  });
});
