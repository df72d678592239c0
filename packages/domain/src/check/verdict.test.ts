import { describe, expect, it } from 'vitest';
import { verdictOf, type Measured } from './verdict.ts';

const GOOD: Measured = {
  microphone: 'works',
  speaker: 'works',
  camera: 'works',
  browser: true,
  server: true,
  paths: { udp: 'open', tcp: 'open', relay: 'none' },
  line: { lossUp: 0, lossDown: 0, roundTripMs: 40, jitterMs: 4 },
  downKbps: 8000,
  upKbps: 2000,
};
const LINE = { lossUp: 0, lossDown: 0, roundTripMs: 40, jitterMs: 4 };
const verdict = (change: Partial<Measured>) => verdictOf({ ...GOOD, ...change });

describe('[CHECK-5] the verdict', () => {
  it('of a good line and devices that work is ready, with nothing to do', () => {
    expect(verdictOf(GOOD)).toEqual({ verdict: 'ready', advice: [] });
  });

  it.each([
    ['an ADSL of the country, 3 Mbit/s and 0.45', { downKbps: 3000, upKbps: 450 }, 'ready'],
    ['LTE that is shared, 0.9 Mbit/s down', { downKbps: 900, upKbps: 2000 }, 'lightMode'],
    ['a thin way up', { downKbps: 9000, upKbps: 299 }, 'lightMode'],
    ['64 kbit/s both ways, as measured', { downKbps: 58, upKbps: 55 }, 'lightMode'],
    ['less than a voice takes', { downKbps: 58, upKbps: 39 }, 'failed'],
  ] as const)('of %s', (_what, speeds, expected) => {
    expect(verdict(speeds).verdict).toBe(expected);
  });

  it('tells a slow line from one that carries no voice', () => {
    expect(verdict({ upKbps: 100 }).advice).toEqual(['slow']);
    expect(verdict({ upKbps: 20 }).advice).toEqual(['tooSlowForSound']);
  });

  it.each([
    [0.04, 'ready', []],
    [0.05, 'ready', ['unsteady']],
    [0.1, 'lightMode', ['lossy']],
    [0.3, 'lightMode', ['lossy']],
    [0.4, 'failed', ['tooLossyForSound']],
  ] as const)('at a loss of %f in either direction is %s', (loss, expected, advice) => {
    for (const direction of ['lossUp', 'lossDown'] as const) {
      expect(verdict({ line: { ...LINE, [direction]: loss } })).toEqual({ verdict: expected, advice });
    }
  });

  it('of a satellite is ready, and says to leave pauses; of two seconds there and back it is light mode', () => {
    expect(verdict({ line: { ...LINE, roundTripMs: 640 } })).toEqual({
      verdict: 'ready',
      advice: ['pauses'],
    });
    expect(verdict({ line: { ...LINE, roundTripMs: 2000 } })).toEqual({
      verdict: 'lightMode',
      advice: ['farAway'],
    });
  });

  it('with UDP blocked and another path open is as good as the line, and says what to ask for', () => {
    expect(verdict({ paths: { udp: 'blocked', tcp: 'open', relay: 'none' } })).toEqual({
      verdict: 'ready',
      advice: ['directBlocked'],
    });
    expect(verdict({ paths: { udp: 'blocked', tcp: 'blocked', relay: 'open' } })).toEqual({
      verdict: 'ready',
      advice: ['directBlocked'],
    });
  });

  it('with every path blocked, or a hub that does not answer, fails; nothing else of the network is said', () => {
    const none = { paths: { udp: 'blocked', tcp: 'blocked', relay: 'none' } } as const;
    const { line: _line, downKbps: _down, upKbps: _up, ...devices } = GOOD;
    expect(verdictOf({ ...devices, ...none })).toEqual({ verdict: 'failed', advice: ['noPath'] });
    expect(verdictOf({ ...devices, server: false })).toEqual({
      verdict: 'failed',
      advice: ['serverUnreachable'],
    });
    expect(verdictOf({ ...devices, browser: false })).toEqual({ verdict: 'failed', advice: ['oldBrowser'] });
  });

  it('does not hold against the person what the hub had no room to try', () => {
    const { line: _line, ...rest } = GOOD;
    const paths = { udp: 'unknown', tcp: 'unknown', relay: 'none' } as const;
    expect(verdictOf({ ...rest, paths })).toEqual({ verdict: 'ready', advice: ['notAllMeasured'] });
  });

  it('fails without a microphone that hears or a sound that is heard, and not without a camera', () => {
    expect(verdict({ microphone: 'fails' })).toEqual({ verdict: 'failed', advice: ['microphone'] });
    expect(verdict({ speaker: 'fails' })).toEqual({ verdict: 'failed', advice: ['speaker'] });
    expect(verdict({ camera: 'fails' })).toEqual({ verdict: 'ready', advice: ['camera'] });
  });

  it('takes what was skipped for unknown, and says so', () => {
    expect(verdict({ microphone: 'skipped' })).toEqual({ verdict: 'ready', advice: ['notAllMeasured'] });
    expect(verdict({ camera: 'skipped' })).toEqual({ verdict: 'ready', advice: [] });
  });

  it('names the most pressing first', () => {
    const { verdict: word, advice } = verdict({
      microphone: 'fails',
      camera: 'fails',
      upKbps: 100,
      line: { lossUp: 0.2, lossDown: 0, roundTripMs: 700, jitterMs: 50 },
      paths: { udp: 'blocked', tcp: 'open', relay: 'none' },
    });
    expect(word).toBe('failed');
    expect(advice).toEqual(['microphone', 'slow', 'lossy', 'pauses', 'unsteady', 'directBlocked', 'camera']);
  });
});
