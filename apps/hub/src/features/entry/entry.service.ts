import { seatOf } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { MeetingId, MeetingRole, MeetingState, ParticipantId, Refusal } from '@relais/protocol';
import type { EntryRule } from '@relais/protocol/entry';
import type { KnownAccount } from '../../ports/accounts.ts';
import type { EntryStore, StoredEntry } from '../../ports/entry-store.ts';
import type { Unavailable } from '../../ports/people-store.ts';
import type { Communities } from '../communities/communities.ts';
import { LOG_AWAY } from '../meeting/aggregate.ts';
import type { GuestTokens } from './guest-tokens.ts';

export interface EntryServiceDeps {
  store: EntryStore;
  tokens: GuestTokens;
  /** Left out where there are no communities: nobody is a member of one. */
  roleIn?: Communities['roleIn'] | undefined;
  now: () => number;
}

/** Somebody at the door of a meeting, as the hub knows them. */
export interface AtTheDoor {
  participantId: ParticipantId;
  role?: MeetingRole | undefined;
  account: Result<KnownAccount | undefined, Unavailable>;
  guestToken?: string | undefined;
}

/** They may come in. `isGuest`: by a link for guests; `giveBack`: to be called when they do not after all. */
export interface MayEnter {
  isGuest: boolean;
  giveBack: () => Promise<unknown>;
}

const FREELY: MayEnter = { isGuest: false, giveBack: async () => undefined };

/** [ENTRY-1] [GUEST-2] Who may enter a meeting: asked at its door, once for each who comes in. */
export class EntryService {
  readonly #deps: EntryServiceDeps;

  constructor(deps: EntryServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Who holds a seat keeps it, and who has the key comes in whatever the rule is. A link for guests is asked after first: who was
   * given one need not have been invited.
   */
  async mayEnter(meeting: MeetingState, who: AtTheDoor): Promise<Result<MayEnter, Refusal>> {
    if (who.role || seatOf(meeting, who.participantId)) return ok(FREELY);
    if (who.guestToken !== undefined)
      return this.#asGuest(meeting.meetingId, who.participantId, who.guestToken);
    const found = await this.#deps.store.find(meeting.meetingId);
    if (!found.ok) return fail(LOG_AWAY);
    const { rule, communityId } = found.value;
    if (rule === 'anyone') return ok(FREELY);
    if (!who.account.ok) return fail(LOG_AWAY);
    const account = who.account.value;
    if (!account) return fail({ kind: 'signInNeeded' });
    const isMeant = await this.#isMeant(meeting.meetingId, { rule, communityId }, account);
    if (!isMeant.ok) return fail(LOG_AWAY);
    return isMeant.value ? ok(FREELY) : fail({ kind: 'notInvited' });
  }

  /** [ENTRY-5] Before the door, where neither a key nor a link for guests is known. An account that cannot be had is nobody's. */
  async mayKnow(
    meetingId: MeetingId,
    whoAsks: () => Promise<AtTheDoor['account']>,
  ): Promise<Result<boolean, Refusal>> {
    const found = await this.#deps.store.find(meetingId);
    if (!found.ok) return fail(LOG_AWAY);
    if (found.value.rule === 'anyone') return ok(true);
    const account = await whoAsks();
    if (!account.ok || !account.value) return ok(false);
    const isMeant = await this.#isMeant(meetingId, found.value, account.value);
    return isMeant.ok ? isMeant : fail(LOG_AWAY);
  }

  /** What the calendar says of a meeting; `invited`: besides those who are. */
  async set(
    meetingId: MeetingId,
    entry: { rule: EntryRule; communityId?: string | undefined; invited?: readonly string[] | undefined },
  ): Promise<Result<void, Unavailable>> {
    const { rule, communityId, invited = [] } = entry;
    const saved = await this.#deps.store.save(meetingId, { rule, communityId });
    return saved.ok ? this.invite(meetingId, invited) : saved;
  }

  invite(meetingId: MeetingId, emails: readonly string[]): Promise<Result<void, Unavailable>> {
    return this.#deps.store.invite(
      meetingId,
      emails.map((email) => email.trim().toLowerCase()),
    );
  }

  async #asGuest(
    meetingId: MeetingId,
    participantId: ParticipantId,
    token: string,
  ): Promise<Result<MayEnter, Refusal>> {
    const { store, tokens, now } = this.#deps;
    const linkId = tokens.linkOf(meetingId, token);
    if (linkId === undefined) return fail({ kind: 'guestLinkInvalid', why: 'unknown' });
    const coming = await store.come(meetingId, linkId, participantId, now());
    if (!coming.ok) return fail(LOG_AWAY);
    if (coming.value === 'back') return ok({ ...FREELY, isGuest: true });
    if (coming.value !== 'taken') return fail({ kind: 'guestLinkInvalid', why: coming.value });
    return ok({ isGuest: true, giveBack: () => store.giveBack(linkId, participantId) });
  }

  #isMeant(
    meetingId: MeetingId,
    { rule, communityId }: StoredEntry,
    account: KnownAccount,
  ): Promise<Result<boolean, Unavailable>> {
    return rule === 'invited' ? this.#isInvited(meetingId, account) : this.#isMember(communityId, account);
  }

  async #isInvited(meetingId: MeetingId, { email }: KnownAccount): Promise<Result<boolean, Unavailable>> {
    return email === undefined ? ok(false) : this.#deps.store.isInvited(meetingId, email.toLowerCase());
  }

  async #isMember(
    communityId: string | undefined,
    { personId }: KnownAccount,
  ): Promise<Result<boolean, Unavailable>> {
    const { roleIn } = this.#deps;
    if (communityId === undefined || !roleIn) return ok(false);
    const role = await roleIn(communityId, personId);
    return role.ok ? ok(role.value !== undefined) : role;
  }
}
