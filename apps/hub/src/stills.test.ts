import type { ParticipantId, StillId } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig, MEETING_ID } from '../test-support/hub-rig.ts';
import { HubsRig } from '../test-support/hubs-rig.ts';
import { seeded } from '@relais/domain/breakout/seeded';
import { pieceOf, putStill, shareScreen, someWebp } from '../test-support/stills.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function twoPeople() {
  const rig = await createHubRig();
  const [ana, ben] = [new Browser(rig.gateway), new Browser(rig.gateway)];
  await ana.join(CODE, 'Ana');
  await ben.join(CODE, 'Ben');
  return { ...rig, ana, ben };
}

const idOf = (browser: Browser): ParticipantId => browser.seat!.participantId;
/** What a browser knows of somebody's still image. */
function known(browser: Browser, of: Browser) {
  browser.receive();
  return browser.live!.state[idOf(of)]?.still;
}

/** The whole image, asked for in pieces. */
async function read(browser: Browser, of: Browser, stillId: string, length = 5000): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let have = 0, bytes = 1; have < bytes;) {
    const answer = await browser.call('still:get', {
      participantId: idOf(of),
      stillId: stillId,
      offset: have,
      length,
    });
    const piece = new Uint8Array(answer.piece);
    pieces.push(piece);
    have += piece.byteLength;
    bytes = answer.bytes;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

const storeKey = (of: Browser, stillId: string) => ({
  meetingId: MEETING_ID,
  participantId: idOf(of),
  stillId: stillId as StillId,
});

describe('a still image of a shared screen', () => {
  it('is told to everybody when its last piece is there, and read as it was sent [STILL-1]', async () => {
    const { hub, gateway, ana, ben } = await twoPeople();
    await shareScreen(ana);
    const content = someWebp(40_000);
    for (let offset = 0; offset < 32_768; offset += 16_384)
      await ana.call('still:put', pieceOf('s1', content, offset));
    expect(known(ben, ana)).toBeUndefined();
    await ana.call('still:put', pieceOf('s1', content, 32_768));
    expect(known(ben, ana)).toMatchObject({ stillId: 's1', bytes: 40_000 });
    expect(Buffer.from(await read(ben, ana, 's1')).equals(Buffer.from(content))).toBe(true);
    // Who comes later learns of it with the present.
    const late = new Browser(gateway);
    await late.join(CODE, 'Cléo');
    expect(known(late, ana)?.stillId).toBe('s1');
    await hub.close();
  });

  it('is taken from who shares a screen alone [STILL-1]', async () => {
    const { hub, gateway, ana, ben } = await twoPeople();
    expect(await putStill(ben, 's1', someWebp(3000))).toBe('mediaRefused');
    const producerId = await shareScreen(ana);
    expect(await putStill(ben, 's1', someWebp(3000))).toBe('mediaRefused');
    expect(await putStill(ana, 's1', someWebp(3000))).toBe('accepted');
    await ana.call('media:closeProducer', { producerId });
    expect(await putStill(ana, 's2', someWebp(3000))).toBe('mediaRefused');
    const outside = new Browser(gateway);
    const ask = { participantId: idOf(ana), stillId: 's1' as StillId, offset: 0, length: 100 };
    expect(await outside.attempt('still:get', ask)).toBe('notJoined');
    await hub.close();
  });

  it('comes in order, one at a time, of its own size, and is what it says it is [STILL-1]', async () => {
    const { hub, ana } = await twoPeople();
    await shareScreen(ana);
    const content = someWebp(20_000);
    expect(await ana.attempt('still:put', pieceOf('s1', content, 4000, 1000))).toBe('unknownId');
    expect(await ana.attempt('still:put', pieceOf('s1', content, 0, 4000))).toBe('accepted');
    expect(await ana.attempt('still:put', pieceOf('s1', content, 0, 4000))).toBe('accepted');
    expect(await ana.attempt('still:put', pieceOf('s1', content, 8000, 4000))).toBe('unknownId');
    const longer = { ...pieceOf('s1', content, 4000, 4000), bytes: 20_001 };
    expect(await ana.attempt('still:put', longer)).toBe('unknownId');
    const past = { ...pieceOf('s1', content, 4000), piece: someWebp(16_001) };
    expect(await ana.attempt('still:put', past)).toBe('invalidInput');
    // Another one in its place: the first is no longer waited for.
    expect(await ana.attempt('still:put', pieceOf('s2', content, 0, 4000))).toBe('accepted');
    expect(await ana.attempt('still:put', pieceOf('s1', content, 4000, 4000))).toBe('unknownId');
    const nothing = { ...pieceOf('s3', content, 0), piece: new Uint8Array(2000).fill(1) };
    expect(await ana.attempt('still:put', nothing)).toBe('invalidInput');
    expect(await putStill(ana, 's4', content)).toBe('accepted');
    expect(await putStill(ana, 's4', content)).toBe('unknownId');
    await hub.close();
  });

  it('stays for half a minute after a newer one, for who has most of it, and goes with the sharing [STILL-2] [STILL-5]', async () => {
    const { hub, ana, ben, stills } = await twoPeople();
    const producerId = await shareScreen(ana);
    await putStill(ana, 's1', someWebp(3000));
    await putStill(ana, 's2', someWebp(4000));
    expect(known(ben, ana)?.stillId).toBe('s2');
    expect(await read(ben, ana, 's1')).toHaveLength(3000);
    await vi.advanceTimersByTimeAsync(30_000);
    await expect(read(ben, ana, 's1')).rejects.toMatchObject({ refusal: { kind: 'unknownId' } });
    await ana.call('media:closeProducer', { producerId });
    expect(known(ben, ana)).toBeUndefined();
    expect(await stills.get(storeKey(ana, 's2'))).toBeUndefined();
    await hub.close();
  });

  it('goes with the seat, and with another screen in its place [STILL-2]', async () => {
    const { hub, ana, ben, stills } = await twoPeople();
    await shareScreen(ana);
    await putStill(ana, 's1', someWebp(3000));
    await shareScreen(ana);
    expect(known(ben, ana)).toBeUndefined();
    await putStill(ana, 's2', someWebp(3000));
    await ana.call('meeting:leave', {});
    expect(await stills.get(storeKey(ana, 's2'))).toBeUndefined();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await stills.get(storeKey(ana, 's1'))).toBeUndefined();
    await hub.close();
  });
});

