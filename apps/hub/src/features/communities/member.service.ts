import { fail, ok } from '@relais/kit';
import type { CommunityRole, DirectoryQuery, DirectoryView, RequestView } from '@relais/protocol/communities';
import { DIRECTORY_PAGE } from '@relais/protocol/community-limits';
import type { Changed, Lang, MembershipStore } from '../../ports/community-store.ts';
import type { InvitationStore } from '../../ports/invitation-store.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { takeTurn, type Attempt } from './community-limits.ts';
import type { CommunityMails } from './community-mails.ts';
import type { Admitted, Answer, Concierge } from './concierge.ts';
import { cursorIn, cursorText } from './directory-cursor.ts';

export interface MemberServiceDeps {
  store: MembershipStore;
  invitations: InvitationStore;
  concierge: Concierge;
  mails: CommunityMails;
  limiter: RateLimiter;
  now: () => number;
}

/** Requests on the page of who decides; those that follow come up as these are decided. */
const REQUESTS_SHOWN = 200;
/** So many are told of a request; of a community with more, the first ones. */
const TOLD_OF_REQUEST = 20;

/** Becoming a member, being one, and who the others are [COMM-2] to [COMM-8]. */
export class MemberService {
  readonly #deps: MemberServiceDeps;

  constructor(deps: MemberServiceDeps) {
    this.#deps = deps;
  }

  /** By the invitation that one's address has, or where the community is open. */
  async join(slug: string, personId: string, lang: Lang): Answer<void> {
    const { store, invitations, now } = this.#deps;
    const admitted = await this.#admit(slug, personId, 'POST /api/communities/:slug/join', 'change');
    if (!admitted.ok) return admitted;
    const { asker, community, role } = admitted.value;
    if (role) return ok(undefined);
    if (asker.name === '') return fail({ kind: 'nameMissing' });
    const at = now();
    const invited = asker.emailVerified
      ? await invitations.findFor(community.communityId, asker.email, at)
      : ok(undefined);
    if (!invited.ok) return invited;
    if (invited.value !== undefined) {
      const accepted = await invitations.accept(invited.value, asker, { lang, at });
      if (!accepted.ok) return accepted;
      if (typeof accepted.value === 'object') return ok(undefined);
    }
    const joined = await store.joinOpen(community.communityId, { personId, lang, at });
    if (!joined.ok) return joined;
    return joined.value ? ok(undefined) : fail({ kind: 'notOpen' });
  }

