import { expect, type Page } from '@playwright/test';
import type { Person } from './person.ts';

interface Inbound {
  kind: string;
  mid: string;
  trackIdentifier: string;
  packetsReceived: number;
  framesDecoded: number;
  totalAudioEnergy: number;
  totalSamplesDuration: number;
}

/** What the browser's own statistics say of everything received now. */
export function inbound(page: Page): Promise<Inbound[]> {
  return page.evaluate(async () => {
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    const found: Inbound[] = [];
    for (const connection of collectedConnections) {
      if (connection.connectionState === 'closed') continue;
      (await connection.getStats()).forEach((report: { type: string }) => {
        if (report.type === 'inbound-rtp') found.push(report as unknown as Inbound);
      });
    }
    return found.map(({ kind, mid, trackIdentifier, packetsReceived, framesDecoded, ...rest }) => ({
      kind,
      mid,
      trackIdentifier,
      packetsReceived,
      framesDecoded,
      totalAudioEnergy: rest.totalAudioEnergy,
      totalSamplesDuration: rest.totalSamplesDuration,
    }));
  });
}

interface Outbound {
  kind: string;
  packetsSent: number;
  bytesSent: number;
  /** Of pictures. */
  framesEncoded?: number;
  rid?: string;
}

export function outbound(page: Page): Promise<Outbound[]> {
  return page.evaluate(async () => {
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    const found: Outbound[] = [];
    for (const connection of collectedConnections) {
      if (connection.connectionState === 'closed') continue;
      (await connection.getStats()).forEach((report: { type: string }) => {
        if (report.type === 'outbound-rtp') found.push(report as unknown as Outbound);
      });
    }
    return found.map(({ kind, packetsSent, bytesSent, framesEncoded, rid }) => ({
      kind,
      packetsSent,
      bytesSent,
      ...(framesEncoded !== undefined && { framesEncoded }),
      ...(rid && { rid }),
    }));
  });
}

/** A small grey copy of what a tile shows now, 16 × 9 values from 0 to 255; undefined while it shows no picture. */
function pixels(person: Person, of: string): Promise<number[] | undefined> {
  return person.tile(of).evaluate((tile) => {
    const video = tile.querySelector('video');
    if (!video || video.videoWidth === 0 || video.readyState < 2) return undefined;
    const canvas = document.createElement('canvas');
    canvas.width = 16;
    canvas.height = 9;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(video, 0, 0, 16, 9);
    const { data } = context.getImageData(0, 0, 16, 9);
    return Array.from({ length: 144 }, (_, i) =>
      Math.round(((data[i * 4] ?? 0) + (data[i * 4 + 1] ?? 0) + (data[i * 4 + 2] ?? 0)) / 3),
    );
  });
}

/**
 * The picture of `of` moves on the screen of `person`: its pixels are not of one colour, and change. The fake camera
 * shows a turning disc and a running clock.
 */
export async function expectMovingPicture(person: Person, of: string, timeout = 20_000): Promise<void> {
  const seen = new Set<string>();
  await expect
    .poll(
      async () => {
        const now = await pixels(person, of);
        if (now && Math.max(...now) - Math.min(...now) > 20) seen.add(now.join());
        return seen.size;
      },
      { message: `${person.name} sees ${of} move`, timeout, intervals: [100] },
    )
    .toBeGreaterThanOrEqual(3);
}

/** How many of the voices received have sound in them now: their energy grew, above a hum of nothing. */
export async function audibleVoices(page: Page): Promise<number> {
  const before = new Map((await inbound(page)).map((r) => [r.trackIdentifier, r]));
  await page.waitForFunction(
    (since) => performance.now() - since > 1200,
    await page.evaluate(() => performance.now()),
  );
  return (await inbound(page)).filter((now) => {
    const then = before.get(now.trackIdentifier);
    if (now.kind !== 'audio' || !then) return false;
    const energy = now.totalAudioEnergy - then.totalAudioEnergy;
    const seconds = now.totalSamplesDuration - then.totalSamplesDuration;
    // Mean square over the window; the fake microphone's beeps give about 1e-2, silence 0.
    return seconds > 0.5 && energy / seconds > 1e-4;
  }).length;
}

/** How many pictures come in now: packets of them did within about a second. */
export async function arrivingPictures(page: Page): Promise<number> {
  const before = new Map((await inbound(page)).map((r) => [r.trackIdentifier, r.packetsReceived]));
  await page.waitForFunction(
    (since) => performance.now() - since > 1200,
    await page.evaluate(() => performance.now()),
    // Not by frames: a computer that runs several browsers draws few.
    { polling: 100 },
  );
  return (await inbound(page)).filter(
    ({ kind, trackIdentifier, packetsReceived }) =>
      kind === 'video' && packetsReceived > (before.get(trackIdentifier) ?? packetsReceived),
  ).length;
}

export async function expectPictures(person: Person, pictures: number): Promise<void> {
  await expect
    .poll(() => arrivingPictures(person.page), {
      message: `${person.name} receives ${pictures} pictures`,
      timeout: 30_000,
    })
    .toBe(pictures);
}

export async function expectAudible(person: Person, voices: number): Promise<void> {
  await expect
    .poll(() => audibleVoices(person.page), { message: `${person.name} hears ${voices}`, timeout: 20_000 })
    .toBe(voices);
}
