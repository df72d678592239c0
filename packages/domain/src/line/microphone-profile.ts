import type { LiveState, ParticipantId } from '@relais/protocol';

/** How a microphone is sent: `frugal` costs less than half on the wire, and sounds a little like a telephone. */
export type MicrophoneProfile = 'full' | 'frugal';

/**
 * [LINE-8] Frugal when one's own line is thin, or somebody who listens has a thin one or is in light mode: what is sent
 * reaches everybody as it is. Who is not connected listens to nothing.
 */
export function microphoneProfile(
  live: LiveState,
  self: ParticipantId,
  isOwnThin: boolean,
): MicrophoneProfile {
  const isSpared = Object.entries(live).some(
    ([id, person]) => id !== self && person.connected && (person.line !== undefined || person.light === true),
  );
  return isOwnThin || isSpared ? 'frugal' : 'full';
}
