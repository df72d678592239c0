import type { ConsumerId, MediaSource, ParticipantId } from '@relais/protocol';

/** A track that comes from somebody else. */
export interface ReceivedTrack {
  consumerId: ConsumerId;
  participantId: ParticipantId;
  source: MediaSource;
  track: MediaStreamTrack;
  /** The picture stands still for the line. */
  isStill: boolean;
}

/** Tracks by what uses them: a tile asks by person and source, a loudspeaker plays all. */
export interface Received {
  pictures: ReadonlyMap<string, MediaStreamTrack>;
  sounds: ReadonlyMap<ConsumerId, MediaStreamTrack>;
  /** Whose cameras stand still for the line. */
  still: ReadonlySet<ParticipantId>;
}

export const NOTHING_RECEIVED: Received = { pictures: new Map(), sounds: new Map(), still: new Set() };

export const pictureKey = (participantId: ParticipantId, source: MediaSource) => `${participantId}/${source}`;

export function byUse(tracks: readonly ReceivedTrack[]): Received {
  const isPicture = ({ source }: ReceivedTrack) => source === 'camera' || source === 'screen';
  return {
    pictures: new Map(
      tracks.filter(isPicture).map((one) => [pictureKey(one.participantId, one.source), one.track]),
    ),
    still: new Set(tracks.filter((one) => one.isStill).map(({ participantId }) => participantId)),
    sounds: new Map(
      tracks.filter((one) => !isPicture(one)).map(({ consumerId, track }) => [consumerId, track]),
    ),
  };
}
