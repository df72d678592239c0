import type { MeetingId, ParticipantId } from '@relais/protocol';
import type { LiveMeeting } from '../meeting/live-meeting.ts';

/** When another hub last said that it has the line of somebody who waits: ids and instants alone. */
export class WaitersElsewhere {
  readonly #heard = new Map<MeetingId, Map<ParticipantId, number>>();

  heard(meetingId: MeetingId, participantIds: readonly ParticipantId[], at: number): void {
    const known = this.#heard.get(meetingId) ?? new Map<ParticipantId, number>();
    for (const participantId of participantIds) known.set(participantId, at);
    this.#heard.set(meetingId, known);
  }

  /** Of whom nothing was heard yet the time runs from when this hub first asks. */
  heardAt(meetingId: MeetingId, participantId: ParticipantId, now: number): number {
    const known = this.#heard.get(meetingId)?.get(participantId);
    if (known === undefined) this.heard(meetingId, [participantId], now);
    return known ?? now;
  }

  /** Forgets who waits no more, and meetings that are not in memory here. */
  keepOnly(find: (meetingId: MeetingId) => LiveMeeting | undefined): void {
    for (const [meetingId, known] of this.#heard) {
      const waiting = find(meetingId)?.state.door?.waitingRoom?.waiting ?? [];
      const ids = new Set(waiting.map(({ participantId }) => participantId));
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
      if (known.size === 0) this.#heard.delete(meetingId);
    }
  }
}
