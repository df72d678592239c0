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
import { takeTurns } from '../turns.mjs';
import { ensureWeb } from '../web.mjs';
import { ensureWorker, isBuiltHere } from '../worker.mjs';

/** A tenth of what the others get where both want the processor: these do not notice it. */
const LOW_PRIORITY = 10;

/** Runs the gates, or those named, until one fails. */
export async function main(names) {
  const chosen = choose(names);
  const reports = mkdtempSync(join(tmpdir(), 'relais-test-'));
  // The server is started some seventy times, and each file of tests in a process of its own: what one has compiled
  // the others take.
  const compiled = { NODE_COMPILE_CACHE: join(reports, 'compiled') };
  try {
    const env = { ...(await prepareFor(chosen)), ...compiled };
    const { passed, failed } = await passAll(chosen, { env, reports });
    say(`\n${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * The gates of each side run one after another beside the others, and those that are `alone`
 * when all before them are over. What they say is read in their order, whichever is over first; and
 * as if each had waited for the one before it, one that fails ends those after it, and is the last that is read.
 */
async function passAll(chosen, context) {
  const total = { passed: 0, failed: 0 };
  const turns = takeTurns(chosen.length, (text) => process.stdout.write(text));
  const unwanted = chosen.map(() => new AbortController());
  const running = chosen.map(() => undefined);
  const begin = async (index) => {
    await Promise.all(waitsFor(chosen, index).map((before) => running[before]));
    const until = unwanted[index].signal;
    if (until.aborted) return;
    const { passed, failed } = await pass(chosen[index], { ...context, until, write: turns[index].write });
    if (until.aborted) return;
    total.passed += passed;
    total.failed += failed;
    if (failed === 0) return turns[index].end();
    for (const later of unwanted.slice(index + 1)) later.abort();
  };
  for (const index of chosen.keys()) running[index] = begin(index);
  await Promise.all(running);
  return total;
}

/** The gates before this one whose end it waits for. */
function waitsFor(gates, index) {
  const gate = gates[index];
  return [...gates.keys()].filter(
    (before) => before < index && (gate.alone || gates[before].aside === gate.aside),
  );
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

async function pass(gate, { env, reports, until, write }) {
  const tell = (line) => write(`${line}\n`);
  tell(`\n${bold(`── ${gate.heading}`)} (${gate.name})`);
  if (gate.needs.includes('source-built worker') && !isBuiltHere(env.MEDIASOUP_WORKER_BIN)) {
    tell('Not needed: the media worker in use was not built on this machine.');
    return { passed: 0, failed: 0 };
  }
  const began = Date.now();
  const reportPath = join(reports, `${gate.name}.json`);
  const [command, ...args] = gate.command(reportPath);
  const colour = process.stdout.isTTY && !env.NO_COLOR ? { FORCE_COLOR: '1' } : {};
  const result = await run(command, args, {
    show: write,
    until,
    ...(gate.aside && { priority: LOW_PRIORITY }),
    cwd: root,
    env: { ...env, ...gate.env, ...colour, PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath },
  });
  const counted = count(gate, { ...result, report: readReport(reportPath) });
  const verdict = counted.failed === 0 ? green('passed') : red('failed');
  tell(`${bold(gate.heading)}: ${verdict} in ${duration(Date.now() - began)}`);
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
