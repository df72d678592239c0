import type { ParticipantId } from '@relais/protocol';

interface Asked {
  /** Who asks for it: their own seat. */
  by: ParticipantId;
  at: number;
}

/** What who runs the meeting asks of its door. */
export type DoorCommand =
  | (Asked & { type: 'lockDoor'; locked: boolean })
  | (Asked & { type: 'removeParticipant'; participantId: ParticipantId })
  | (Asked & { type: 'letBack'; participantId: ParticipantId });
