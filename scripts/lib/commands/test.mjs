import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainError } from '../failure.mjs';
import { readIfThere } from '../files.mjs';
import { count, gates } from '../gates.mjs';
import { ensurePackages } from '../packages.mjs';
import { root } from '../paths.mjs';
import { run } from '../run.mjs';
import { bold, duration, green, red, say } from '../say.mjs';
import { ensureCheckers, ensureTestPrograms } from '../test-programs.mjs';
import { ensureToolchain } from '../toolchain.mjs';
import { ensureWeb } from '../web.mjs';
import { ensureWorker, isBuiltHere } from '../worker.mjs';

/** Runs the gates in order, or those named, and stops at the first that fails. */
export async function main(names) {
  const chosen = choose(names);
  const env = await prepareFor(chosen);
  const reports = mkdtempSync(join(tmpdir(), 'relais-test-'));
  const total = { passed: 0, failed: 0 };
  try {
    for (const gate of chosen) {
      const { passed, failed } = await pass(gate, env, join(reports, `${gate.name}.json`));
      total.passed += passed;
      total.failed += failed;
      if (failed > 0) break;
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  say(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

function choose(names) {
  const known = gates.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new PlainError(`There is no gate "${unknown[0]}". They are: ${known.join(', ')}.`);
  return names.length === 0 ? gates : gates.filter(({ name }) => names.includes(name));
}

/** Everything that these gates need, and nothing that only others do. */
async function prepareFor(chosen) {
  const needs = new Set(chosen.flatMap((gate) => gate.needs));
  let env = await ensureToolchain();
  await ensurePackages(env);
  if (needs.has('worker')) env = { ...env, MEDIASOUP_WORKER_BIN: await ensureWorker(env) };
  if (needs.has('programs')) env = { ...env, ...(await ensureTestPrograms(env)) };
  if (needs.has('checkers')) env = { ...env, ...(await ensureCheckers(env)) };
  if (needs.has('web')) await ensureWeb(env);
  return env;
}

async function pass(gate, env, reportPath) {
  say(`\n${bold(`── ${gate.heading}`)} (${gate.name})`);
  if (gate.needs.includes('source-built worker') && !isBuiltHere(env.MEDIASOUP_WORKER_BIN)) {
    say('Not needed: the media worker in use was not built on this machine.');
    return { passed: 0, failed: 0 };
  }
  const began = Date.now();
  const [command, ...args] = gate.command(reportPath);
  const colour = process.stdout.isTTY && !env.NO_COLOR ? { FORCE_COLOR: '1' } : {};
  const result = await run(command, args, {
    show: true,
    cwd: root,
    env: { ...env, ...colour, PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath },
  });
  const counted = count(gate, { ...result, report: readReport(reportPath) });
  const verdict = counted.failed === 0 ? green('passed') : red('failed');
  say(`${bold(gate.heading)}: ${verdict} in ${duration(Date.now() - began)}`);
  return counted;
}

/** A run that broke off may leave no report, or half of one. */
function readReport(path) {
  try {
    return JSON.parse(readIfThere(path) ?? 'null');
  } catch {
    return undefined;
  }
}
