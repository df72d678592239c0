import { databaseFailure, mails, type Database } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import { and, desc, eq, gt, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Outbox, StoredLetter } from '../ports/outbox.ts';

type Row = typeof mails.$inferSelect;

const toStored = ({ recipient, lang, ics, createdAt, doneAt, ...row }: Row): StoredLetter => ({
  key: row.key,
  kind: row.kind,
  to: recipient,
  lang: lang === 'en' ? 'en' : 'fr',
  subject: row.subject,
  text: row.text,
  html: row.html,
  ics: ics ?? undefined,
  state: row.state,
  tries: row.tries,
  error: row.error,
  createdAt: createdAt.getTime(),
  doneAt: doneAt?.getTime(),
});

const NO_TEXT = { text: '', html: '', ics: null };
/** What is left of a letter that is forgotten: that its key was ordered. */
const FORGOTTEN = { ...NO_TEXT, state: 'failed', recipient: '', subject: '', error: '' } as const;
const isKnown = ne(mails.recipient, '');

export function createPostgresOutbox({ orm, logger }: Database): Outbox {
  async function attempt<T>(query: () => Promise<T>): Promise<Result<T, { kind: 'unavailable' }>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, 'the outbox is unavailable');
      return fail({ kind: 'unavailable' });
    }
  }
  const done = async (query: () => Promise<unknown>) => {
    const result = await attempt(query);
    return result.ok ? ok(undefined) : result;
  };
  const isUseful = (at: Date) => or(isNull(mails.usefulUntil), gt(mails.usefulUntil, at));
  const isPending = inArray(mails.state, ['waiting', 'sending']);

  return {
    put: ({ to, ics, ...letter }, { at, usefulUntil }) =>
      done(() =>
        orm
          .insert(mails)
          .values({
            ...letter,
            recipient: to,
            ics: ics ?? null,
            dueAt: new Date(at),
            createdAt: new Date(at),
            usefulUntil: usefulUntil === undefined ? null : new Date(usefulUntil),
          })
          .onConflictDoNothing({ target: mails.key }),
      ),
    expire: (at) =>
      done(() =>
        orm
          .update(mails)
          .set({ ...NO_TEXT, state: 'failed', error: 'tooLate', doneAt: new Date(at) })
          // One that is being sent just now may still arrive.
          .where(
            and(
              isPending,
              lte(mails.usefulUntil, new Date(at)),
              or(eq(mails.state, 'waiting'), lte(mails.dueAt, new Date(at))),
            ),
          ),
      ),
    claim: ({ at, leaseUntil, most }) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          const now = new Date(at);
          // What another hub is claiming just now is passed over.
          const due = await tx
            .select({ key: mails.key })
            .from(mails)
            .where(and(isPending, lte(mails.dueAt, now), isUseful(now)))
            .orderBy(mails.dueAt)
            .limit(most)
            .for('update', { skipLocked: true });
          if (due.length === 0) return [];
          const keys = due.map(({ key }) => key);
          const claimed = await tx
            .update(mails)
            .set({ state: 'sending', dueAt: new Date(leaseUntil), tries: sql`${mails.tries} + 1` })
            .where(inArray(mails.key, keys))
            .returning();
          return claimed.map(toStored);
        }),
      ),
    sent: (key, at) =>
      done(() =>
        orm
          .update(mails)
          .set({ ...NO_TEXT, state: 'sent', error: '', doneAt: new Date(at) })
          .where(eq(mails.key, key)),
      ),
    again: (key, { tries, dueAt, error }) =>
      done(() =>
        orm
          .update(mails)
          .set({ state: 'waiting', dueAt: new Date(dueAt), error })
          .where(and(eq(mails.key, key), eq(mails.state, 'sending'), eq(mails.tries, tries))),
      ),
    failed: (key, { tries, at, error }) =>
      done(() =>
        orm
          .update(mails)
          .set({ ...NO_TEXT, state: 'failed', error, doneAt: new Date(at) })
          .where(and(eq(mails.key, key), isPending, eq(mails.tries, tries))),
      ),
    async list({ before, most, state }) {
      const since = before && new Date(before.createdAt);
      const isBefore =
        before &&
        since &&
        or(lt(mails.createdAt, since), and(eq(mails.createdAt, since), lt(mails.key, before.key)));
      const found = await attempt(() =>
        orm
          .select()
          .from(mails)
          .where(and(isKnown, state && eq(mails.state, state), isBefore))
          .orderBy(desc(mails.createdAt), desc(mails.key))
          .limit(most),
      );
      return found.ok ? ok(found.value.map(toStored)) : found;
    },
    async forget(before) {
      const isOld = lt(mails.createdAt, new Date(before));
      const removed = await done(() =>
        orm.delete(mails).where(and(isOld, lt(mails.usefulUntil, new Date(before)))),
      );
      return removed.ok ? done(() => orm.update(mails).set(FORGOTTEN).where(and(isOld, isKnown))) : removed;
    },
  };
}
