import type { Database } from '@relais/db';
import { sql } from 'drizzle-orm';
import { risingId } from './register-rows.ts';

/**
 * [PRIV-8] The page of sign-in says that whoever signs in agrees to what the page on personal information says: the register keeps the
 * first time, however they signed in and whoever made the account.
 */
export async function noteConsent(
  { orm }: { orm: Pick<Database['orm'], 'execute'> },
  personId: string,
  at: number,
): Promise<void> {
  await orm.execute(sql`
    insert into register_entries (id, kind, actor_id, subject_id, at)
    select ${risingId(at)}, 'privacyAccepted', p.id, p.id, ${new Date(at)} from people p
    where p.id = ${personId} and not exists
      (select 1 from register_entries r where r.subject_id = p.id and r.kind = 'privacyAccepted')`);
}
