/**
 * Tests the bridge between mediasoup's worker and libsrtp 2: `node scripts/worker/test.mjs`.
 * The bridge is compiled with the compiler's own checks for memory faults and undefined behaviour.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run as runTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { PlainError, runMain } from '../lib/failure.mjs';
import { scripts } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';

const folder = join(scripts, 'worker', 'test');

await runMain(async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'relais-bridge-'));
  try {
    process.env.RELAIS_BRIDGE_DRIVER = await compileDriver(temporary);
    const { passed, failed } = await runAll(['reference.test.mjs', 'bridge.test.mjs']);
    say(`The bridge: ${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});

async function compileDriver(temporary) {
  const driver = join(temporary, 'driver');
  const checks = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-Wall', '-Wextra', '-Werror'];
  const args = [
    '-std=c++20',
    '-g',
    '-O1',
    ...checks,
    '-I',
    join(scripts, 'worker', 'bridge'),
    join(folder, 'driver.cpp'),
  ];
  const { code, output } = await run('c++', [...args, '-lsrtp2', '-o', driver]);
  if (code !== 0) throw new PlainError(`The test of the worker's bridge cannot be compiled:\n${output}`);
  return driver;
}

function runAll(names) {
  const counts = { passed: 0, failed: 0 };
  // Suites are reported too, and only sum up what was counted already.
  const isTest = ({ details }) => details.type !== 'suite';
  return new Promise((resolve) => {
    const stream = runTests({ files: names.map((name) => join(folder, name)), concurrency: false });
    stream.on('test:pass', (event) => (counts.passed += isTest(event) ? 1 : 0));
    stream.on('test:fail', (event) => (counts.failed += isTest(event) ? 1 : 0));
    stream.on('end', () => resolve(counts));
    stream.compose(spec).pipe(process.stdout);
  });
}
