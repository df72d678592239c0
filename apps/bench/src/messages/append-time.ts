import { randomUUID } from 'node:crypto';
import { createDatabase, type Database, meetingEvents, meetings } from '@relais/db';
import { CODE_LETTERS } from '@relais/protocol/limits';
import { and, eq, sql } from 'drizzle-orm';

/** Appends one message to a meeting of its own, and answers how long that took, in milliseconds. */
export interface Appender {
  once(): Promise<number>;
  close(): Promise<void>;
}

/**
 * How long one message takes to be in the product's own PostgreSQL for good: a statement of the same shape as the
 * product's, prepared as it is there, through the same client library, on the same database, while it does nothing
 * else.
 */
export async function createAppender(databaseUrl: string): Promise<Appender> {
  const database = createDatabase({ url: databaseUrl });
  const meetingId = await createMeeting(database);
  const append = prepareAppend(database.orm);
  let version = 1;
  return {
    async once() {
      const began = performance.now();
      const event = JSON.stringify({ ...EVENT, clientMessageId: randomUUID(), at: Date.now() });
      await append.execute({ meetingId, version, event });
      version += 1;
      return performance.now() - began;
    },
    close: () => database.close(),
  };
}

const EVENT = {
  type: 'messagePosted',
  participantId: randomUUID(),
  name: 'Participante 1',
  text: 'Bonjour à toutes et à tous, le compte rendu de mardi est prêt ; dites-moi avant vendredi ce qui y manque.',
};

function prepareAppend(orm: Database['orm']) {
  const head = orm.$with('head').as(
    orm
      .update(meetings)
      .set({ version: sql`${meetings.version} + 1` })
      .where(
        and(
          eq(meetings.meetingId, sql.placeholder('meetingId')),
          eq(meetings.version, sql.placeholder('version')),
        ),
      )
      .returning({ meetingId: meetings.meetingId, version: meetings.version }),
  );
  return orm
    .with(head)
    .insert(meetingEvents)
    .select(
      sql`
      select head.meeting_id, head.version, event.payload->>'type', event.payload, now()
      from head, (select ${sql.placeholder('event')}::jsonb as payload) as event`,
    )
    .prepare('bench_append');
}

async function createMeeting({ orm }: Database): Promise<string> {
  const meetingId = randomUUID();
  const code = Array.from({ length: 12 }, (_, i) => (i === 3 || i === 8 ? '-' : letter())).join('');
  await orm.execute(sql`
    insert into meetings (meeting_id, code, title, version, created_at)
    values (${meetingId}, ${code}, 'Mesures', 1, now())`);
  return meetingId;
}

const letter = () => CODE_LETTERS[Math.floor(Math.random() * CODE_LETTERS.length)];
