import { PROFILE_NAMES, type ProfileName } from '@relais/testing/lab/profiles';
import { parseArgs } from 'node:util';

const USUAL = ['messages', 'cpu', 'join', 'weight', 'recovery', 'groups'] as const;
/** A meeting on thin and lossy lines, in network namespaces: needs root, and is asked for by name. */
const LINE = ['line'] as const;
/** What several hubs and media nodes cost and carry: `scale` names them all, and nobody names them by naming none. */
const SCALE = ['fanout', 'joins', 'consumers', 'pipes'] as const;
export const BENCHES = [...USUAL, ...LINE, ...SCALE] as const;
export type BenchName = (typeof BENCHES)[number];

export interface Options {
  benches: BenchName[];
  json: boolean;
  /** Fewer and shorter runs: to see that it works, not for figures. */
  quick: boolean;
  /** Where the product's server leaves a CPU profile of each bench; undefined: none is taken. */
  profileDir: string | undefined;
  /** On which lines `line` measures; none: on all that have a target or a name in the issue. */
  lines: ProfileName[];
  /** `line` without the reference: for who tunes. */
  alone: boolean;
  /** `line` times what comes back after cuts and changes of network, with these of the lines that are named. */
  interruptions: boolean;
}

export const USAGE = `pnpm bench [${BENCHES.join(' | ')} | scale …] [--quick] [--json] [--profile <folder>]
  line: [--line ${PROFILE_NAMES.join(' | ')}] … [--interruptions] [--alone]`;

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
        line: { type: 'string', multiple: true, default: [] },
        alone: { type: 'boolean', default: false },
        interruptions: { type: 'boolean', default: false },
      },
    });
    const named = positionals.length === 0 ? USUAL : positionals;
    const asked = named.flatMap((name) => (name === 'scale' ? SCALE : [name]));
    const benches = BENCHES.filter((name) => asked.includes(name));
    if (asked.some((name) => !isBench(name))) return undefined;
    const lines = PROFILE_NAMES.filter((name) => values.line.includes(name));
    if (lines.length < new Set(values.line).size) return undefined;
    const { json, quick, alone, interruptions, profile: profileDir } = values;
    return { benches, json, quick, profileDir, lines, alone, interruptions };
  } catch {
    return undefined;
  }
}

function isBench(name: string): name is BenchName {
  return BENCHES.some((bench) => bench === name);
}
