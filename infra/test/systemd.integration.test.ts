import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INFRA, run, tool } from './tool.ts';

const UNITS = join(INFRA, 'systemd');
const analyze = tool('SYSTEMD_ANALYZE_PATH', 'systemd-analyze');
let folder: string;
let units: string[];

/** As on a server, but where the repository and npm are: systemd asks whether the programs are there. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-test-units-'));
  const names = (await readdir(UNITS)).filter((name) => name.endsWith('.service'));
  units = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(UNITS, name), 'utf8');
      const path = join(folder, name.replace('@.', '@hub.'));
      await writeFile(
        path,
        text.replaceAll('/opt/relais/infra/', INFRA).replaceAll('/usr/bin/npm', '/bin/true'),
      );
      return path;
    }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

test.skipIf(!analyze)('systemd knows every line of the units', async () => {
  const said = await run(analyze, ['verify', '--man=no', '--recursive-errors=no', ...units]);
  expect(said).toEqual({ code: 0, output: '' });
});

test.skipIf(!analyze)('systemd counts the units as little exposed', async () => {
  for (const unit of units) {
    // The whole is 0 to 10; above 2.0 (20 as this option counts) it would be an error.
    const said = await run(analyze, ['security', '--offline=true', '--threshold=20', '--no-pager', unit]);
    expect(said.code, said.output.slice(-300)).toBe(0);
  }
});

test('a line of a unit is a section, a comment or a setting, and stopping takes longer than draining', async () => {
  const examples = (await readdir(UNITS)).filter((name) => name.endsWith('.env.example'));
  const drains = await Promise.all(
    examples.map(async (name) => /DRAIN_SECONDS=(\d+)/.exec(await readFile(join(UNITS, name), 'utf8'))?.[1]),
  );
  for (const unit of units) {
    const text = await readFile(unit, 'utf8');
    expect(text.split('\n').filter((line) => !/^(#.*|\[\w+\]|\w+=.*|)$/.test(line))).toEqual([]);
    const stop = Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1]);
    if (unit.includes('@')) expect(stop).toBeGreaterThan(Math.max(...drains.map(Number)) + 30);
  }
});
