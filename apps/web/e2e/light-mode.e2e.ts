import { expect, test } from '@playwright/test';
import { expectAudible, expectMovingPicture, inbound, outbound } from './support/media.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const use = useProduct();

const light = (person: Person) => person.page.getByRole('radio', { name: /Mode léger/ });
const videoPackets = async (person: Person) =>
  (await inbound(person.page))
    .filter(({ kind }) => kind === 'video')
    .map(({ packetsReceived }) => packetsReceived);

test('[LINE-2] [LINE-4] who enters in light mode hears and is heard, receives and sends no picture, and everybody is told', async () => {
  const { product, browser } = use;
  const code = await product.createMeeting();
  const ana = await Person.joining(browser, { url: product.url, code, name: 'Ana Tremblay' });
  const bea = await Person.atTheDoor(browser, { url: product.url, code, name: 'Béatrice Côté' });
  await light(bea).check();
  await expect(bea.button('Caméra en pause')).toBeVisible();
  await bea.enter();
  await expectAudible(bea, 1);
  await expectAudible(ana, 1);
  await expect(ana.tile(bea.name).getByText('Mode léger')).toBeVisible();
  await expect(ana.tile(bea.name)).toContainText('BC');
  expect(await videoPackets(bea)).toEqual([]);
  expect((await outbound(bea.page)).filter(({ kind }) => kind === 'video')).toEqual([]);

  // Left, everything is as before, the camera too; chosen again, it all goes.
  await bea.button('Reprendre les images').click();
  await expectMovingPicture(bea, ana.name);
  await expectMovingPicture(ana, bea.name);
  await expect(ana.tile(bea.name).getByText('Mode léger')).toHaveCount(0);
  await bea.button('Plus').click();
  await bea.button('Mode léger').click();
  await expect(bea.tile(ana.name).locator('video')).toHaveCount(0);
  await expect(ana.tile(bea.name).locator('video')).toHaveCount(0);
  await bea.write('on vous entend bien');
  await ana.openMessages();
  await expect.poll(() => ana.texts()).toEqual(['on vous entend bien']);

  // Remembered in this browser.
  await bea.page.reload();
  await expect(light(bea)).toBeChecked();
  await Promise.all([ana.close(), bea.close()]);
});
