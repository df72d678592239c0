import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Flows } from '../media/media-session.ts';
import { createStandstillWatch } from './standstill-watch.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const LOOK_MS = 300;
const looks = (many: number) => vi.advanceTimersByTimeAsync(many * LOOK_MS);

/** A voice and the node's word of what is sent come at every look, from `192.0.2.7`, for as long as `flowing`. */
function setUp({ isFree = false } = {}) {
  const state = { flowing: true, addresses: ['192.0.2.7'] };
  let before = 0;
  const received = () => {
    const packets = state.flowing ? Math.floor(performance.now()) : before;
    before = packets;
    return new Map<string, Record<string, unknown>>([
      ['T', { id: 'T', type: 'transport', selectedCandidatePairId: 'P' }],
      ['P', { id: 'P', type: 'candidate-pair', localCandidateId: 'L', bytesReceived: packets }],
      ['L', { id: 'L', type: 'local-candidate', candidateType: 'host', address: '192.0.2.7' }],
      ['V', { id: 'V', type: 'inbound-rtp', packetsReceived: packets }],
    ]);
  };
  const transport = { getStats: () => Promise.resolve(received()) };
  const flows = { send: transport, recv: transport, isFree, awaited: new Set(), tracks: 'V' };
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
});
