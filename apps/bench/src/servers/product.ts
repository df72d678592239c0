import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../setup.ts';
import { startProgram, type Running } from './child.ts';

export interface Product extends Running {
  /** Address of its embedded database, as long as it runs. */
  databaseUrl(): Promise<string>;
  /** Makes a meeting and answers its code. */
  createMeeting(): Promise<string>;
}

/** The product as `npm start` runs it, but on loopback, free ports and a data folder of its own. */
export async function startProduct(options: {
  env: Record<string, string | undefined>;
  pages: boolean;
  profileDir?: string | undefined;
  /** Other than those above, and not from the environment. */
  settings?: Record<string, string>;
  /** Where it is to run and be reached; by default here, on loopback. */
  machine?: { address: string; prefix: readonly string[] };
}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-bench-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  const { profileDir, machine } = options;
  try {
    const running = await startProgram({
      file: join(ROOT, 'apps/server/src/main.ts'),
      ...(machine && { prefix: machine.prefix }),
      nodeArgs: profileDir ? ['--cpu-prof', '--cpu-prof-dir', profileDir] : [],
      env: {
        ...withoutSettings(options.env),
        NODE_ENV: 'production',
        PORT: '0',
        HOST: machine?.address ?? '127.0.0.1',
        RELAIS_DATA_DIR: dataDir,
        RELAIS_MEDIA_PORT: '0',
        RELAIS_MEDIA_ADDRESS: machine?.address ?? '127.0.0.1',
        RELAIS_WEB: options.pages ? 'on' : 'off',
        LOG_LEVEL: 'warn',
        ...options.settings,
      },
    });
    const url = machine ? running.url.replace('127.0.0.1', machine.address) : running.url;
    return {
      ...running,
      url,
      stop: () => running.stop().finally(remove),
      databaseUrl: () => databaseUrlOf(dataDir),
      createMeeting: () => createMeeting(url),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A DATABASE_URL or the like of the person's own must not be what is measured, or written to. */
function withoutSettings(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const own = (name: string) => name.startsWith('RELAIS_') || ['DATABASE_URL', 'REDIS_URL'].includes(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own(name)));
}

/** The fifth line of `postmaster.pid` is the folder of the server's socket. */
async function databaseUrlOf(dataDir: string): Promise<string> {
  const lines = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const query = new URLSearchParams({ host: lines[4] ?? '', port: '5432', user: 'relais' });
  return `postgresql:///postgres?${query.toString()}`;
}

async function createMeeting(url: string): Promise<string> {
  const response = await fetch(`${url}/api/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Table de concertation' }),
  });
  const answer = (await response.json()) as { value?: { code?: string } };
  if (!answer.value?.code) throw new Error(`No meeting was made: ${JSON.stringify(answer)}`);
  return answer.value.code;
}
