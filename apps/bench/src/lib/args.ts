import { parseArgs } from 'node:util';

const USUAL = ['messages', 'cpu', 'join', 'weight', 'recovery'] as const;
/** What several hubs and media nodes cost and carry: `scale` names them all, and nobody names them by naming none. */
const SCALE = ['fanout', 'joins', 'consumers', 'pipes'] as const;
export const BENCHES = [...USUAL, ...SCALE] as const;
export type BenchName = (typeof BENCHES)[number];

export interface Options {
  benches: BenchName[];
  json: boolean;
  /** Fewer and shorter runs: to see that it works, not for figures. */
  quick: boolean;
  /** Where the product's server leaves a CPU profile of each bench; undefined: none is taken. */
  profileDir: string | undefined;
}

export const USAGE = `pnpm bench [${BENCHES.join(' | ')} | scale …] [--quick] [--json] [--profile <folder>]`;

/** Undefined when they cannot be understood. */
export function readArgs(argv: readonly string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        profile: { type: 'string' },
      },
    });
    const named = positionals.length === 0 ? USUAL : positionals;
    const asked = named.flatMap((name) => (name === 'scale' ? SCALE : [name]));
    const benches = BENCHES.filter((name) => asked.includes(name));
    if (asked.some((name) => !isBench(name))) return undefined;
    return { benches, json: values.json, quick: values.quick, profileDir: values.profile };
  } catch {
    return undefined;
  }
}

function isBench(name: string): name is BenchName {
  return BENCHES.some((bench) => bench === name);
}
