import { withClient } from '@relais/db';

/** A meeting of the calendar begins then, in milliseconds since 1970: tests do not live the days until it does. */
export async function beginsAt(databaseUrl: string, code: string, startsAt: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      `update calendar_meetings set starts_at = $2
       where meeting_id = (select meeting_id from meetings where code = $1)`,
      [code, new Date(startsAt)],
    );
    if (rowCount !== 1) throw new Error(`there is no meeting ${code}`);
  });
}
