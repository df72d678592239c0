import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { INFRA, run, tool } from './tool.ts';

interface Service {
  restart?: string;
  healthcheck?: unknown;
  stop_grace_period?: string;
  mem_limit?: string;
  network_mode?: string;
  environment?: Record<string, string>;
}

const FILE = join(INFRA, 'compose', 'compose.yaml');
const dockerCompose = tool('DOCKER_COMPOSE_PATH', 'docker-compose');
let folder: string;
let envFile: string;

/** As a person makes it: the example, and the secrets appended. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-test-compose-'));
  envFile = join(folder, '.env');
  const example = await readFile(join(INFRA, 'compose', '.env.example'), 'utf8');
  const secrets = await run(join(INFRA, 'make-secrets.sh'), []);
  await writeFile(envFile, example + secrets.output);
});
afterAll(() => rm(folder, { recursive: true }));

async function services(): Promise<Record<string, Service>> {
  const { services } = parse(await readFile(FILE, 'utf8'), { merge: true }) as {
    services: Record<string, Service>;
  };
  return services;
}

test.skipIf(!dockerCompose)(
  'docker-compose takes the file, with every variable from the example',
  async () => {
    const said = await run(dockerCompose, ['--env-file', envFile, '--file', FILE, 'config', '--quiet']);
    expect(said).toEqual({ code: 0, output: '' });
  },
);

test.skipIf(!dockerCompose)('docker-compose refuses to start without secrets, and says which', async () => {
  await writeFile(join(folder, 'bare.env'), await readFile(join(INFRA, 'compose', '.env.example'), 'utf8'));
  const args = ['--env-file', join(folder, 'bare.env'), '--file', FILE, 'config', '--quiet'];
  const said = await run(dockerCompose, args);
  expect(said.code).not.toBe(0);
  expect(said.output).toContain('see .env.example');
});

test('each variable of the file stands in the example, and nothing that is not used', async () => {
  const names = (text: string, pattern: RegExp) =>
    new Set([...text.matchAll(pattern)].map(([, name]) => name));
  const used = names(await readFile(FILE, 'utf8'), /\$\{(\w+)/g);
  const given = names(await readFile(join(INFRA, 'compose', '.env.example'), 'utf8'), /^(\w+)=/gm);
  expect(given).toEqual(used.add('COMPOSE_PROJECT_NAME'));
});

test('every service is restarted, watched, bounded in memory, and told to stop in time', async () => {
  for (const [name, service] of Object.entries(await services())) {
    expect.soft(service.restart, name).toBe('unless-stopped');
    expect.soft(service.mem_limit, name).toBeDefined();
    expect.soft(service.stop_grace_period, name).toBeDefined();
    // coturn's image has nothing to ask it with; a coturn that ends is restarted all the same.
    if (name !== 'coturn') expect.soft(service.healthcheck, name).toBeDefined();
  }
});

test('people have time to be moved away before a hub or a media node is killed', async () => {
  for (const [name, { environment, stop_grace_period }] of Object.entries(await services())) {
    const drain = environment?.['RELAIS_DRAIN_SECONDS'];
    if (drain) expect(Number.parseInt(stop_grace_period ?? ''), name).toBeGreaterThan(Number(drain) + 10);
  }
});

test('two media nodes of one machine share no port', async () => {
  const { sfu1, sfu2 } = await services();
  const workers = 4;
  const ports = [sfu1, sfu2].flatMap(({ environment = {} }: Service = {}) => {
    const [from = 0, to = 0] = (environment['RELAIS_PIPE_PORTS'] ?? '').split('-').map(Number);
    const media = Array.from({ length: workers }, (_, i) => Number(environment['RELAIS_MEDIA_PORT']) + i);
    const pipes = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    return [Number(environment['RELAIS_CONTROL_PORT']), ...media, ...pipes];
  });
  expect(new Set(ports).size).toBe(ports.length);
  expect(ports.length).toBe(2 * (1 + workers + 100));
});

test('secrets are made long, of letters and digits only, and never twice the same', async () => {
  const [one, two] = [
    await run(join(INFRA, 'make-secrets.sh'), []),
    await run(join(INFRA, 'make-secrets.sh'), []),
  ];
  const values = [...`${one.output}${two.output}`.matchAll(/^\w+=([A-Za-z0-9]{48})$/gm)].map(
    ([, value]) => value,
  );
  expect(values.length).toBe(12);
  expect(new Set(values).size).toBe(12);
});
