import type { LiveProducer, LiveState, MediaSource, ParticipantId, ProducerId } from '@relais/protocol';

export interface WantedProducer {
  producerId: ProducerId;
  participantId: ParticipantId;
  source: MediaSource;
}

export interface View {
  self: ParticipantId;
  /** Who is in the room, in the order of joining. */
  participantIds: readonly ParticipantId[];
  live: LiveState;
  /** Whose pictures have a place on the screen. */
  camerasOf: ReadonlySet<ParticipantId>;
  /** Whether shared screens have a place on the screen. */
  screens: boolean;
}

/** [MEDIA-1] Sound before pictures, a shared screen before faces: this is also the order of opening. */
const ORDER: readonly MediaSource[] = ['microphone', 'screenAudio', 'screen', 'camera'];

/**
 * Up to so many people [MEDIA-2] a muted microphone is listened to as well, so that the first syllable after it is
 * opened is heard. In a meeting of 300 that would be 89,700 consumers, nearly all of them of silence.
 */
export const SMALL_MEETING = 16;

/**
 * What one person should receive: every sound that is sent, and the pictures that their screen has a place for
 * [MEDIA-2]; nothing of their own [MEDIA-3]. Who speaks to all rooms is heard from wherever they are [VOICE-1].
 */
export function wantedProducers(view: View): WantedProducer[] {
  const ids: ParticipantId[] = view.participantIds.concat(speakingToAll(view));
  const wanted = ids
    .filter((participantId) => participantId !== view.self)
    .flatMap((participantId) =>
      (view.live[participantId]?.producers ?? [])
        .filter((producer) => hasPlace(view, participantId, producer))
        .map(({ producerId, source }) => ({ producerId, participantId, source })),
    );
  return ORDER.flatMap((source) => wanted.filter((producer) => producer.source === source));
}

/** Those who are elsewhere. */
function speakingToAll({ participantIds, live }: View): ParticipantId[] {
  return (Object.keys(live) as ParticipantId[]).filter(
    (id) => live[id]?.toAll && !participantIds.includes(id),
  );
}

function hasPlace(view: View, participantId: ParticipantId, { source, paused }: LiveProducer): boolean {
  // Also while it is muted: it is being opened for this.
  if (view.live[participantId]?.toAll && source === 'microphone') return true;
  if (!view.participantIds.includes(participantId)) return false;
  if (source === 'camera') return view.camerasOf.has(participantId);
  // A paused one sends nothing: its sharer is in light mode, and its still images come another way [STILL-3].
  if (source === 'screen') return view.screens && !paused;
  return !paused || view.participantIds.length <= SMALL_MEETING;
}

/**
 * [MEDIA-4] Whose cameras come first when only `limit` have a place: those who send one, in the order of joining.
 * The hub uses it before the browser has laid out its tiles; the browser begins with the same.
 */
export function firstCameras(
  self: ParticipantId,
  participantIds: readonly ParticipantId[],
  live: LiveState,
  limit: number,
): ReadonlySet<ParticipantId> {
  const sending = participantIds.filter(
    (id) => id !== self && live[id]?.producers.some((p) => p.source === 'camera'),
  );
  return new Set(sending.slice(0, limit));
}
