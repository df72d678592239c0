import { expect, test, type Page } from '@playwright/test';
import { Animator, roundOf } from './support/animator.ts';
import { expectMovingPicture, inbound } from './support/media.ts';
import { createRunMeeting } from './support/meetings.ts';
import { Person } from './support/person.ts';
import { listenForTones, tonesHeard } from './support/tones.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

// Two browsers with cameras and the server on a machine that may be busy with others.
test.describe.configure({ timeout: 240_000 });

const SOON = { timeout: 30_000 };
const TONE = 2000;
/** Of six people. */
const READY = 12;

interface Receivers {
  /** Negotiated ahead of need, and nothing comes on them. */
  ready: number;
  /** All parts of the connections, of which none is ever taken away: those that are used up are used again. */
  parts: number;
  /** What ICE calls the connections: others when it began anew. */
  names: string;
}

function receiversOf(page: Page): Promise<Receivers> {
  return page.evaluate(async () => {
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    const open = collectedConnections.filter(({ connectionState }) => connectionState !== 'closed');
    const all = open.flatMap((connection) => connection.getTransceivers());
    const names: string[] = [];
    for (const connection of open)
      (await connection.getStats()).forEach((stat: { type: string; iceLocalUsernameFragment?: string }) => {
        if (stat.type === 'transport') names.push(stat.iceLocalUsernameFragment ?? '');
      });
    const isReady = ({ mid, currentDirection, receiver }: RTCRtpTransceiver) =>
      /^r\d/.test(mid ?? '') && currentDirection === 'recvonly' && receiver.track.muted;
    return { ready: all.filter(isReady).length, parts: all.length, names: names.sort().join(' ') };
  });
}

/** By what sound and picture come, of all that goes on: `r` are those made ahead. Not what the node tries the line with. */
async function marksOf(page: Page): Promise<Record<string, string[]>> {
  const before = new Map((await inbound(page)).map((one) => [one.mid, one.packetsReceived]));
  const since = await page.evaluate(() => performance.now());
  await page.waitForFunction((then) => performance.now() - then > 500, since);
  const goesOn = (await inbound(page)).filter(
    ({ mid, packetsReceived }) => mid !== 'probator' && packetsReceived > (before.get(mid) ?? 0),
  );
  const of = (kind: string) => goesOn.filter((one) => one.kind === kind).map(({ mid }) => mid.charAt(0));
  return { audio: of('audio'), video: of('video') };
}

test('[MEDIA-11] whoever goes to another room is seen and heard there, and sees and hears, by what was negotiated before, time and again', async () => {
  const { url } = real.product;
  const meeting = await createRunMeeting(url);
  const come = (name: string, tone?: number) =>
    Person.joining(real.browser, {
      url,
      code: meeting.code,
      name,
      viewport: { width: 1024, height: 700 },
      before: () => localStorage.setItem('relais:line-care', 'off'),
      ...(tone && { tone }),
    });
  const [ana, bea] = [await come('Ana'), await come('Béa', TONE)];
  await listenForTones(ana.page, [TONE]);
  const heard = (...tones: number[]) => expect.poll(() => tonesHeard(ana.page), SOON).toEqual(tones);
  await expectMovingPicture(ana, 'Béa', SOON.timeout);
  // Outside sub-groups nothing of it is there.
  expect((await receiversOf(ana.page)).ready).toBe(0);
  const aid = await Animator.joining(url, meeting, 'Aide');
  await aid.ask('breakout:open', roundOf([['Ana'], ['Béa']]));
  await heard();
  const ready = () => expect.poll(async () => (await receiversOf(ana.page)).ready, SOON).toBe(READY);
  await ready();
  const { names } = await receiversOf(ana.page);
  const participantId = await aid.idOf('Ana');
  const go = async (room: string) =>
    aid.ask('breakout:move', { moves: [{ participantId, roomId: await aid.roomId(room) }] });
  let parts = 0;
  for (let time = 0; time < 3; time += 1) {
    await go('Salle 2');
    await heard(TONE);
    await expectMovingPicture(ana, 'Béa', SOON.timeout);
    expect(await marksOf(ana.page)).toEqual({ audio: ['r'], video: ['r'] });
    await ready();
    await go('Salle 1');
    await heard();
    await ready();
    const now = await receiversOf(ana.page);
    expect(now.names, 'neither a transport nor ICE is new').toBe(names);
    parts = time === 1 ? now.parts : parts;
    if (time === 2) expect(now.parts, 'parts of the connections').toBeLessThanOrEqual(parts + 2);
  }
  await aid.ask('breakout:close', {});
  // The rooms are told of it half a minute before.
  await expect.poll(async () => (await receiversOf(ana.page)).ready, { timeout: 60_000 }).toBe(0);
  aid.close();
  for (const one of [ana, bea]) await one.close();
});
