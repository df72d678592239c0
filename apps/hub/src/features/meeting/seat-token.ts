import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MeetingId, ParticipantId } from '@relais/protocol';

/**
 * Proof that a seat is one's own [JOIN-5]: an HMAC over meeting and participant, so that it holds on every hub
 * and after a restart without being stored anywhere but in the tab.
 */
export class SeatTokens {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  sign(meetingId: MeetingId, participantId: ParticipantId): string {
    return createHmac('sha256', this.#secret)
      .update(`seat\n${meetingId}\n${participantId}`)
      .digest('base64url');
  }

  verify(meetingId: MeetingId, participantId: ParticipantId, token: string): boolean {
    const expected = Buffer.from(this.sign(meetingId, participantId));
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
