import { test, type Page } from '@playwright/test';
import type { Person } from './person.ts';

const SAMPLE_MS = 80;
/** What is usual on this machine just now is told beside what was measured, over so many milliseconds before. */
const USUAL_MS = 3000;

interface Watch {
  /** For each thing received, when something of it came: milliseconds since 1970, oldest first. */
  audio: Record<string, number[]>;
  video: Record<string, number[]>;
  samples: number[];
}

/** Notes from now on when sound and pictures come in, by the browser's own statistics. */
export async function watchMedia(page: Page): Promise<void> {
  await page.evaluate((every) => {
    const watch: Watch = { audio: {}, video: {}, samples: [] };
    const counts = new Map<string, number>();
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    type Report = { type: string; kind: 'audio' | 'video'; trackIdentifier: string } & Record<string, number>;
    const look = async () => {
      for (const connection of collectedConnections) {
        if (connection.connectionState === 'closed') continue;
        (await connection.getStats()).forEach((report: Report) => {
          if (report.type !== 'inbound-rtp') return;
          const count = report.kind === 'video' ? report['framesDecoded'] : report['packetsReceived'];
          if (count === undefined || count <= (counts.get(report.trackIdentifier) ?? 0)) return;
          counts.set(report.trackIdentifier, count);
          (watch[report.kind][report.trackIdentifier] ??= []).push(Date.now());
        });
      }
      watch.samples.push(Date.now());
      setTimeout(() => void look(), every);
    };
    Object.assign(window, { mediaWatch: watch });
    void look();
  }, SAMPLE_MS);
}

export interface Interruption {
  name: string;
  /** Milliseconds. */
  sound: number;
  pictures: number;
  /** The same just before, when nothing was lost: a busy machine has interruptions of its own. */
  usual: { sound: number; pictures: number };
}

/**
 * The longest that `person` went without all of so many voices, and of so many pictures, since a moment: for that
 * long one of them brought nothing. A microphone that is silent sends a packet only every 400 ms.
 */
export async function interruption(
  person: Person,
  since: number,
  { voices, pictures }: { voices: number; pictures: number },
): Promise<Interruption> {
  const watch = await person.page.evaluate(() => (window as unknown as { mediaWatch: Watch }).mediaWatch);
  const between = (from: number, to: number) => {
    const samples = watch.samples.filter((at) => at >= from && at < to);
    return {
      sound: longestWithout(voices, Object.values(watch.audio), samples),
      pictures: longestWithout(pictures, Object.values(watch.video), samples),
    };
  };
  return {
    name: person.name,
    ...between(since, Infinity),
    usual: between(since - USUAL_MS, since),
  };
}

function longestWithout(wanted: number, tracks: number[][], samples: number[]): number {
  const [began = 0] = samples;
  return Math.max(0, ...samples.map((now) => ageOfNth(wanted, tracks, now, began)));
}

/** How long ago the last sign was of the `n`-th freshest of what is received. */
function ageOfNth(n: number, tracks: number[][], now: number, began: number): number {
  if (n === 0) return 0;
  const last = tracks.map((times) => times.findLast((at) => at <= now)).filter((at) => at !== undefined);
  // Not yet as many: since ever, as far as is known here.
  return now - (last.sort((a, b) => b - a)[n - 1] ?? began);
}

/** Says what was measured, in the test's report and on its output. */
export function report(what: string, measured: Interruption[]): void {
  for (const { name, sound, pictures, usual } of measured) {
    const description =
      `${what}: ${name} was without sound for ${sound} ms (usual: ${usual.sound}), ` +
      `without pictures for ${pictures} ms (usual: ${usual.pictures})`;
    test.info().annotations.push({ type: 'measured', description });
    console.log(`  ${description}`);
  }
}
