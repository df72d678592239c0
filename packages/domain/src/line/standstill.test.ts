import { describe, expect, it } from 'vitest';
import { nextStandstill, NO_STANDSTILL } from './standstill.ts';

/** What is said at each look, given the flows that had brought something by then. */
function watch(looks: readonly (readonly string[])[], what: 'stopped' | 'paused' = 'stopped'): number[] {
  let memory = NO_STANDSTILL;
  return looks.map((came) => {
    const next = nextStandstill(memory, came);
    memory = next.memory;
    return next[what];
  });
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('[BACK-5] a line on which everything stands still', () => {
  it('is noticed at the second look without anything, once, with the number of flows that would have gone on', () => {
    expect(watch([...times(6, ['voice', 'picture']), ...times(5, [])])).toEqual([...times(7, 0), 2, 0, 0, 0]);
  });

  it('is not one on which anything comes, however little', () => {
    expect(watch([...times(6, ['voice', 'picture']), [], ['voice'], [], ['voice']])).toEqual(times(10, 0));
  });

  it('counts silence, of which a packet comes every 400 ms, and no flow that came more rarely or has ended', () => {
    const silence = [['voice', 'silence'], ['voice', 'silence'], ['voice', 'silence'], ['voice']];
    expect(watch([...times(2, silence).flat(), [], []]).at(-1)).toBe(2);
    const rare = [['voice', 'report'], ['voice'], ['voice']];
    expect(watch([...times(4, rare).flat(), [], []]).at(-1)).toBe(1);
    expect(watch([...times(6, ['voice', 'muted']), ['voice'], ['voice'], [], []]).at(-1)).toBe(1);
  });

  it('says nothing where nothing has come for long enough, and says it again after the next cut', () => {
    expect(watch([['voice'], ['voice'], [], []])).toEqual(times(4, 0));
    const cut = [...times(4, ['voice']), [], []];
    expect(watch([...cut, ...cut])).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
  });

  it('pauses at the first look without anything, which is told apart', () => {
    const looks = [...times(6, ['voice', 'picture']), [], ['voice'], [], [], []];
    expect(watch(looks, 'paused')).toEqual([...times(6, 0), 2, 0, 2, 0, 0]);
    expect(watch(looks)).toEqual([...times(9, 0), 2, 0]);
  });
});
