/**
 * What a line too thin for everything gives up, in this order and back again in the opposite one [LINE-1]. Sound is never
 * among it. Each step keeps what the ones before it have given up.
 */
export const GIVEN_UP_ORDER = [
  'nothing',
  /** Only the picture of who speaks moves; the others stand still. */
  'thumbnails',
  /** Pictures come in their small layer, and one's own leaves in it. */
  'sharpness',
  'otherCameras',
  'ownCamera',
  /** A shared screen comes as still images. */
  'movingScreen',
  /** Sound alone, and messages. */
  'allPictures',
] as const;
export type GivenUp = (typeof GIVEN_UP_ORDER)[number];

/** Nothing is given up at 0. */
export type LineStep = 0 | 1 | 2 | 3 | 4 | 5 | 6;
export const LAST_STEP = 6 satisfies LineStep;

/** What is received and sent at one step. */
export interface LineLimits {
  thumbnails: 'live' | 'frozen';
  /** The best simulcast layer of a camera that is received: 0 is the small one. */
  topLayer: 0 | 1;
  /** The best one that is sent. */
  ownTopLayer: 0 | 1;
  otherCameras: boolean;
  ownCamera: boolean;
  screen: 'video' | 'stills' | 'none';
}

export function limitsOf(step: LineStep): LineLimits {
  return {
    thumbnails: step >= 1 ? 'frozen' : 'live',
    topLayer: step >= 2 ? 0 : 1,
    ownTopLayer: step >= 2 ? 0 : 1,
    otherCameras: step < 3,
    ownCamera: step < 4,
    screen: step < 5 ? 'video' : step < 6 ? 'stills' : 'none',
  };
}

/** Light mode: sound, names, messages, and a shared screen as still images [LINE-2]. */
export const LIGHT_MODE_STEP = 5 satisfies LineStep;

/** Several reasons may each ask for a step (the line as measured, the person's choice, a cap on data): the strictest holds. */
export function strictest(steps: Iterable<LineStep>): LineStep {
  let strict: LineStep = 0;
  for (const step of steps) if (step > strict) strict = step;
  return strict;
}

/** Both at once: of each thing the less. */
export function stricterLimits(a: LineLimits, b: LineLimits): LineLimits {
  const screens = ['none', 'stills', 'video'] as const;
  return {
    thumbnails: a.thumbnails === 'frozen' ? 'frozen' : b.thumbnails,
    topLayer: a.topLayer === 0 ? 0 : b.topLayer,
    ownTopLayer: a.ownTopLayer === 0 ? 0 : b.ownTopLayer,
    otherCameras: a.otherCameras && b.otherCameras,
    ownCamera: a.ownCamera && b.ownCamera,
    screen: screens.find((one) => a.screen === one || b.screen === one) ?? 'video',
  };
}

/** What is given up, in the one order [LINE-1]. */
export function givenUp(limits: LineLimits): Exclude<GivenUp, 'nothing'>[] {
  const isGiven: Record<Exclude<GivenUp, 'nothing'>, boolean> = {
    thumbnails: limits.thumbnails === 'frozen',
    sharpness: limits.topLayer === 0 || limits.ownTopLayer === 0,
    otherCameras: !limits.otherCameras,
    ownCamera: !limits.ownCamera,
    movingScreen: limits.screen !== 'video',
    allPictures: limits.screen === 'none',
  };
  return GIVEN_UP_ORDER.filter((one) => one !== 'nothing').filter((one) => isGiven[one]);
}
