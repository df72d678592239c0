import { randomUUID } from 'node:crypto';
import { fail, ok } from '@relais/kit';
import type { Imported, ImportPreview } from '@relais/protocol/communities';
import { EMAIL_INVITATION_DAYS, INVITATIONS_MAX } from '@relais/protocol/community-limits';
import type { Lang } from '../../ports/community-store.ts';
import type { InvitationStore, Known } from '../../ports/invitation-store.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { takeTurn } from './community-limits.ts';
import type { CommunityMails } from './community-mails.ts';
import type { Answer, Concierge } from './concierge.ts';
import type { InvitationTokens } from './invitation-tokens.ts';
import { readImport } from './read-import.ts';

export interface ImportServiceDeps {
  store: InvitationStore;
  concierge: Concierge;
  mails: CommunityMails;
  tokens: InvitationTokens;
  limiter: RateLimiter;
  now: () => number;
}

const DAY_MS = 86_400_000;

/** [COMM-10] Members from a file: shown first, then invited. */
export class ImportService {
  readonly #deps: ImportServiceDeps;

  constructor(deps: ImportServiceDeps) {
    this.#deps = deps;
  }

  async preview(slug: string, personId: string, sheet: Uint8Array): Answer<ImportPreview> {
    const { store, concierge, limiter, now } = this.#deps;
    const turn = await takeTurn(limiter, 'preview', personId);
    if (!turn.ok) return turn;
    const admitted = await concierge.admitTo(slug, personId, 'POST /api/communities/:slug/import/preview');
    if (!admitted.ok) return admitted;
    const read = readImport(sheet);
    if (!read.ok) return read;
    const { people, problems, unused } = read.value;
    const emails = people.map(({ email }) => email);
    const known = await store.known(admitted.value.community.communityId, emails, now());
    if (!known.ok) return known;
    const seen = people.map(({ line, email, role, profile }) => {
      return { line, email, role, name: profile.name, outcome: outcomeOf(email, known.value) };
    });
    return ok({ people: seen, problems, unused });
  }

  /** As the preview of the same file says; what cannot be used is left out. */
  async import(
    slug: string,
    personId: string,
    { sheet, lang }: { sheet: Uint8Array; lang: Lang },
  ): Answer<Imported> {
    const { store, concierge, limiter, tokens, now } = this.#deps;
    const turn = await takeTurn(limiter, 'import', personId);
    if (!turn.ok) return turn;
    const admitted = await concierge.admitTo(slug, personId, 'POST /api/communities/:slug/import');
    if (!admitted.ok) return admitted;
    const read = readImport(sheet);
    if (!read.ok) return read;
    const { people, problems } = read.value;
    const { community, asker } = admitted.value;
    const at = now();
    const expiresAt = at + EMAIL_INVITATION_DAYS * DAY_MS;
    const by = { communityId: community.communityId, invitedBy: asker.personId, lang, at, expiresAt };
    const written = people.map((person) => {
      return { ...person, personId: randomUUID(), invitationId: tokens.newId() };
    });
    const known = await store.importPeople(by, written, INVITATIONS_MAX);
    if (!known.ok) return known;
    if (known.value === 'full') return fail({ kind: 'full' });
    const before = known.value;
    const invited = written.filter(({ email }) => outcomeOf(email, before) === 'invite');
    for (const { invitationId, email, role } of [...invited, ...cutShort(written, before)]) {
      const end = before.invited.get(email)?.expiresAt ?? expiresAt;
      const days = Math.ceil((end - at) / DAY_MS);
      const sent = await this.#deps.mails.invite(community, [{ invitationId, email, role }], {
        invitedBy: asker.name,
        lang,
        days,
      });
      if (!sent) return fail({ kind: 'unavailable' });
    }
    return ok({ invited: invited.length, leftOut: problems.length });
  }
}

/**
 * Who was invited before: where an earlier import was cut off between the database and the emails, theirs are ordered now. One
 * that was ordered is not a second time.
 */
function cutShort<P extends { email: string; invitationId: string }>(
  people: readonly P[],
  { invited }: Known,
): P[] {
  return people.flatMap((person) => {
    const pending = invited.get(person.email);
    return pending ? [{ ...person, invitationId: pending.invitationId }] : [];
  });
}

function outcomeOf(email: string, { members, invited }: Known): 'member' | 'invited' | 'invite' {
  if (members.has(email)) return 'member';
  return invited.has(email) ? 'invited' : 'invite';
}
