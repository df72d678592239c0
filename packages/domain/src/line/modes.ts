import { LIGHT_MODE_STEP, type LineStep } from './limits.ts';

/** What a person may choose to spend on a meeting, dearest first. What the line gives up beyond it is another matter. */
export const LINE_MODES = ['full', 'small', 'light'] as const;
export type LineMode = (typeof LINE_MODES)[number];

/** `small`: pictures come and leave in their small layer, and only who speaks moves. */
export const STEP_OF_MODE: Readonly<Record<LineMode, LineStep>> = {
  full: 0,
  small: 2,
  light: LIGHT_MODE_STEP,
};
