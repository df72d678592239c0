import { randomUUID } from 'node:crypto';
import { createDatabase, type Database } from '@relais/db';
import { sql } from 'drizzle-orm';
import { CODE_LETTERS } from '@relais/protocol/limits';

/**
 * How long one message takes to be in the product's own PostgreSQL for good, in milliseconds: a statement of the
 * same shape as the product's, through the same client library, on the same database while nothing else goes on.
 */
export async function measureAppends(databaseUrl: string, count: number): Promise<number[]> {
  const database = createDatabase({ url: databaseUrl });
  try {
    const meetingId = await createMeeting(database);
    const times: number[] = [];
    for (let version = 1; version <= count; version++) {
      const began = performance.now();
      await append(database, meetingId, version);
      times.push(performance.now() - began);
    }
    // The first ones prepare the connection.
    return times.slice(Math.min(20, count >> 1));
  } finally {
    await database.close();
  }
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

async function append({ orm }: Database, meetingId: string, version: number): Promise<void> {
  const payload = JSON.stringify([
    {
      type: 'messagePosted',
      participantId: meetingId,
      name: 'Participante 1',
      clientMessageId: randomUUID(),
      text: 'Bonjour à toutes et à tous, le compte rendu de mardi est prêt ; dites-moi ce qui y manque.',
      at: Date.now(),
    },
  ]);
  await orm.execute(sql`
    with head as (
      update meetings set version = version + 1 where meeting_id = ${meetingId} and version = ${version}
      returning meeting_id, version
    )
    insert into meeting_events (meeting_id, version, type, payload, at)
    select head.meeting_id, head.version, event->>'type', event, now()
    from head, jsonb_array_elements(${payload}::jsonb) as event`);
}
