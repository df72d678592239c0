import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MeetingId, ParticipantId, Place } from '@relais/protocol';

/** Milliseconds for which the hub's word holds that somebody was in a place: a cut, and the way back from it. */
const HOLDS_MS = 2 * 60 * 60_000;

/**
 * Proof that somebody was in a place a while ago [NOTE-4], so that what they wrote there just before they were moved, or before
 * their line fell, is taken all the same: an HMAC, which holds on every hub and after a restart. It gives nothing to read.
 */
export class NoteGrants {
  readonly #secret: string;
  readonly #now: () => number;

  constructor(secret: string, now: () => number) {
    this.#secret = secret;
    this.#now = now;
  }

  give(meetingId: MeetingId, who: ParticipantId, place: Place): string {
    const until = (this.#now() + HOLDS_MS).toString(36);
    return `${until}.${this.#sign(meetingId, who, place, until)}`;
  }

  verify(meetingId: MeetingId, who: ParticipantId, place: Place, grant: string): boolean {
    const [until = '', signature = ''] = grant.split('.');
    const expected = Buffer.from(this.#sign(meetingId, who, place, until));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    return Number.parseInt(until, 36) >= this.#now();
  }

  #sign(meetingId: MeetingId, who: ParticipantId, place: Place, until: string): string {
    return createHmac('sha256', this.#secret)
      .update(`notes\n${meetingId}\n${who}\n${place}\n${until}`)
      .digest('base64url');
  }
}
