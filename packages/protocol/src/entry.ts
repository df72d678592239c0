import { z } from 'zod';
import {
  ENTRY_INVITED_MAX,
  GUEST_LABEL_MAX,
  GUEST_LINK_MAX_DAYS,
  GUEST_LINK_MAX_SEATS,
} from './entry-limits.ts';
import { instant } from './text.ts';

/**
 * Who may enter a meeting [ENTRY-1]: `anyone` who has its address; `invited`: who has an account with an address that is invited;
 * `community`: who is a member of the community that the meeting is of. A link for guests lets in besides.
 */
export const entryRule = z.enum(['anyone', 'invited', 'community']);
export type EntryRule = z.infer<typeof entryRule>;

/** An email address, in lower case. */
export const invitedEmail = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** `PUT /api/meetings/:code/entry`. `invited`: all of them; it takes the place of those of before. */
export const entryBody = z.strictObject({
  rule: entryRule,
  invited: z.array(invitedEmail).max(ENTRY_INVITED_MAX),
});
export type EntryBody = z.infer<typeof entryBody>;

/** The answer to `GET /api/meetings/:code/entry`. */
export const entry = entryBody.extend({
  /** Of the community that the meeting is of; null: of none, and then `community` cannot be chosen. */
  community: z.string().nullable(),
});
export type Entry = z.infer<typeof entry>;

/** What a link for guests holds: made from its id, and known to nobody who was not given it. */
export const guestToken = z.string().min(1).max(128);

/** `POST /api/meetings/:code/guest-links` */
export const guestLinkBody = z.strictObject({
  /** For whom it is, as who makes it calls them. */
  label: z
    .string()
    .trim()
    .max(GUEST_LABEL_MAX)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  days: z.int().min(1).max(GUEST_LINK_MAX_DAYS),
  /** How many people may come by it. */
  seats: z.int().min(1).max(GUEST_LINK_MAX_SEATS),
});
export type GuestLinkBody = z.infer<typeof guestLinkBody>;

/** One of the answer to `GET /api/meetings/:code/guest-links`, and the answer to `POST`. */
export const guestLink = z.strictObject({
  linkId: z.string(),
  label: z.string(),
  token: guestToken,
  createdAt: instant,
  expiresAt: instant,
  seats: z.int(),
  /** How many have come by it. */
  taken: z.int().min(0),
  revokedAt: instant.optional(),
});
export type GuestLink = z.infer<typeof guestLink>;
