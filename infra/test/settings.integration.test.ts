import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
// infra/ is no part of the product: it may look at what the server reads, to be sure that it says nothing else.
import { readConfig } from '../../apps/server/src/config.ts';
import { INFRA, run } from './tool.ts';

type Env = Record<string, string>;

const SECRET = 'x'.repeat(48);
let secrets: Env;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-test-settings-'));
  const made = join(folder, 'secrets');
  await writeFile(made, (await run(join(INFRA, 'make-secrets.sh'), [])).output);
  secrets = await envFile(made);
});
afterAll(() => rm(folder, { recursive: true }));

/** Says no other name than the server reads, and nothing that it refuses. */
function expectTaken(env: Env, where: string): void {
  const read = readConfig(env);
  expect(read, where).toMatchObject({ ok: true });
  const unknown = Object.keys(env).filter((name) => read.ok && !(name in read.value) && env[name] !== '');
  expect(unknown, where).toEqual([]);
}

async function envFile(path: string): Promise<Env> {
  const lines = (await readFile(path, 'utf8')).matchAll(/^(\w+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

test("the server takes every hub's and media node's settings of the compose file", async () => {
  const given = { ...(await envFile(join(INFRA, 'compose', '.env.example'))), ...secrets };
  const text = await readFile(join(INFRA, 'compose', 'compose.yaml'), 'utf8');
  const filled = text.replace(
    /\$\{(\w+)(?::[?-]([^}]*))?\}/g,
    (_, name: string, otherwise = '') => given[name] || (otherwise as string),
  );
  const { services } = parse(filled, { merge: true }) as { services: Record<string, { environment: Env }> };
  for (const name of ['hub1', 'hub2', 'sfu1', 'sfu2']) expectTaken(services[name]?.environment ?? {}, name);
});

test("the server takes every hub's and media node's settings of the Kubernetes manifests", async () => {
  for (const role of ['hub', 'sfu']) {
    const [manifest] = parseAllDocuments(await readFile(join(INFRA, 'kubernetes', `${role}.yaml`), 'utf8'));
    const list = manifest?.getIn(['spec', 'template', 'spec', 'containers', 0, 'env']);
    const variables = JSON.parse(JSON.stringify(list)) as { name: string; value?: string }[];
    expectTaken(Object.fromEntries(variables.map(({ name, value }) => [name, value ?? example(name)])), role);
  }
});

/** A right value for what comes from elsewhere in the cluster. */
function example(name: string): string {
  const examples: Env = {
    DATABASE_URL: 'postgres://relais:x@postgres:5432/relais',
    REDIS_URL: 'redis://:x@redis:6379',
    TURN_URLS: 'turn:turn.example.org',
    RELAIS_DRAIN_SECONDS: '60',
    RELAIS_PUBLIC_URL: 'https://relais.example.org',
    LOG_LEVEL: 'info',
  };
  return examples[name] ?? (/ADDRESS$|^HOST$/.test(name) ? '10.0.0.7' : SECRET);
}

test('the server takes the settings of the systemd units', async () => {
  for (const role of ['hub', 'sfu']) {
    const env = await envFile(join(INFRA, 'systemd', `${role}.env.example`));
    const filled = Object.entries(env).map(([name, value]) => [name, value || SECRET]);
    expectTaken({ ...Object.fromEntries(filled), RELAIS_ROLE: role } as Env, role);
  }
  const unit = await readFile(join(INFRA, 'systemd', 'relais.service'), 'utf8');
  const lines = [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  expectTaken(Object.fromEntries(lines) as Env, 'relais.service');
});
