import { join } from 'node:path';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { INFRA, run, tool } from './tool.ts';

const FOLDER = join(INFRA, 'prometheus');
const promtool = tool('PROMTOOL_PATH', 'promtool');

interface Rules {
  groups: {
    rules: { alert: string; annotations?: { summary?: string }; labels?: { severity?: string } }[];
  }[];
}

test.skipIf(!promtool)(
  'promtool takes the rules, and they fire when they should and not otherwise',
  async () => {
    expect((await run(promtool, ['check', 'rules', join(FOLDER, 'alerts.yml')])).output).toContain('SUCCESS');
    const tested = await run(promtool, ['test', 'rules', join(FOLDER, 'alerts.test.yml')]);
    expect(tested.code, tested.output).toBe(0);
  },
);

test.skipIf(!promtool)('promtool takes the settings, once the file with the token is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-test-prometheus-'));
  await cp(FOLDER, folder, { recursive: true });
  await writeFile(join(folder, 'relais-admin-token'), 'a-token-that-is-long-enough');
  const checked = await run(promtool, ['check', 'config', join(folder, 'prometheus.yml')]);
  await rm(folder, { recursive: true });
  expect(checked.code, checked.output).toBe(0);
});

test('every alert says what happened and how soon it is to be looked at, and no two have one name', async () => {
  const { groups } = parse(await readFile(join(FOLDER, 'alerts.yml'), 'utf8')) as Rules;
  const rules = groups.flatMap((group) => group.rules);
  for (const { alert, annotations, labels } of rules) {
    expect(annotations?.summary, alert).toBeTruthy();
    expect(['page', 'ticket'], alert).toContain(labels?.severity);
  }
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
});
