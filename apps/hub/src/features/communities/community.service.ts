import { randomUUID } from 'node:crypto';
import { fail, ok } from '@relais/kit';
import type {
  CommunitiesView,
  CommunitySettings,
  CommunityView,
  MakeCommunity,
} from '@relais/protocol/communities';
import { COMMUNITIES_MAX, EMAIL_INVITATION_DAYS } from '@relais/protocol/community-limits';
import { may } from '@relais/domain';
import type { Asker, Community, CommunityStore, Lang } from '../../ports/community-store.ts';
import type { InvitationStore } from '../../ports/invitation-store.ts';
import type { CommunityMails } from './community-mails.ts';
import type { Answer, Concierge } from './concierge.ts';
import type { InvitationTokens } from './invitation-tokens.ts';

export interface CommunityServiceDeps {
  store: CommunityStore;
  invitations: InvitationStore;
  concierge: Concierge;
  mails: CommunityMails;
  tokens: InvitationTokens;
  now: () => number;
}

const DAY_MS = 86_400_000;

/** Communities themselves: their pages, and who makes them [COMM-1] [COMM-2]. */
export class CommunityService {
  readonly #deps: CommunityServiceDeps;

  constructor(deps: CommunityServiceDeps) {
    this.#deps = deps;
  }

  async list(personId: string): Answer<CommunitiesView> {
    const { concierge, store, now } = this.#deps;
    const asker = await concierge.admit(personId, 'GET /api/communities');
    if (!asker.ok) return asker;
    const found = await store.views(asker.value, { at: now(), most: COMMUNITIES_MAX });
    if (!found.ok) return found;
    const mayMake = asker.value.isAdministrator && may('administrator', 'POST /api/communities');
    return ok({ communities: found.value, mayMake });
  }

  async view(slug: string, personId: string): Answer<CommunityView> {
    const { concierge, store, now } = this.#deps;
    const asker = await concierge.admit(personId, 'GET /api/communities/:slug');
    if (!asker.ok) return asker;
    const found = await store.views(asker.value, { slug, at: now(), most: 1 });
    if (!found.ok) return found;
    return found.value[0] ? ok(found.value[0]) : fail({ kind: 'unknownId' });
  }

  async make(personId: string, { coordinator, lang, ...made }: MakeCommunity): Answer<{ slug: string }> {
    const { concierge, store, now } = this.#deps;
    const asker = await concierge.admit(personId, 'POST /api/communities');
    if (!asker.ok) return asker;
    const there = await store.count();
    if (!there.ok) return there;
    if (there.value >= COMMUNITIES_MAX) return fail({ kind: 'full' });
    const community = { ...made, communityId: randomUUID() };
    const created = await store.create({ ...community, at: now(), madeBy: asker.value.personId });
    if (!created.ok) return created;
    if (created.value === 'slugTaken') return fail({ kind: 'slugTaken' });
    const named = await this.#nameCoordinator(community, asker.value, { email: coordinator, lang });
    return named.ok ? ok({ slug: made.slug }) : named;
  }

  async save(slug: string, personId: string, settings: CommunitySettings): Answer<void> {
    const { concierge, store, now } = this.#deps;
    const admitted = await concierge.admitTo(slug, personId, 'PUT /api/communities/:slug');
    if (!admitted.ok) return admitted;
    return store.save(admitted.value.community.communityId, settings, { actorId: personId, at: now() });
  }

  /** [COMM-1] Where a community has no coordinator, not yet or not any more. */
  async nameCoordinator(slug: string, personId: string, who: { email: string; lang: Lang }): Answer<void> {
    const admitted = await this.#deps.concierge.admitTo(
      slug,
      personId,
      'PUT /api/communities/:slug/coordinator',
    );
    if (!admitted.ok) return admitted;
    return this.#nameCoordinator(admitted.value.community, admitted.value.asker, who);
  }

  async #nameCoordinator(
    community: Community,
    asker: Asker,
    { email, lang }: { email: string; lang: Lang },
  ): Answer<void> {
    const { invitations, mails, tokens, now } = this.#deps;
    const at = now();
    const invitation = { invitationId: tokens.newId(), email, role: 'coordinator' } as const;
    const expiresAt = at + EMAIL_INVITATION_DAYS * DAY_MS;
    const by = { communityId: community.communityId, invitedBy: asker.personId, lang, at, expiresAt };
    const named = await invitations.nameCoordinator(by, { ...invitation, by: asker });
    if (!named.ok) return named;
    if (named.value === 'taken') return fail({ kind: 'notOpen' });
    if (named.value === 'named') return ok(undefined);
    const days = EMAIL_INVITATION_DAYS;
    const stored = await mails.invite(community, [invitation], { invitedBy: asker.name, lang, days });
    return stored ? ok(undefined) : fail({ kind: 'unavailable' });
  }
}
