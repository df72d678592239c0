import type { LiveState, ParticipantId } from '@relais/protocol';
import type { LineLimits } from '../line/limits.ts';
import { producerOf } from '../live.ts';

/** How somebody's shared screen is shown: moving, as still images, or not at all. */
export type ScreenForm = LineLimits['screen'];

/**
 * [STILL-3] What the line allows, and not more than what is sent: a sharer in light mode sends no moving screen, which is
 * known by its producer being paused.
 */
export function screenForm(
  limits: Pick<LineLimits, 'screen'>,
  live: LiveState,
  sharer: ParticipantId,
): ScreenForm {
  if (limits.screen !== 'video') return limits.screen;
  return producerOf(live, sharer, 'screen')?.paused ? 'stills' : 'video';
}

/** [STILL-1] Whether still images of one's own screen are to be made: somebody else is in light mode, or one is oneself. */
export function needsStills(live: LiveState, sharer: ParticipantId): boolean {
  if (!producerOf(live, sharer, 'screen')) return false;
  const isAlone = !Object.entries(live).some(([id, { connected }]) => id !== sharer && connected);
  return !isAlone && Object.values(live).some(({ light, connected }) => light && connected);
}
