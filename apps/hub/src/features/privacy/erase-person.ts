import {
  calendarAttendees,
  communityInvitations,
  mails,
  meetingInvited,
  people,
  proofs,
  type Database,
} from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import type { EraseBody } from '@relais/protocol/privacy';
import { and, eq, ne, or, sql } from 'drizzle-orm';
import { attempt, type Unavailable } from './attempt.ts';
import type { Register } from './register.ts';

type Transaction = Parameters<Parameters<Database['orm']['transaction']>[0]>[0];
export type NotErased = Unavailable | { kind: 'lastAdministrator' } | { kind: 'unknownId' };

/** Any number that no other lock of this program has: "erase" in ASCII. */
const ERASE_LOCK = 0x6572617365;
/** What stands where a name or an address stood. It is stored, and read by people of either language. */
export const ERASED_NAME = 'Personne effacée';
export const ERASED_TEXT = '[Message effacé à la demande de son auteur]';

/** [PRIV-4] [PRIV-5] All of a person, in one transaction: either it is gone, or nothing is. */
export async function erasePerson(
  database: Database,
  register: Register,
  personId: string,
  messages: EraseBody['messages'],
): Promise<Result<void, NotErased>> {
  const done = await attempt(database, () =>
    database.orm.transaction(async (tx): Promise<Result<void, NotErased>> => {
      // Of two last administrators who erase themselves at once, the second sees that the first is gone.
      await tx.execute(sql`select pg_advisory_xact_lock(${ERASE_LOCK})`);
      const [person] = await tx.select().from(people).where(eq(people.id, personId)).for('update');
      if (!person) return fail({ kind: 'unknownId' });
      if (person.isAdministrator && !(await hasOtherAdministrator(tx, personId)))
        return fail({ kind: 'lastAdministrator' });
      await eraseInMeetings(tx, { personId, email: person.email, messages });
      await eraseAddress(tx, { personId, email: person.email });
      await tx.delete(people).where(eq(people.id, personId));
      await register.writeWith(tx, { kind: 'personErased' });
      return ok(undefined);
    }),
  );
  return done.ok ? done.value : done;
}

async function hasOtherAdministrator(tx: Transaction, personId: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.isAdministrator, true), ne(people.id, personId)))
    .limit(1);
  return other !== undefined;
}

/**
 * The one place that rewrites events. Versions, instants and seats stay as they were, so that every hub and every browser goes on
 * counting as before; only what tells who it was is replaced.
 */
async function eraseInMeetings(
  tx: Transaction,
  { personId, email, messages }: { personId: string; email: string; messages: EraseBody['messages'] },
): Promise<void> {
  const name = JSON.stringify(ERASED_NAME);
  const text = JSON.stringify(ERASED_TEXT);
  const theirs = sql`select meeting_id, payload->>'participantId' as participant_id from meeting_events
    where type = 'participantJoined' and payload->>'personId' = ${personId}`;
  await tx.execute(sql`with theirs as (${theirs})
    update meeting_events e set payload =
      case when e.type = 'messagePosted' and ${messages} = 'erase'
        then jsonb_set(jsonb_set(e.payload, '{name}', ${name}::jsonb), '{text}', ${text}::jsonb)
        else jsonb_set(e.payload, '{name}', ${name}::jsonb) - 'personId' end
    from theirs where e.meeting_id = theirs.meeting_id
      and e.payload->>'participantId' = theirs.participant_id and e.payload ? 'name'`);
  // Lists of sub-groups may name an address, in the letters that whoever wrote it chose.
  const quoted = JSON.stringify(email);
  await tx.execute(sql`update meeting_events
    set payload = regexp_replace(payload::text, ${quoted.replaceAll(/[.*+?^$()[\]{}|\\]/g, String.raw`\$&`)}, ${name}, 'gi')::jsonb
    where strpos(lower(payload::text), ${quoted.toLowerCase()}) > 0`);
}

/** What hangs on the address and not on the account. */
async function eraseAddress(
  tx: Transaction,
  { personId, email }: { personId: string; email: string },
): Promise<void> {
  // Of what was sent long ago the key alone is left, in which their id may stand.
  await tx
    .delete(mails)
    .where(sql`lower(${mails.recipient}) = ${email} or strpos(${mails.key}, ${personId}) > 0`);
  await tx.delete(communityInvitations).where(eq(communityInvitations.email, email));
  await tx.delete(meetingInvited).where(eq(meetingInvited.email, email));
  await tx
    .delete(calendarAttendees)
    .where(or(eq(calendarAttendees.personId, personId), eq(calendarAttendees.email, email)));
  await tx
    .delete(proofs)
    .where(sql`strpos(${proofs.value}, ${email}) > 0 or strpos(${proofs.value}, ${personId}) > 0`);
}
