import type { MeetingId, ParticipantId, StillId, StillType } from '@relais/protocol';

export interface StillKey {
  meetingId: MeetingId;
  participantId: ParticipantId;
  stillId: StillId;
}

export interface StillImage {
  type: StillType;
  content: Uint8Array;
}

/**
 * Still images of shared screens, of all hubs. An image never changes. Whoever puts one drops it; what was left by a hub that
 * died goes by itself some hours later. It is worth no waiting and no failing: without it a screen stays as it was.
 */
export interface StillStore {
  /** Never rejects. False when only this hub has it: the others' store is away. */
  put(key: StillKey, image: StillImage): Promise<boolean>;
  /** Never rejects; undefined when it is not there, or the store is away. */
  get(key: StillKey): Promise<StillImage | undefined>;
  /** Never rejects. */
  drop(key: StillKey): Promise<void>;
  close(): Promise<void>;
}
