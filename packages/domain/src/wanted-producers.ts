import type { LiveState, MediaSource, ParticipantId, ProducerId } from '@relais/protocol';

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
 * What one person should receive: every sound, and the pictures that their screen has a place for [MEDIA-2];
 * nothing of their own [MEDIA-3].
 */
export function wantedProducers(view: View): WantedProducer[] {
  const wanted = view.participantIds
    .filter((participantId) => participantId !== view.self)
    .flatMap((participantId) =>
      (view.live[participantId]?.producers ?? [])
        .filter(({ source }) => isShown(view, participantId, source))
        .map(({ producerId, source }) => ({ producerId, participantId, source })),
    );
  return ORDER.flatMap((source) => wanted.filter((producer) => producer.source === source));
}

function isShown(view: View, participantId: ParticipantId, source: MediaSource): boolean {
  if (source === 'camera') return view.camerasOf.has(participantId);
  return source === 'screen' ? view.screens : true;
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
