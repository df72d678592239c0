import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { overview } from '@relais/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, createMeeting, startRelais, type TestSocket } from '../test-support/running.ts';

const TOKEN = 'a-token-of-the-tests';
const asAdmin = { headers: { authorization: `Bearer ${TOKEN}` } };
const infra = (path: string) =>
  readFile(fileURLToPath(new URL(`../../../infra/${path}`, import.meta.url)), 'utf8');

let relais: Awaited<ReturnType<typeof startRelais>>;
let ana: TestSocket;
beforeAll(async () => {
  relais = await startRelais({ RELAIS_ADMIN_TOKEN: TOKEN });
  const code = await createMeeting(relais.url);
  ana = await connect(relais.url);
  await ana.join(code, 'Ana Tremblay');
  await ana.call('chat:post', { clientMessageId: 'c1', text: 'bonjour' });
  await ana.raw('no such request', {});
});
afterAll(async () => {
  ana.close();
  await relais.stop();
});

const metricsText = async () => (await fetch(`${relais.url}/metrics`, asAdmin)).text();

/** Families by name, as the text itself declares them. */
async function families(): Promise<Map<string, string>> {
  const declared = (await metricsText()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
  return new Map([...declared].map(([, name = '', type = '']) => [name, type]));
}

/** Names of metrics of ours, of Node and of the process, in a query. */
const namesIn = (query: string) => query.match(/\b(?:relais|nodejs|process)_[a-z0-9_]+/g) ?? [];

function isThere(name: string, declared: Map<string, string>): boolean {
  const histogram = /^(.+)_(?:bucket|sum|count)$/.exec(name)?.[1];
  return declared.has(name) || (histogram !== undefined && declared.get(histogram) === 'histogram');
}

test('every metric that the dashboard and the alerts name is told by a running product', async () => {
  const declared = await families();
  const dashboard = JSON.parse(await infra('grafana/relais.json')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const named = [...queries, await infra('prometheus/alerts.yml')].flatMap(namesIn);
  expect(named.length).toBeGreaterThan(50);
  expect([...new Set(named)].filter((name) => !isThere(name, declared))).toEqual([]);
});

test('every metric of ours is on the dashboard', async () => {
  const dashboard = await infra('grafana/relais.json');
  const ours = [...(await families()).keys()].filter((name) => name.startsWith('relais_'));
  expect(ours.length).toBeGreaterThan(25);
  expect(ours.filter((name) => !dashboard.includes(name))).toEqual([]);
});

test('names have their unit, counters end in _total, and no label tells of a meeting or of a person', async () => {
  const declared = await families();
  for (const [name, type] of declared) {
    if (name.startsWith('relais_')) expect(name.endsWith('_total'), name).toBe(type === 'counter');
    expect(name).not.toMatch(/_(ms|millis|kb|percent)\b/);
  }
  const text = await metricsText();
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
  for (const label of labels)
    expect(label).not.toMatch(/meeting|person|participant|name$|code|address|peer|room/);
  for (const told of ['Ana', 'Tremblay', 'bonjour', 'no such request']) expect(text).not.toContain(told);
});

test('what one person did is counted once', async () => {
  const text = await metricsText();
  for (const line of [
    'relais_joins_total{outcome="ok"} 1',
    'relais_meetings 1',
    'relais_people{state="connected"} 1',
    'relais_sockets 1',
    'relais_log_available 1',
    'relais_requests_total{request="chat:post",outcome="ok"} 1',
    'relais_requests_total{request="unknown",outcome="unknownRequest"} 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('the admin page’s figures say the same, and fit their schema', async () => {
  const response = await fetch(`${relais.url}/api/admin/overview`, asAdmin);
  const { value } = (await response.json()) as { value: unknown };
  const told = overview.parse(value);
  expect(told).toMatchObject({
    meetings: 1,
    people: { connected: 1, held: 0 },
    hubs: [{ joins: { accepted: 1, refused: 0 }, errors: { unknownRequest: 1 } }],
    nodes: [{ draining: false }],
    stores: { postgres: 'up', redis: 'none' },
  });
  await expect
    .poll(
      async () => {
        const again = (await (await fetch(`${relais.url}/api/admin/overview`, asAdmin)).json()) as {
          value: unknown;
        };
        return overview.parse(again.value).nodes[0]?.told?.workers.reduce((sum, { peers }) => sum + peers, 0);
      },
      { timeout: 15_000, interval: 500 },
    )
    .toBe(1);
});

test('without the token there is nothing to see', async () => {
  expect((await fetch(`${relais.url}/metrics`)).status).toBe(401);
  expect((await fetch(`${relais.url}/api/admin/overview`)).status).toBe(401);
});
