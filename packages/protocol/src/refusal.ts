import { z } from 'zod';

/**
 * Why a request was refused: a closed union, each kind with what its handling needs. A refusal changes
 * nothing on the server. The words that a person reads are in the interface's catalogues, by kind.
 */
export const refusal = z.discriminatedUnion('kind', [
  /** The request does not fit its schema; `issues` are paths and reasons, at most ten. */
  z.strictObject({ kind: z.literal('invalidInput'), issues: z.array(z.string()) }),
  /** No request has that name. */
  z.strictObject({ kind: z.literal('unknownRequest') }),
  /** The socket has not joined a meeting. */
  z.strictObject({ kind: z.literal('notJoined') }),
  /** The socket has joined already. */
  z.strictObject({ kind: z.literal('alreadyJoined') }),
  z.strictObject({ kind: z.literal('meetingNotFound') }),
  z.strictObject({ kind: z.literal('meetingFull') }),
  /** Nobody new comes in for now [DOOR-1]. */
  z.strictObject({ kind: z.literal('meetingLocked') }),
  /** Who runs the meeting lets people in one by one: ask to be let in with `door:wait` [WAIT-1]. */
  z.strictObject({ kind: z.literal('mustWait') }),
  /** As many wait as there may [WAIT-8]. */
  z.strictObject({ kind: z.literal('waitingFull') }),
  /** Who runs the meeting has not let this person in, and may have said a word to them [WAIT-5]. */
  z.strictObject({ kind: z.literal('refusedEntry'), word: z.string().optional() }),
  /** Who runs the meeting has removed this person, and has not let them back in [DOOR-4]. */
  z.strictObject({ kind: z.literal('removed') }),
  /** Not everybody who has the address may enter, and nobody is signed in here [ENTRY-1]. */
  z.strictObject({ kind: z.literal('signInNeeded') }),
  /** Not everybody who has the address may enter: the account that is signed in here may not [ENTRY-1]. */
  z.strictObject({ kind: z.literal('notInvited') }),
  /** The link for guests lets nobody in, or nobody more [GUEST-3]. */
  z.strictObject({
    kind: z.literal('guestLinkInvalid'),
    why: z.enum(['unknown', 'expired', 'revoked', 'usedUp']),
  }),
  /** The meeting has as many links for guests as it may have [GUEST-1]. */
  z.strictObject({ kind: z.literal('tooManyLinks') }),
  /** Who runs the meeting is not removed from it [DOOR-4]. */
  z.strictObject({ kind: z.literal('runsMeeting'), participantId: z.string() }),
  /** The seat or its token is not one that this server gave. */
  z.strictObject({ kind: z.literal('seatUnknown') }),
  /** An id names nothing that this participant may act upon. */
  z.strictObject({ kind: z.literal('unknownId'), id: z.string() }),
  /** Only who runs the meeting may do that [ROLE-2]. */
  z.strictObject({ kind: z.literal('notAllowed') }),
  /** No open room of sub-groups of this meeting has that id [BREAK-4]. */
  z.strictObject({ kind: z.literal('unknownRoom'), roomId: z.string() }),
  /** Nobody of that id holds a seat in this meeting [BREAK-4]. */
  z.strictObject({ kind: z.literal('unknownParticipant'), participantId: z.string() }),
  /** What somebody sends in another room of sub-groups is neither heard nor seen nor read [BREAK-3]. */
  z.strictObject({ kind: z.literal('notInYourRoom') }),
  /** The sub-groups are not where that could be done: no round runs, or one does already, all places for plans are taken, a plan is not what it was, or another round is to follow already. */
  z.strictObject({
    kind: z.literal('notNow'),
    why: z.enum(['noRound', 'roundRuns', 'tooManyPlans', 'planChanged', 'nextIsSet']),
  }),
  /** Too many requests; try again after that many milliseconds. */
  z.strictObject({ kind: z.literal('tooMany'), retryAfterMs: z.number() }),
  /** The body is larger than the server reads. */
  z.strictObject({ kind: z.literal('tooLarge') }),
  /** This participant has no open media, or the media server would not take the parameters. */
  z.strictObject({ kind: z.literal('mediaRefused'), reason: z.string() }),
  /** The page was loaded before an upgrade of the server: reload it. */
  z.strictObject({ kind: z.literal('protocolMismatch'), serverVersion: z.number() }),
  /** Something behind the hub is away (`what`); the same request may succeed later. */
  z.strictObject({ kind: z.literal('unavailable'), what: z.enum(['log', 'media', 'server']) }),
  /** A defect of ours; the log carries the details under `incident`. */
  z.strictObject({ kind: z.literal('internal'), incident: z.string() }),
]);
export type Refusal = z.infer<typeof refusal>;

/** What every request is answered with. */
export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };
