import { availableParallelism, loadavg } from 'node:os';
import { readArgs, USAGE, type BenchName, type Options } from './lib/args.ts';
import { isMet, ratioOf, type Findings } from './lib/figure.ts';
import { printFindings } from './lib/table.ts';
import { PlainError, prepareEnvironment } from './setup.ts';

type Bench = (env: Record<string, string | undefined>, options: Options) => Promise<Findings>;

/** Loaded when asked for: one measure need not wait for the libraries of another. */
const LOAD: Record<BenchName, () => Promise<Bench>> = {
  messages: async () => (await import('./messages/messages.bench.ts')).benchMessages,
  cpu: async () => (await import('./cpu/cpu.bench.ts')).benchCpu,
  join: async () => (await import('./join/join.bench.ts')).benchJoin,
  weight: async () => (await import('./weight/weight.bench.ts')).benchWeight,
  recovery: async () => (await import('./recovery/recovery.bench.ts')).benchRecovery,
  groups: async () => (await import('./groups/groups.bench.ts')).benchGroups,
  line: async () => (await import('./line/line.bench.ts')).benchLine,
  fanout: async () => (await import('./scale/fanout/fanout.bench.ts')).benchFanOut,
  joins: async () => (await import('./scale/joins/joins.bench.ts')).benchJoins,
  consumers: async () => (await import('./scale/media/consumers.bench.ts')).benchConsumers,
  pipes: async () => (await import('./scale/media/pipes.bench.ts')).benchPipes,
};

async function main(): Promise<number> {
  const options = readArgs(process.argv.slice(2));
  if (!options) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const env = await prepareEnvironment();
  const machine = { cores: availableParallelism(), loadBefore: Number(loadavg()[0]?.toFixed(1)) };
  if (!options.json) process.stdout.write(machineWords(machine));
  const all: Findings[] = [];
  for (const name of options.benches) {
    const findings = await (await LOAD[name]())(env, options);
    all.push(findings);
    if (!options.json) process.stdout.write(printFindings(findings));
  }
  if (options.json)
    process.stdout.write(`${JSON.stringify({ machine, benches: all.map(forMachines) }, null, 2)}\n`);
  return all.some(({ broken }) => broken.length > 0) ? 1 : 0;
}

/** Somebody else's work on the same cores is in every figure, on both sides but not in equal parts. */
function machineWords({ cores, loadBefore }: { cores: number; loadBefore: number }): string {
  const busy = loadBefore > cores / 2 ? ': it is not at rest, take the figures for upper bounds' : '';
  return `${cores} cores, load ${loadBefore} before the start${busy}\n`;
}

function forMachines(findings: Findings) {
  const figures = findings.figures.map((figure) => ({
    ...figure,
    ratio: ratioOf(figure) ?? null,
    met: isMet(figure) ?? null,
  }));
  return { ...findings, figures };
}

try {
  process.exitCode = await main();
} catch (error) {
  const plain = error instanceof PlainError || (error instanceof Error && error.name === 'PlainError');
  process.stderr.write(`${plain ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
