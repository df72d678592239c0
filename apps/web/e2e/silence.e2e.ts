import { expect, test, type Page } from '@playwright/test';
import { installVoice, type Talk } from '@relais/testing/lab/voice';
import { expectAudible, outbound } from './support/media.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const use = useProduct();

const talk = (page: Page, how: Talk) => page.evaluate((to) => void (window.labVoice.talk = to), how);

async function soundSent(page: Page): Promise<number> {
  const sounds = (await outbound(page)).filter(({ kind }) => kind === 'audio');
  return sounds.reduce((sum, { packetsSent }) => sum + packetsSent, 0);
}

/** Packets of sound in the next two seconds. */
async function sentInTwoSeconds(page: Page): Promise<number> {
  const [before, since] = [await soundSent(page), performance.now()];
  await expect.poll(() => performance.now() - since).toBeGreaterThan(2000);
  return (await soundSent(page)) - before;
}

test('[LINE-10] the noise of a room in which nobody has spoken yet is not sent, and the first voice is heard', async () => {
  const { product, browser } = use;
  const code = await product.createMeeting();
  const context = await browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
  await context.addInitScript(installVoice, { order: [0], turnMs: 1000, index: 0 });
  const ana = await Person.atTheDoor(context, { url: product.url, code, name: 'Ana' });
  await talk(ana.page, 'never');
  await ana.enter();
  const bea = await Person.joining(browser, { url: product.url, code, name: 'Béa' });

  await expect.poll(() => sentInTwoSeconds(ana.page), { timeout: 30_000 }).toBe(0);
  expect(
    await ana.page.getByRole('button', { name: 'Micro', exact: true }).getAttribute('aria-pressed'),
  ).toBe('true');

  await talk(ana.page, 'always');
  await expectAudible(bea, 1);
  expect(await sentInTwoSeconds(ana.page)).toBeGreaterThan(50);
  // Between two sentences, and for a while, the codec's own way is smoother: it goes on with a packet now and then.
  await talk(ana.page, 'never');
  await expect.poll(() => sentInTwoSeconds(ana.page), { timeout: 30_000 }).toBeLessThan(20);
  expect(await sentInTwoSeconds(ana.page)).toBeGreaterThan(0);
  await context.close();
});
