import { givenUp, type GivenUp, type LineLimits } from './limits.ts';

/**
 * What is said of the line, once each time that it is news [LINE-7]: the furthest thing that is given up, `ownCamera` alone
 * where only one's own is, or that all is back.
 */
export type Saying = Exclude<GivenUp, 'nothing'> | 'ownCameraAlone' | 'back';

export interface SayingMemory {
  /** When each was said last, in milliseconds. */
  said: Partial<Record<Saying, number>>;
  /** How far it is given up as far as has been told; undefined: all is there. */
  told: Saying | undefined;
  /** Since when everything is there. */
  wholeSince: number | undefined;
}

export const NOTHING_SAID: SayingMemory = { said: {}, told: undefined, wholeSince: 0 };

/** Everything has to be there for so long, in milliseconds, before it is said to be back. */
const BACK_AFTER_MS = 12_000;
/** What was said is not said again within this time: a line on the edge would talk all the time. */
const SILENT_MS = 180_000;

/** What to say now, if anything. Pure. */
export function nextSaying(
  memory: SayingMemory,
  limits: LineLimits,
  at: number,
): { memory: SayingMemory; say: Saying | undefined } {
  const saying = sayingOf(limits);
  if (saying === undefined) return whenWhole(memory, at);
  const isFurther = memory.told === undefined || saying !== memory.told;
  const told = { ...memory, told: saying, wholeSince: undefined };
  const isNews = isFurther && !isFresh(memory, saying, at) && !isLess(memory.told, saying);
  return isNews
    ? { memory: { ...told, said: { ...memory.said, [saying]: at } }, say: saying }
    : { memory: told, say: undefined };
}

function whenWhole(memory: SayingMemory, at: number): { memory: SayingMemory; say: Saying | undefined } {
  const wholeSince = memory.wholeSince ?? at;
  const isBack = memory.told !== undefined && at - wholeSince >= BACK_AFTER_MS;
  if (!isBack) return { memory: { ...memory, wholeSince }, say: undefined };
  const after: SayingMemory = { ...memory, told: undefined, wholeSince };
  if (isFresh(memory, 'back', at)) return { memory: after, say: undefined };
  return { memory: { ...after, said: { ...memory.said, back: at } }, say: 'back' };
}

const isFresh = ({ said }: SayingMemory, saying: Saying, at: number) =>
  at - (said[saying] ?? Number.NEGATIVE_INFINITY) < SILENT_MS;

const FAR: readonly Saying[] = [
  'thumbnails',
  'sharpness',
  'ownCameraAlone',
  'otherCameras',
  'ownCamera',
  'movingScreen',
  'allPictures',
];

/** On the way back nothing is said until all is there. */
const isLess = (told: Saying | undefined, saying: Saying) =>
  told !== undefined && FAR.indexOf(saying) < FAR.indexOf(told);

function sayingOf(limits: LineLimits): Saying | undefined {
  const last = givenUp(limits).at(-1);
  if (last !== 'ownCamera' || !limits.otherCameras) return last;
  return 'ownCameraAlone';
}
