import type { LiveState, MediaSource, ParticipantId } from '@relais/protocol';
import { firstCameras, producerOf, wantedProducers, type LineLimits } from '@relais/domain';
import type { MeetingSight } from './media-session.ts';
import type { HeldConsumer } from './reconcile-plan.ts';
import type { Wish } from './reconciler.ts';

/** What should be received: what the screen has a place for, as far as the line has room [MEDIA-2, LINE-1]. */
export function wishFor({
  self,
  participantIds,
  live,
  speaker,
  tiles,
  limits,
  most,
}: MeetingSight & {
  tiles: ReadonlyMap<ParticipantId, number> | undefined;
  limits: LineLimits;
  /** Pictures at most while tiles are not laid out. */
  most: number;
}): Wish {
  const { otherCameras, thumbnails, topLayer, screen } = limits;
  const shown = tiles ? new Set(tiles.keys()) : firstCameras(self, participantIds, live, most);
  const camerasOf = otherCameras ? shown : new Set<ParticipantId>();
  const wanted = wantedProducers({ self, participantIds, live, camerasOf, screens: screen === 'video' });
  const cameras = wanted.filter(({ source }) => source === 'camera');
  const moving = cameras.find(({ participantId }) => participantId === speaker) ?? cameras[0];
  const still = thumbnails === 'frozen' ? cameras.filter((one) => one !== moving) : [];
  const noRoomFor: MediaSource[] = [];
  if (!otherCameras) noRoomFor.push('camera');
  if (screen !== 'video') noRoomFor.push('screen');
  return {
    wanted,
    tiles: tiles ?? new Map(),
    still: new Set(still.map(({ producerId }) => producerId)),
    topLayer,
    noRoomFor: new Set(noRoomFor),
  };
}

/**
 * Tracks of pictures that should move: of people who are there, and whose own line lets them send. What stands still for
 * their sake says nothing of one's own line.
 */
export function awaitedTracks(
  held: readonly HeldConsumer[],
  live: LiveState | undefined,
): ReadonlySet<string> {
  const isAwaited = ({ source, participantId, held: isStill, unwantedSince }: HeldConsumer) => {
    if (isStill || unwantedSince !== undefined) return false;
    if (source !== 'camera' && source !== 'screen') return false;
    const person = live?.[participantId];
    const producer = live && producerOf(live, participantId, source);
    return person?.connected === true && person.line === undefined && producer?.paused === false;
  };
  return new Set(held.filter(isAwaited).map(({ trackId }) => trackId));
}
