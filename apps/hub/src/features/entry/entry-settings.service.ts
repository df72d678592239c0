import { randomBytes } from 'node:crypto';
import { may, type HttpRoute, type Role } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { MeetingCode, MeetingId, Refusal } from '@relais/protocol';
import type { Entry, EntryBody, GuestLink, GuestLinkBody } from '@relais/protocol/entry';
import { GUEST_LINKS_MAX } from '@relais/protocol/entry-limits';
import type { EntryStore, StoredLink } from '../../ports/entry-store.ts';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import { LOG_AWAY } from '../meeting/aggregate.ts';
import type { GuestTokens } from './guest-tokens.ts';

export interface EntrySettingsDeps {
  store: EntryStore;
  tokens: GuestTokens;
  log: Pick<MeetingLog, 'findByCode'>;
  /** Who somebody is to a meeting by the key that they give [ROLE-1]. */
  roleBy: (meetingId: MeetingId, key: string) => Role;
  now: () => number;
}

/** The meeting that is asked about, and the key that is to open it. */
export interface Asked {
  code: MeetingCode;
  key: string;
  /** The account of whoever asks, for the register; undefined: none is known. */
  by?: string | undefined;
}

const DAY_MS = 86_400_000;

/** [ENTRY-3] [GUEST-1] Who runs a meeting says who may enter, and makes links for guests: by its key, without a seat in it. */
export class EntrySettingsService {
  readonly #deps: EntrySettingsDeps;

  constructor(deps: EntrySettingsDeps) {
    this.#deps = deps;
  }

  async read(asked: Asked): Promise<Result<Entry, Refusal>> {
    return this.#allowed('GET /api/meetings/:code/entry', asked, async (meetingId) => {
      const { store } = this.#deps;
      const [found, invited] = await Promise.all([store.find(meetingId), store.invited(meetingId)]);
      if (!found.ok || !invited.ok) return fail(LOG_AWAY);
      const { rule, communityId = null } = found.value;
      return ok({ rule, invited: invited.value, community: communityId });
    });
  }

  /** A meeting of no community cannot be kept for its members: nobody would come in. */
  async save(asked: Asked, { rule, invited }: EntryBody): Promise<Result<Record<string, never>, Refusal>> {
    return this.#allowed('PUT /api/meetings/:code/entry', asked, async (meetingId) => {
      const { store, now } = this.#deps;
      const found = await store.find(meetingId);
      if (!found.ok) return fail(LOG_AWAY);
      const { communityId } = found.value;
      if (rule === 'community' && communityId === undefined) {
        return fail({ kind: 'invalidInput', issues: ['rule: the meeting is of no community'] });
      }
      // Who is meant before the rule that keeps the others out.
      const listed = await store.setInvited(meetingId, invited);
      const saved = listed.ok
        ? await store.save(meetingId, { rule, communityId }, { actorId: asked.by, at: now() })
        : listed;
      return saved.ok ? ok({}) : fail(LOG_AWAY);
    });
  }

  async links(asked: Asked): Promise<Result<{ links: GuestLink[] }, Refusal>> {
    return this.#allowed('GET /api/meetings/:code/guest-links', asked, async (meetingId) => {
      const found = await this.#deps.store.links(meetingId);
      if (!found.ok) return fail(LOG_AWAY);
      return ok({
        links: found.value.map(({ revokedAt, ...link }) => ({
          ...link,
          token: this.#deps.tokens.sign(meetingId, link.linkId),
          ...(revokedAt !== undefined && { revokedAt }),
        })),
      });
    });
  }

  async makeLink(asked: Asked, { label, days, seats }: GuestLinkBody): Promise<Result<GuestLink, Refusal>> {
    return this.#allowed('POST /api/meetings/:code/guest-links', asked, async (meetingId) => {
      const { store, tokens, now } = this.#deps;
      const createdAt = now();
      const linkId = randomBytes(9).toString('base64url');
      const link: StoredLink = { linkId, label, seats, createdAt, expiresAt: createdAt + days * DAY_MS };
      const added = await store.addLink(meetingId, link, GUEST_LINKS_MAX, {
        actorId: asked.by,
        at: createdAt,
      });
      if (!added.ok) return fail(LOG_AWAY);
      if (!added.value) return fail({ kind: 'tooManyLinks' });
      return ok({ ...link, token: tokens.sign(meetingId, linkId), taken: 0 });
    });
  }

  async revokeLink(asked: Asked, linkId: string): Promise<Result<Record<string, never>, Refusal>> {
    return this.#allowed('DELETE /api/meetings/:code/guest-links/:linkId', asked, async (meetingId) => {
      const at = this.#deps.now();
      const revoked = await this.#deps.store.revoke(meetingId, linkId, at, { actorId: asked.by, at });
      if (!revoked.ok) return fail(LOG_AWAY);
      return revoked.value ? ok({}) : fail({ kind: 'unknownId', id: linkId });
    });
  }

  async #allowed<T>(
    route: HttpRoute,
    { code, key }: Asked,
    act: (meetingId: MeetingId) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    const head = await this.#deps.log.findByCode(code);
    if (!head.ok) return fail(LOG_AWAY);
    if (!head.value) return fail({ kind: 'meetingNotFound' });
    const { meetingId } = head.value;
    return may(this.#deps.roleBy(meetingId, key), route) ? act(meetingId) : fail({ kind: 'notAllowed' });
  }
}
