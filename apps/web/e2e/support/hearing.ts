import type { Page } from '@playwright/test';

/** How often the sound is looked at, in milliseconds: what is measured is no finer. */
const SAMPLE_MS = 50;

interface Sample {
  at: number;
  /** Of all voices together: seconds of sound that came over the line, without what was made up for packets that did not. */
  real: number;
  energy: number;
}

/** Notes from now on what is heard in the page, by its own statistics. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate((every) => {
    const samples: Sample[] = [];
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    type Report = { type: string; kind: string } & Record<string, number>;
    const look = async () => {
      let [real, energy] = [0, 0];
      for (const connection of collectedConnections) {
        if (connection.connectionState === 'closed') continue;
        (await connection.getStats()).forEach((report: Report) => {
          if (report.type !== 'inbound-rtp' || report.kind !== 'audio') return;
          real += ((report['totalSamplesReceived'] ?? 0) - (report['concealedSamples'] ?? 0)) / 48_000;
          energy += report['totalAudioEnergy'] ?? 0;
        });
      }
      samples.push({ at: Date.now(), real, energy });
      setTimeout(() => void look(), every);
    };
    Object.assign(window, { hearing: samples });
    void look();
  }, SAMPLE_MS);
}

/**
 * Milliseconds from `since` until sound is heard again and goes on: over the 300 ms that follow, four fifths of it came over
 * the line, and it is louder than a hum. Undefined while it is not so.
 */
export async function heardAfter(page: Page, since: number): Promise<number | undefined> {
  const samples = await page.evaluate(() => (window as unknown as { hearing: Sample[] }).hearing);
  const after = samples.filter(({ at }) => at >= since);
  for (const [i, begin] of after.entries()) {
    const end = after.slice(i).find(({ at }) => at >= begin.at + 300);
    if (!end) return undefined;
    const seconds = (end.at - begin.at) / 1000;
    const isReal = end.real - begin.real > 0.8 * seconds;
    if (isReal && (end.energy - begin.energy) / seconds > 1e-3) return begin.at - since;
  }
  return undefined;
}
