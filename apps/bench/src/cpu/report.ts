import type { Figure, Findings } from '../lib/figure.ts';
import { median } from '../lib/stats.ts';
import type { Role } from './processes.ts';

/** The target of the project: CPU per forwarded stream, against mediasoup alone. */
const TARGET_RATIO = 1.1;

/** What one window of some seconds showed. */
export interface Window {
  consumers: number;
  /** Cores in use. */
  cpu: Record<Role, number>;
  memoryKb: Record<Role, number>;
  packetsPerSecond: number;
  kbitPerSecond: number;
  framesPerSecond: number;
}

export function report(
  { ours, bare }: { ours: Window[]; bare: Window[] },
  { people, seconds }: { people: number; seconds: number },
): Findings {
  const figure = (name: string, unit: string, of: (w: Window) => number, target?: number): Figure => ({
    name,
    unit,
    ours: median(ours.map(of)),
    reference: median(bare.map(of)),
    ...(target !== undefined && { target }),
  });
  const expected = people * (people - 1) * 2;
  const wrong = [...ours, ...bare].filter((w) => w.consumers !== expected || w.framesPerSecond === 0);
  return {
    bench: 'cpu',
    reference: 'mediasoup alone, same worker program',
    figures: [
      figure(
        'CPU per forwarded stream',
        '‰ of a core',
        (w) => (serving(w) / w.consumers) * 1000,
        TARGET_RATIO,
      ),
      figure('CPU per 1,000 packets forwarded', 'ms', (w) => (serving(w) / w.packetsPerSecond) * 1e6),
      figure('worker', '% of a core', (w) => w.cpu.worker * 100),
      figure('Node', '% of a core', (w) => w.cpu.node * 100),
      figure('forwarded', 'packets/s', (w) => w.packetsPerSecond),
      figure('forwarded', 'kbit/s', (w) => w.kbitPerSecond),
      figure('decoded by all', 'frames/s', (w) => w.framesPerSecond),
      figure('memory of Node', 'MB', (w) => w.memoryKb.node / 1024),
      figure('memory of the workers', 'MB', (w) => w.memoryKb.worker / 1024),
      { name: 'memory of PostgreSQL', unit: 'MB', ours: median(ours.map((w) => w.memoryKb.database / 1024)) },
      { name: 'PostgreSQL', unit: '% of a core', ours: median(ours.map((w) => w.cpu.database)) * 100 },
    ],
    notes: [
      `${people} participants, each to each: ${expected} streams; medians of ${ours.length} windows of ${seconds} s on each server, in turns.`,
      `CPU of Node and workers, windows in ‰ of a core per stream: ours ${each(ours)}; reference ${each(bare)}.`,
      'Memory is the proportional set size; ours has one worker per core, the reference one.',
    ],
    broken: wrong.length === 0 ? [] : [`${wrong.length} windows had a stream too few, or no picture`],
    details: { ours, bare },
  };
}

const serving = ({ cpu }: Window) => cpu.node + cpu.worker;
const each = (windows: Window[]) =>
  windows.map((w) => ((serving(w) / w.consumers) * 1000).toFixed(2)).join(', ');