it('people of another hub are told of a still image, read it, and see it end [STILL-2] [PRES-3]', async () => {
  const rig = new HubsRig();
  await rig.createMeeting();
  const [one, two] = [rig.start(), rig.start()];
  const [ana, ben] = [new Browser(one.gateway), new Browser(two.gateway)];
  await ana.join(CODE, 'Ana');
  await ben.join(CODE, 'Ben');
  const producerId = await shareScreen(ana);
  await putStill(ana, 's1', someWebp(30_000));
  expect(known(ben, ana)).toMatchObject({ stillId: 's1', bytes: 30_000 });
  expect(await read(ben, ana, 's1')).toHaveLength(30_000);
  await putStill(ana, 's2', someWebp(1000));
  expect(known(ben, ana)?.stillId).toBe('s2');
  await ana.call('media:closeProducer', { producerId });
  expect(known(ben, ana)).toBeUndefined();
  expect(await rig.stills.get(storeKey(ana, 's2'))).toBeUndefined();
  await rig.close();
});

it.each(Array.from({ length: 30 }, (_, i) => i + 1))(
  'whatever is told can be read whole, and nothing is left behind (seed %i) [STILL-1] [STILL-2]',
  async (seed) => {
    const random = seeded(seed);
    const { hub, gateway, stills } = await createHubRig({ graceMs: 5000 });
    const people = Array.from({ length: 3 }, () => new Browser(gateway));
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const made = new Map<string, { by: ParticipantId; content: Uint8Array }>();
    const sending = new Map<Browser, { stillId: string; content: Uint8Array; offset: number }>();
    const seats = new Set<ParticipantId>();

    async function step(): Promise<void> {
      const browser = pick(people);
      const dice = random();
      if (!browser.connection) {
        await browser.join(CODE, 'Ana');
        seats.add(idOf(browser));
      } else if (dice < 0.15) await shareScreen(browser);
      else if (dice < 0.25) {
        const screen = browser.live!.state[idOf(browser)]?.producers.find((p) => p.source === 'screen');
        if (screen) await browser.attempt('media:closeProducer', { producerId: screen.producerId });
      } else if (dice < 0.3) browser.cut(random() < 0.5);
      else if (dice < 0.35) await vi.advanceTimersByTimeAsync(random() * 20_000);
      else if (dice < 0.45 || !sending.has(browser)) {
        const stillId = `s${made.size + 1}`;
        const content = someWebp(1000 + Math.floor(random() * 20_000), made.size);
        made.set(stillId, { by: idOf(browser), content });
        sending.set(browser, { stillId, content, offset: 0 });
      } else await sendOn(browser, sending.get(browser)!);
      browser.receive();
    }

    async function sendOn(browser: Browser, at: { stillId: string; content: Uint8Array; offset: number }) {
      const length = 1 + Math.floor(random() * 9000);
      // Now and then a piece that is not the next.
      const offset = random() < 0.05 ? Math.floor(random() * at.content.byteLength) : at.offset;
      const outcome = await browser.attempt('still:put', pieceOf(at.stillId, at.content, offset, length));
      if (outcome === 'accepted' && offset === at.offset) at.offset += length;
      else sending.delete(browser);
      if (at.offset >= at.content.byteLength) sending.delete(browser);
    }

    for (let i = 0; i < 300; i += 1) {
      await step();
      const reader = people.find(({ connection }) => connection);
      if (!reader) continue;
      await reader.catchUp();
      for (const [participantId, person] of Object.entries(reader.live!.state)) {
        if (!person.still) continue;
        const original = made.get(person.still.stillId)!;
        expect(original.by).toBe(participantId);
        const answer = await reader.call('still:get', {
          participantId: participantId,
          stillId: person.still.stillId,
          offset: 0,
          length: 16_384,
        });
        expect(answer.bytes).toBe(original.content.byteLength);
        expect([...new Uint8Array(answer.piece).subarray(0, 20)]).toEqual([
          ...original.content.subarray(0, 20),
        ]);
      }
    }
    for (const browser of people) browser.cut(true);
    await vi.advanceTimersByTimeAsync(60_000);
    for (const stillId of made.keys()) {
      for (const participantId of seats) {
        expect(await stills.get({ ...storeKey(people[0]!, stillId), participantId })).toBeUndefined();
      }
    }
    await hub.close();
  },
);