  async leave(slug: string, personId: string): Answer<void> {
    const admitted = await this.#admit(slug, personId, 'POST /api/communities/:slug/leave', 'change');
    if (!admitted.ok) return admitted;
    return told(await this.#remove(admitted.value, personId));
  }

  async setRole(slug: string, personId: string, to: { personId: string; role: CommunityRole }): Answer<void> {
    const route = 'PUT /api/communities/:slug/members/:personId';
    const admitted = await this.#admit(slug, personId, route, 'change');
    if (!admitted.ok) return admitted;
    const { communityId } = admitted.value.community;
    const by = { actorId: personId, at: this.#deps.now() };
    return told(await this.#deps.store.setRole(communityId, to, by));
  }

  async remove(slug: string, personId: string, whom: string): Answer<void> {
    const route = 'DELETE /api/communities/:slug/members/:personId';
    const admitted = await this.#admit(slug, personId, route, 'change');
    if (!admitted.ok) return admitted;
    return told(await this.#remove(admitted.value, whom));
  }

  /** [COMM-8] */
  async directory(slug: string, personId: string, query: DirectoryQuery): Answer<DirectoryView> {
    const admitted = await this.#admit(slug, personId, 'GET /api/communities/:slug/members', 'search');
    if (!admitted.ok) return admitted;
    const after = query.after === undefined ? undefined : cursorIn(query.after);
    if (query.after !== undefined && !after) return fail({ kind: 'invalidInput', issues: ['after'] });
    const found = await this.#deps.store.members(admitted.value.community.communityId, {
      ...query,
      after,
      most: DIRECTORY_PAGE,
    });
    if (!found.ok) return found;
    const isCoordinator = admitted.value.role === 'coordinator';
    const { members, total, next } = found.value;
    return ok({
      members: members.map(({ email, ...member }) => ({
        ...member,
        isSelf: member.personId === personId,
        ...(isCoordinator && { email }),
      })),
      total,
      next: next ? cursorText(next) : null,
    });
  }

  async photo(
    slug: string,
    personId: string,
    photo: { personId: string; version: string },
  ): Answer<Uint8Array<ArrayBuffer>> {
    const route = 'GET /api/communities/:slug/members/:personId/photo/:version';
    const admitted = await this.#deps.concierge.admitTo(slug, personId, route);
    if (!admitted.ok) return admitted;
    const found = await this.#deps.store.photo(admitted.value.community.communityId, photo);
    if (!found.ok) return found;
    return found.value ? ok(found.value) : fail({ kind: 'unknownId' });
  }

  /** [COMM-7] */
  async request(slug: string, personId: string, { word, lang }: { word: string; lang: Lang }): Answer<void> {
    const { store, mails, now } = this.#deps;
    const admitted = await this.#admit(slug, personId, 'PUT /api/communities/:slug/request', 'ask');
    if (!admitted.ok) return admitted;
    const { asker, community, role } = admitted.value;
    if (role) return ok(undefined);
    if (asker.name === '') return fail({ kind: 'nameMissing' });
    const at = now();
    const asked = await store.request(community.communityId, { personId, word, lang, at });
    if (!asked.ok) return asked;
    if (asked.value === undefined) return fail({ kind: 'notOpen' });
    if (asked.value === 'again') return ok(undefined);
    const to = await store.coordinators(community.communityId, TOLD_OF_REQUEST);
    if (to.ok) await mails.tellRequest(community, { asker, word, at, to: to.value });
    return ok(undefined);
  }

  async withdraw(slug: string, personId: string): Answer<void> {
    const admitted = await this.#admit(slug, personId, 'DELETE /api/communities/:slug/request', 'change');
    if (!admitted.ok) return admitted;
    return this.#deps.store.withdraw(admitted.value.community.communityId, personId);
  }

  async requests(slug: string, personId: string): Answer<RequestView[]> {
    const route = 'GET /api/communities/:slug/requests';
    const admitted = await this.#deps.concierge.admitTo(slug, personId, route);
    if (!admitted.ok) return admitted;
    return this.#deps.store.requests(admitted.value.community.communityId, REQUESTS_SHOWN);
  }

  async decide(
    slug: string,
    personId: string,
    { of, accept, word }: { of: string; accept: boolean; word: string },
  ): Answer<void> {
    const { store, mails, now } = this.#deps;
    const route = 'POST /api/communities/:slug/requests/:personId';
    const admitted = await this.#admit(slug, personId, route, 'change');
    if (!admitted.ok) return admitted;
    const { community } = admitted.value;
    const at = now();
    const decided = await store.decide(community.communityId, {
      personId: of,
      accept,
      by: { actorId: personId, at },
    });
    if (!decided.ok) return decided;
    if (!decided.value) return fail({ kind: 'unknownId' });
    await mails.tellDecision(community, { accept, word, at, to: decided.value });
    return ok(undefined);
  }

  #remove({ asker, community }: Admitted, whom: string) {
    const by = { actorId: asker.personId, at: this.#deps.now() };
    return this.#deps.store.remove(community.communityId, whom, by);
  }

  async #admit(
    slug: string,
    personId: string,
    route: Parameters<Concierge['admitTo']>[2],
    attempt: Attempt,
  ): Answer<Admitted> {
    const turn = await takeTurn(this.#deps.limiter, attempt, personId);
    if (!turn.ok) return turn;
    return this.#deps.concierge.admitTo(slug, personId, route);
  }
}

function told(changed: Awaited<ReturnType<MembershipStore['remove']>>): Awaited<Answer<void>> {
  if (!changed.ok) return changed;
  const REFUSALS: Record<Exclude<Changed, 'changed'>, 'unknownId' | 'lastCoordinator'> = {
    unknown: 'unknownId',
    lastCoordinator: 'lastCoordinator',
  };
  return changed.value === 'changed' ? ok(undefined) : fail({ kind: REFUSALS[changed.value] });
}
