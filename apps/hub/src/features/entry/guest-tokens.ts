import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MeetingId } from '@relais/protocol';

/**
 * What links for guests hold [GUEST-1]: the link's id and an HMAC over it and the meeting, so that who runs the meeting can be shown it
 * again, and who reads the database has no link.
 */
export class GuestTokens {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  sign(meetingId: MeetingId, linkId: string): string {
    const proof = createHmac('sha256', this.#secret)
      .update(`guest\n${meetingId}\n${linkId}`)
      .digest('base64url');
    return `${linkId}.${proof}`;
  }

  /** The link that a token is of; undefined: of none of this meeting. */
  linkOf(meetingId: MeetingId, token: string): string | undefined {
    const [linkId = ''] = token.split('.', 1);
    const expected = Buffer.from(this.sign(meetingId, linkId));
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected) ? linkId : undefined;
  }
}
