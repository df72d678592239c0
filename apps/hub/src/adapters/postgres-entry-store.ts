import {
  databaseFailure,
  guestLinks,
  guestSeats,
  meetingEntries,
  meetingInvited,
  type Database,
} from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Coming, EntryStore } from '../ports/entry-store.ts';
import type { Unavailable } from '../ports/people-store.ts';
import { writeEntry, type Act, type Writer } from './register-rows.ts';

export function createPostgresEntryStore({ orm, logger }: Database): EntryStore {
  async function attempt<T>(query: () => Promise<T>): Promise<Result<T, Unavailable>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, 'who may enter meetings is unavailable');
      return fail({ kind: 'unavailable' });
    }
  }
  const done = async (query: () => Promise<unknown>) => {
    const result = await attempt(query);
    return result.ok ? ok(undefined) : result;
  };
  const rowsOf = (meetingId: string, emails: readonly string[]) =>
    emails.map((email) => ({ meetingId, email }));
  const isLink = (meetingId: string, linkId: string) =>
    and(eq(guestLinks.id, linkId), eq(guestLinks.meetingId, meetingId));

  return {
    async find(meetingId) {
      const found = await attempt(() =>
        orm.select().from(meetingEntries).where(eq(meetingEntries.meetingId, meetingId)).limit(1),
      );
      if (!found.ok) return found;
      const [row] = found.value;
      return ok({ rule: row?.rule ?? 'anyone', communityId: row?.communityId ?? undefined });
    },
    save: (meetingId, { rule, communityId = null }, by) =>
      done(() =>
        orm.transaction(async (tx) => {
          await tx
            .insert(meetingEntries)
            .values({ meetingId, rule, communityId })
            .onConflictDoUpdate({ target: meetingEntries.meetingId, set: { rule, communityId } });
          await tell(tx, 'entryChanged', meetingId, by);
        }),
      ),
    async invited(meetingId) {
      const { email } = meetingInvited;
      const found = await attempt(() =>
        orm
          .select({ email })
          .from(meetingInvited)
          .where(eq(meetingInvited.meetingId, meetingId))
          .orderBy(email),
      );
      return found.ok ? ok(found.value.map((row) => row.email)) : found;
    },
    async isInvited(meetingId, email) {
      const found = await attempt(() =>
        orm.execute(sql`
          select 1 from meeting_invited where meeting_id = ${meetingId} and email = ${email}
          union all
          select 1 from calendar_attendees
            where meeting_id = ${meetingId} and lower(email) = ${email} and state = 'confirmed'
          limit 1`),
      );
      return found.ok ? ok((found.value.rowCount ?? 0) > 0) : found;
    },
    setInvited: (meetingId, emails) =>
      done(() =>
        orm.transaction(async (tx) => {
          await tx.delete(meetingInvited).where(eq(meetingInvited.meetingId, meetingId));
          if (emails.length === 0) return;
          await tx.insert(meetingInvited).values(rowsOf(meetingId, emails)).onConflictDoNothing();
        }),
      ),
    invite: (meetingId, emails) =>
      emails.length === 0
        ? Promise.resolve(ok(undefined))
        : done(() => orm.insert(meetingInvited).values(rowsOf(meetingId, emails)).onConflictDoNothing()),
    async addLink(meetingId, { linkId, label, seats, createdAt, expiresAt }, most, by) {
      return attempt(() =>
        orm.transaction(async (tx) => {
          const now = new Date(createdAt);
          const isGood = sql`revoked_at is null and expires_at > ${now}`;
          const added = await tx.execute(sql`
            insert into guest_links (id, meeting_id, label, seats, created_at, expires_at)
            select ${linkId}, ${meetingId}, ${label}, ${seats}::int, ${now}, ${new Date(expiresAt)}
            where (select count(*) from guest_links where meeting_id = ${meetingId} and ${isGood}) < ${most}`);
          if (added.rowCount !== 1) return false;
          await tx.execute(sql`
            delete from guest_links where id in (
              select id from guest_links where meeting_id = ${meetingId} and not (${isGood})
              order by created_at desc offset ${most})`);
          await tell(tx, 'guestLinkMade', meetingId, by);
          return true;
        }),
      );
    },
    async links(meetingId) {
      const found = await attempt(() =>
        orm
          .select({ link: guestLinks, taken: count(guestSeats.participantId) })
          .from(guestLinks)
          .leftJoin(guestSeats, eq(guestSeats.linkId, guestLinks.id))
          .where(eq(guestLinks.meetingId, meetingId))
          .groupBy(guestLinks.id)
          .orderBy(desc(guestLinks.createdAt)),
      );
      if (!found.ok) return found;
      return ok(
        found.value.map(({ link: { id, label, seats, createdAt, expiresAt, revokedAt }, taken }) => ({
          linkId: id,
          label,
          seats,
          createdAt: createdAt.getTime(),
          expiresAt: expiresAt.getTime(),
          revokedAt: revokedAt?.getTime(),
          taken,
        })),
      );
    },
    async revoke(meetingId, linkId, at, by) {
      return attempt(() =>
        orm.transaction(async (tx) => {
          const revoked = await tx
            .update(guestLinks)
            .set({ revokedAt: sql`coalesce(${guestLinks.revokedAt}, ${new Date(at)})` })
            .where(isLink(meetingId, linkId))
            .returning({ id: guestLinks.id });
          if (revoked.length === 0) return false;
          await tell(tx, 'guestLinkRevoked', meetingId, by);
          return true;
        }),
      );
    },
    come: (meetingId, linkId, participantId, at) =>
      attempt(() =>
        orm.transaction(async (tx): Promise<Coming> => {
          // Who asks at once waits for the one before: seats are counted one after another.
          const [link] = await tx.select().from(guestLinks).where(isLink(meetingId, linkId)).for('update');
          if (!link) return 'unknown';
          if (link.revokedAt) return 'revoked';
          const taken = await tx.select().from(guestSeats).where(eq(guestSeats.linkId, linkId));
          if (taken.some((seat) => seat.participantId === participantId)) return 'back';
          if (link.expiresAt.getTime() <= at) return 'expired';
          if (taken.length >= link.seats) return 'usedUp';
          await tx.insert(guestSeats).values({ linkId, participantId, at: new Date(at) });
          return 'taken';
        }),
      ),
    giveBack: (linkId, participantId) =>
      done(() =>
        orm
          .delete(guestSeats)
          .where(and(eq(guestSeats.linkId, linkId), eq(guestSeats.participantId, participantId))),
      ),
  };
}

/** [PRIV-6] */
async function tell(
  tx: Writer,
  kind: 'entryChanged' | 'guestLinkMade' | 'guestLinkRevoked',
  meetingId: string,
  by: Act | undefined,
): Promise<void> {
  if (by) await writeEntry(tx, { kind, actorId: by.actorId, meetingId }, by.at);
}
