import { describe, expect, test } from 'vitest';
import { allMovingAt, picturesIn, soundBackAt, soundIn, speakingIn } from './measures.ts';
import type { ReceivedPicture, ReceivedSound, Sample } from './probe.ts';

const TURNS = { order: [0, 1], turnMs: 5000 };
const EVERY_MS = 100;

/** Looks over so many milliseconds; `of` gives what each has of one person's sound and picture. */
function samples(
  ms: number,
  of: (at: number) => { sound?: Partial<ReceivedSound>; picture?: Partial<ReceivedPicture> },
): Sample[] {
  return Array.from({ length: ms / EVERY_MS + 1 }, (_, i) => {
    const { sound, picture } = of(i * EVERY_MS);
    return {
      at: i * EVERY_MS,
      sounds: sound ? [{ ...SOUND, ...sound }] : [],
      pictures: picture ? [{ ...PICTURE, ...picture }] : [],
      sent: [],
      ways: [],
    };
  });
}

const NOTHING = { from: 'béa', id: 'track', packets: 0, lost: 0, bytes: 0 };
const SOUND: ReceivedSound = {
  ...NOTHING,
  samples: 0,
  concealed: 0,
  silentConcealed: 0,
  energy: 0,
  fecPackets: 0,
  waited: 0,
  emitted: 0,
};
const PICTURE: ReceivedPicture = {
  ...NOTHING,
  frames: 0,
  width: 0,
  freezes: 0,
  frozenS: 0,
  keyFramesAsked: 0,
};
const idsOf = (index: number) => [['ana'], ['béa']][index]!;

describe('what the laboratory measures', () => {
  test('only the turns count, each without its beginning', () => {
    expect(speakingIn(TURNS, { from: 0, to: 10_000 })).toEqual([
      { index: 0, from: 1500, to: 5000 },
      { index: 1, from: 6500, to: 10_000 },
    ]);
  });

  test('sound made up while somebody speaks is concealed, sound made up in others’ turns is not', () => {
    const noted = samples(10_000, (at) => ({
      // A tenth from the eighth second on; all of it while Ana speaks.
      sound: { samples: at * 48, concealed: Math.min(at, 5000) * 48 + Math.max(0, at - 8000) * 4.8 },
    }));
    const { concealed } = soundIn(
      noted,
      speakingIn(TURNS, { from: 0, to: 10_000 }).filter(({ index }) => index === 1),
      idsOf,
    );
    expect(concealed).toBeCloseTo(0.1 * (2000 / 3500), 3);
  });

  test('a voice for which there is no track is concealed whole', () => {
    const noted = samples(10_000, () => ({}));
    expect(soundIn(noted, speakingIn(TURNS, { from: 0, to: 10_000 }), idsOf).concealed).toBe(1);
  });

  test('a picture that stands for a second counts, shorter pauses do not', () => {
    // Stands from 7.5 to 9 s.
    const noted = samples(10_000, (at) => ({ picture: { frames: at > 7500 && at < 9000 ? 75 : at / 100 } }));
    const speaking = speakingIn(TURNS, { from: 5000, to: 10_000 });
    const { moving, longestMs } = picturesIn(noted, speaking, idsOf);
    expect(longestMs).toBe(1500);
    expect(moving).toBeCloseTo(1 - 1500 / 3500, 3);
  });

  test('sound is back when packets bring loud samples, not while something is made up', () => {
    const noted = samples(4000, (at) => ({
      sound: {
        packets: at < 2000 ? 10 : at / 20,
        energy: at < 500 ? at / 1000 : at < 2500 ? 0.5 : at / 1000,
      },
    }));
    expect(soundBackAt(noted, 1000, 'béa')).toBe(2500);
    expect(soundBackAt(noted, 1000, 'cléo')).toBeUndefined();
  });

  test('all move again at the last one’s first of three new frames in a row', () => {
    const noted = samples(4000, (at) => ({ picture: { frames: at < 2000 ? 5 : at / 100 } }));
    expect(allMovingAt(noted, 0, ['béa'])).toBe(2000);
    expect(allMovingAt(noted, 0, ['béa', 'cléo'])).toBeUndefined();
  });
});
