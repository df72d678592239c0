import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentForLibraries, findBinaries } from '@relais/db/binaries';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INFRA, run, type Said } from './tool.ts';

const SETTINGS = join(INFRA, 'postgres', 'relais.conf');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-test-infra-postgres-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** PostgreSQL reads the whole file to answer this, and refuses it as it would when it starts. */
async function valueOf(name: string, file = SETTINGS): Promise<Said> {
  const binaries = await findBinaries(folder);
  const args = ['-C', name, '-D', folder, '-c', `config_file=${file}`];
  return run(join(binaries.folder, 'bin', 'postgres'), args, environmentForLibraries(binaries));
}

test('PostgreSQL takes the settings, and keeps what was acknowledged through a power cut', async () => {
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const said = await valueOf(name);
    expect(said.code, said.output).toBe(0);
    expect(said.output).toMatch(/^on$/m);
  }
  expect((await valueOf('log_parameter_max_length')).output).toMatch(/^0$/m);
});

test('a setting that PostgreSQL does not know would be seen by this test', async () => {
  const wrong = join(folder, 'wrong.conf');
  await writeFile(wrong, 'max_wall_size = 2GB\n');
  expect((await valueOf('fsync', wrong)).code).not.toBe(0);
});
