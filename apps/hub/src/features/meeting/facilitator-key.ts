import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Role } from '@relais/domain';
import type { MeetingId } from '@relais/protocol';

/**
 * Proof that one runs a meeting [ROLE-1]: an HMAC over it, given to who made it, so that it holds on every hub and after a
 * restart without being stored anywhere but in a browser.
 */
export class FacilitatorKeys {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  sign(meetingId: MeetingId): string {
    return createHmac('sha256', this.#secret).update(`facilitator\n${meetingId}`).digest('base64url');
  }

  /** Who somebody is by a key that they give, be it one or not. */
  roleBy(meetingId: MeetingId, key: string): Role {
    return this.verify(meetingId, key) ? 'facilitator' : 'nobody';
  }

  verify(meetingId: MeetingId, key: string): boolean {
    const expected = Buffer.from(this.sign(meetingId));
    const given = Buffer.from(key);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}
