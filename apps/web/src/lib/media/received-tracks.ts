import type { ConsumerId, MediaSource, ParticipantId } from '@relais/protocol';

/** A track that comes from somebody else. */
export interface ReceivedTrack {
  consumerId: ConsumerId;
  participantId: ParticipantId;
  source: MediaSource;
  track: MediaStreamTrack;
}

/** Tracks by what uses them: a tile asks by person and source, a loudspeaker plays all. */
export interface Received {
  pictures: ReadonlyMap<string, MediaStreamTrack>;
  sounds: ReadonlyMap<ConsumerId, MediaStreamTrack>;
}

export const NOTHING_RECEIVED: Received = { pictures: new Map(), sounds: new Map() };

export const pictureKey = (participantId: ParticipantId, source: MediaSource) => `${participantId}/${source}`;

export function byUse(tracks: readonly ReceivedTrack[]): Received {
  const isPicture = ({ source }: ReceivedTrack) => source === 'camera' || source === 'screen';
  return {
    pictures: new Map(
      tracks.filter(isPicture).map((one) => [pictureKey(one.participantId, one.source), one.track]),
    ),
    sounds: new Map(
      tracks.filter((one) => !isPicture(one)).map(({ consumerId, track }) => [consumerId, track]),
    ),
  };
}
