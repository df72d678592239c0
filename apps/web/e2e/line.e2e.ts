import { expect, test, type Page } from '@playwright/test';
import { goodLine, sixtyFourKbit } from '@relais/testing/lab/profiles';
import { whyNoLaboratory } from '@relais/testing/lab/system';
import { chromiumPath, launch } from './support/browser.ts';
import { openLaboratory } from './support/laboratory.ts';
import { mediaRoutes } from './support/media-routes.ts';
import { expectMovingPicture, inbound, outbound } from './support/media.ts';
import { Person } from './support/person.ts';

const why = await whyNoLaboratory();
const chromium = chromiumPath();

/** What came, or left, over the next seconds, in packets a second. */
async function perSecond(count: () => Promise<number>, seconds: number): Promise<number> {
  const [before, since] = [await count(), performance.now()];
  await expect.poll(() => performance.now() - since).toBeGreaterThan(seconds * 1000);
  return ((await count()) - before) / ((performance.now() - since) / 1000);
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
const soundSent = async (page: Page) =>
  sum((await outbound(page)).filter(({ kind }) => kind === 'audio').map((one) => one.packetsSent));
const framesSeen = async (page: Page) =>
  sum((await inbound(page)).filter(({ kind }) => kind === 'video').map((one) => one.framesDecoded));
const soundHeard = async (page: Page) =>
  sum((await inbound(page)).filter(({ kind }) => kind === 'audio').map((one) => one.totalAudioEnergy));

test('[LINE-1] [LINE-5] [LINE-8] [LINE-10] a line that becomes 64 kbit/s both ways carries sound and messages, no pictures, and those again when it is good', async () => {
  test.skip(why !== undefined || chromium === undefined, why ?? 'no Chromium to put on a line of its own');
  test.setTimeout(300_000);
  await using stack = new AsyncDisposableStack();
  const product = await openLaboratory();
  stack.defer(() => product.close());
  const { url, args, laboratory } = product;
  const onLine = await laboratory.person(goodLine);
  const here = await launch({ args: [...args] });
  stack.defer(() => here.close());
  const there = await launch({ args: [...args], executable: await onLine.programThere(chromium!) });
  stack.defer(() => there.close());

  const code = await product.createMeeting();
  const ana = await Person.joining(here, { url, code, name: 'Ana' });
  const lea = await Person.joining(there, { url, code, name: 'Léa' });
  await Promise.all([expectMovingPicture(lea, 'Ana'), expectMovingPicture(ana, 'Léa')]);
  // Over TCP nothing of what follows would be about sound.
  expect(new Set((await mediaRoutes(lea.page)).map(({ protocol }) => protocol))).toEqual(new Set(['udp']));

  await Promise.all([lea.openMessages(), ana.openMessages()]);

  await onLine.line.change(sixtyFourKbit);
  await expect.poll(() => perSecond(() => framesSeen(lea.page), 2), { timeout: 60_000 }).toBe(0);
  await expect.poll(() => perSecond(() => framesSeen(ana.page), 2), { timeout: 60_000 }).toBe(0);
  // Who speaks to her spares the line: a packet holds 60 ms, and silence none.
  await expect.poll(() => perSecond(() => soundSent(ana.page), 2), { timeout: 60_000 }).toBeLessThan(18);
  expect(await perSecond(() => soundHeard(lea.page), 4), 'Léa hears Ana').toBeGreaterThan(1e-3);
  expect(await perSecond(() => soundHeard(ana.page), 4), 'Ana hears Léa').toBeGreaterThan(1e-3);
  await lea.write('je vous entends');
  await expect(ana.page.getByText('je vous entends').first()).toBeAttached({ timeout: 30_000 });

  await onLine.line.change(goodLine);
  await expectMovingPicture(lea, 'Ana', 120_000);
});
