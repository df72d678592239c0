import { fail, ok } from '@relais/kit';
import type {
  CommunityRole,
  InvitationLook,
  InvitationView,
  InvitedView,
} from '@relais/protocol/communities';
import { EMAIL_INVITATION_DAYS, INVITATIONS_MAX } from '@relais/protocol/community-limits';
import type { Lang } from '../../ports/community-store.ts';
import type { InvitationStore } from '../../ports/invitation-store.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { takeTurn } from './community-limits.ts';
import type { CommunityMails } from './community-mails.ts';
import type { Admitted, Answer, Concierge } from './concierge.ts';
import type { InvitationTokens } from './invitation-tokens.ts';

export interface InvitationServiceDeps {
  store: InvitationStore;
  concierge: Concierge;
  mails: CommunityMails;
  tokens: InvitationTokens;
  limiter: RateLimiter;
  now: () => number;
}

const DAY_MS = 86_400_000;
/** On the page of who coordinates: the newest. */
const INVITATIONS_SHOWN = 500;
const ROUTE = 'POST /api/communities/:slug/invitations';

/** [COMM-5] [COMM-6] Invitations by email and by link. */
export class InvitationService {
  readonly #deps: InvitationServiceDeps;

  constructor(deps: InvitationServiceDeps) {
    this.#deps = deps;
  }

  async byEmail(
    slug: string,
    personId: string,
    { emails, role, lang }: { emails: readonly string[]; role: CommunityRole; lang: Lang },
  ): Answer<InvitedView> {
    const { store, tokens, mails } = this.#deps;
    const admitted = await this.#admit(slug, personId);
    if (!admitted.ok) return admitted;
    const { community, asker } = admitted.value;
    const invitations = [...new Set(emails)].map((email) => ({ invitationId: tokens.newId(), email, role }));
    const days = EMAIL_INVITATION_DAYS;
    const invited = await store.invite(this.#by(admitted.value, lang, days), invitations, INVITATIONS_MAX);
    if (!invited.ok) return invited;
    if (invited.value === 'full') return fail({ kind: 'full' });
    const { written, alreadyMembers } = invited.value;
    const stored = await mails.invite(community, written, { invitedBy: asker.name, lang, days });
    return stored ? ok({ invited: written.length, alreadyMembers }) : fail({ kind: 'unavailable' });
  }

  async byLink(
    slug: string,
    personId: string,
    { days, lang }: { days: number; lang: Lang },
  ): Answer<{ invitationId: string; url: string }> {
    const { store, tokens, mails } = this.#deps;
    const admitted = await this.#admit(slug, personId);
    if (!admitted.ok) return admitted;
    const invitationId = tokens.newId();
    const invitation = { invitationId, email: undefined, role: 'member' } as const;
    const invited = await store.invite(this.#by(admitted.value, lang, days), [invitation], INVITATIONS_MAX);
    if (!invited.ok) return invited;
    if (invited.value === 'full') return fail({ kind: 'full' });
    return ok({ invitationId, url: mails.invitationUrl(invitationId) });
  }

  /** A link is shown again; what went to an address is for who reads there alone. */
  async list(slug: string, personId: string): Answer<InvitationView[]> {
    const { concierge, store, mails, now } = this.#deps;
    const admitted = await concierge.admitTo(slug, personId, 'GET /api/communities/:slug/invitations');
    if (!admitted.ok) return admitted;
    const page = { at: now(), most: INVITATIONS_SHOWN };
    const found = await store.list(admitted.value.community.communityId, page);
    if (!found.ok) return found;
    return ok(
      found.value.map((invitation) => ({
        ...invitation,
        url: invitation.email === null ? mails.invitationUrl(invitation.invitationId) : null,
      })),
    );
  }

  async revoke(slug: string, personId: string, invitationId: string): Answer<void> {
    const route = 'DELETE /api/communities/:slug/invitations/:invitationId';
    const admitted = await this.#deps.concierge.admitTo(slug, personId, route);
    if (!admitted.ok) return admitted;
    const by = { actorId: personId, at: this.#deps.now() };
    const gone = await this.#deps.store.revoke(admitted.value.community.communityId, invitationId, by);
    if (!gone.ok) return gone;
    return gone.value ? ok(undefined) : fail({ kind: 'unknownId' });
  }

  /** What it is to, for who holds it: they decide before they sign in. */
  async look(token: string, address: string): Answer<InvitationLook> {
    const { store, tokens, limiter, now } = this.#deps;
    const turn = await takeTurn(limiter, 'look', address);
    if (!turn.ok) return turn;
    const invitationId = tokens.idIn(token);
    if (invitationId === undefined) return fail({ kind: 'linkInvalid' });
    const found = await store.look(invitationId, now());
    if (!found.ok) return found;
    return found.value ? ok(found.value) : fail({ kind: 'linkInvalid' });
  }

  async accept(personId: string, { token, lang }: { token: string; lang: Lang }): Answer<{ slug: string }> {
    const { store, concierge, tokens, limiter, now } = this.#deps;
    const turn = await takeTurn(limiter, 'change', personId);
    if (!turn.ok) return turn;
    const asker = await concierge.admit(personId, 'POST /api/communities/invitation/accept');
    if (!asker.ok) return asker;
    const invitationId = tokens.idIn(token);
    if (invitationId === undefined) return fail({ kind: 'linkInvalid' });
    const accepted = await store.accept(invitationId, asker.value, { lang, at: now() });
    if (!accepted.ok) return accepted;
    const { value } = accepted;
    return typeof value === 'object' ? ok(value) : fail({ kind: value });
  }

  async #admit(slug: string, personId: string): Answer<Admitted> {
    const turn = await takeTurn(this.#deps.limiter, 'invite', personId);
    return turn.ok ? this.#deps.concierge.admitTo(slug, personId, ROUTE) : turn;
  }

  #by({ community, asker }: Admitted, lang: Lang, days: number) {
    const at = this.#deps.now();
    const expiresAt = at + days * DAY_MS;
    return { communityId: community.communityId, invitedBy: asker.personId, lang, at, expiresAt };
  }
}
