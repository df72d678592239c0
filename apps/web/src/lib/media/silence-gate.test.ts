import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSilenceGate, type HearSilence, type StopSending } from './silence-gate.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** As much of a track as the gate has to do with. */
class FakeTrack {
  enabled = true;
  readyState: MediaStreamTrackState = 'live';
  readonly copies: FakeTrack[] = [];
  clone(): FakeTrack {
    const copy = new FakeTrack();
    copy.enabled = this.enabled;
    this.copies.push(copy);
    return copy;
  }
  stop(): void {
    this.readyState = 'ended';
  }
}
const asTrack = (track: FakeTrack) => track as unknown as MediaStreamTrack;

function setUp() {
  const stopped = vi.fn();
  let tell: (isSilent: boolean) => void = () => undefined;
  const hear = vi.fn<HearSilence>((_track, say) => {
    tell = say;
    return Promise.resolve(stopped);
  });
  const stopSending = vi.fn<StopSending>();
  return {
    gate: createSilenceGate(hear, stopSending),
    stopSending,
    hear,
    stopped,
    say: (isSilent: boolean) => tell(isSilent),
  };
}

describe('[LINE-10] a microphone that is spared', () => {
  it('is sent as a copy, which is shut while there is silence and open for a voice', () => {
    const { gate, hear, say } = setUp();
    const track = new FakeTrack();
    const sent = gate.of(asTrack(track), false);
    expect(hear).toHaveBeenCalledWith(track, expect.any(Function));
    expect(sent).not.toBe(track);
    expect(sent.enabled).toBe(true);
    say(true);
    expect(sent.enabled).toBe(false);
    expect(track.enabled).toBe(true);
    say(false);
    expect(sent.enabled).toBe(true);
    expect(gate.of(asTrack(track), false)).toBe(sent);
  });

  it('is not sent at all after two seconds of silence, and is again with the first of a voice', () => {
    const { gate, stopSending, say } = setUp();
    const sent = gate.of(asTrack(new FakeTrack()), false);
    const isStopped = () => stopSending.mock.lastCall?.[1];
    say(true);
    expect(isStopped()).toBe(false);
    for (let ms = 0; ms < 2000; ms += 500) {
      vi.advanceTimersByTime(500);
      say(true);
    }
    expect(stopSending).toHaveBeenLastCalledWith(sent, true);
    say(false);
    expect(stopSending).toHaveBeenLastCalledWith(sent, false);
    expect(sent.enabled).toBe(true);
    say(true);
    expect(isStopped()).toBe(false);
  });

  it('that is sent in full is shut until somebody has spoken into it, open for a minute after the last of a voice, and shut then', () => {
    const { gate, say } = setUp();
    const sent = gate.of(asTrack(new FakeTrack()), true);
    const during = (ms: number, isSilent: boolean) => {
      for (let left = ms; left > 0; left -= 500) {
        say(isSilent);
        vi.advanceTimersByTime(500);
      }
    };
    // As one begins it is taken for a voice: that is none.
    during(1000, false);
    during(1000, true);
    expect(sent.enabled).toBe(false);
    during(1000, false);
    expect(sent.enabled).toBe(true);
    during(58_000, true);
    expect(sent.enabled).toBe(true);
    during(4000, true);
    expect(sent.enabled).toBe(false);
    during(500, false);
    expect(sent.enabled).toBe(true);
  });

  it('whose line becomes thin is shut at once while nobody speaks, by the same copy', () => {
    const { gate, say } = setUp();
    const track = asTrack(new FakeTrack());
    const sent = gate.of(track, true);
    vi.advanceTimersByTime(1600);
    say(false);
    say(true);
    expect(sent.enabled).toBe(true);
    expect(gate.of(track, false)).toBe(sent);
    say(true);
    expect(sent.enabled).toBe(false);
  });

  it('is open when nobody tells any more whether it is silent', () => {
    const { gate, stopSending, say } = setUp();
    const sent = gate.of(asTrack(new FakeTrack()), false);
    say(true);
    vi.advanceTimersByTime(1000);
    expect(sent.enabled).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(sent.enabled).toBe(true);
    expect(stopSending).toHaveBeenLastCalledWith(sent, false);
  });

  it('is open where the browser cannot hear silence', async () => {
    const { gate, hear } = setUp();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    hear.mockRejectedValue(new Error('no worklets'));
    const sent = gate.of(asTrack(new FakeTrack()), false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent.enabled).toBe(true);
    expect(error).toHaveBeenCalled();
  });

  it('of another device is another copy, and the former one goes', async () => {
    const { gate, stopped } = setUp();
    const first = new FakeTrack();
    gate.of(asTrack(first), false);
    await vi.advanceTimersByTimeAsync(0);
    const second = new FakeTrack();
    const sent = gate.of(asTrack(second), false);
    expect(first.copies[0]?.readyState).toBe('ended');
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(sent).toBe(second.copies[0]);
  });

  it('leaves nothing behind when it is closed, be it before the browser was ready', async () => {
    const { gate, stopped } = setUp();
    const track = new FakeTrack();
    gate.of(asTrack(track), false);
    gate.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(track.copies[0]?.readyState).toBe('ended');
    expect(vi.getTimerCount()).toBe(0);
  });
});
