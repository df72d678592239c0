import { silentLogger, startEmbeddedPostgres, withClient } from '@relais/db';
import { leaveAsFormerVersion } from '@relais/testing/former-rows';
import { startTestPostgres } from '@relais/testing/test-postgres';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const KEEP = fileURLToPath(new URL('keep.ts', import.meta.url));
const MESSAGES = `select payload->>'text' as text from meeting_events where type = 'messagePosted'`;
const SAID = [{ text: '« Bonjour »\n<b>à</b> tous 🌲' }];

let folder: string;
let dump: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-keep-'));
  dump = join(folder, 'relais.dump');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command as `npm run backup` and `npm run restore` give it. */
function keep(args: string[], env: Record<string, string>): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const all = { ...process.env, DATABASE_URL: '', RELAIS_DATA_DIR: '', ...env };
    const child = execFile('node', [KEEP, ...args], { env: all }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, said: stdout + stderr }),
    );
  });
}

const said = (url: string) =>
  withClient(url, async (client) => (await client.query<{ text: string }>(MESSAGES)).rows);

it(
  '[KEEP-2] [KEEP-3] commands take what is kept from the embedded database, running or not, to a server and back',
  {
    timeout: 300_000, // some processes and databases, one after another
  },
  async () => {
    const from = join(folder, 'from');
    const running = await startEmbeddedPostgres({ dataDir: from, logger: silentLogger });
    await leaveAsFormerVersion(running.url, 3);
    const backed = await keep(['backup', dump], { RELAIS_DATA_DIR: from });
    expect(backed).toMatchObject({ code: 0, said: expect.stringContaining('8 rows') as string });

    const refused = await keep(['restore', dump], { RELAIS_DATA_DIR: from });
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('in use by another') as string });
    await running.close();
    const stopped = join(folder, 'stopped.dump');
    expect(await keep(['backup', stopped], { RELAIS_DATA_DIR: from })).toMatchObject({ code: 0 });

    const postgres = await startTestPostgres();
    try {
      const server = await postgres.emptyDatabase();
      expect(await keep(['restore', stopped], { DATABASE_URL: server })).toMatchObject({ code: 0 });
      expect(await said(server)).toEqual(SAID);
      expect(await keep(['restore', dump], { DATABASE_URL: server })).toMatchObject({
        code: 1,
        said: expect.stringContaining('--replace') as string,
      });
      const again = join(folder, 'again.dump');
      expect(await keep(['backup', again], { DATABASE_URL: server })).toMatchObject({ code: 0 });

      const to = join(folder, 'to');
      expect(await keep(['restore', again], { RELAIS_DATA_DIR: to })).toMatchObject({ code: 0 });
      const restored = await startEmbeddedPostgres({ dataDir: to, logger: silentLogger });
      expect(await said(restored.url)).toEqual(SAID);
      await restored.close();
    } finally {
      await postgres.close();
    }
  },
);

it('says how it is used, and where there is nothing to back up', async () => {
  expect(await keep(['restore'], {})).toMatchObject({
    code: 1,
    said: expect.stringContaining('npm run restore -- FILE') as string,
  });
  const none = await keep(['backup', join(folder, 'x')], { RELAIS_DATA_DIR: join(folder, 'none') });
  expect(none).toMatchObject({ code: 1, said: expect.stringContaining('There is no database in') as string });
});
