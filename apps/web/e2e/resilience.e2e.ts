import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freezeDatabase } from './support/database.ts';
import { Line } from './support/line.ts';
import { expectMovingPicture } from './support/media.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'relais-e2e-'));
const real = useProduct({ RELAIS_SEAT_GRACE_SECONDS: '15', RELAIS_DATA_DIR: dataDir });
test.afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('[LOG-3] while the database is away pictures go on, writing and coming in say that they wait, and nothing is lost', async () => {
  test.skip(process.platform !== 'linux', 'the database is stopped through /proc');
  const code = await real.product.createMeeting();
  const join = (name: string) => Person.joining(real.browser, { url: real.product.url, code, name });
  const [ana, bea] = [await join('Ana'), await join('Béa')];
  await bea.openMessages();
  await ana.write('avant');
  await expect.poll(() => bea.texts()).toEqual(['avant']);
  const cleo = await Person.atTheDoor(real.browser, {
    url: real.product.url,
    code,
    name: 'Cléo',
    devices: false,
  });

  const thaw = freezeDatabase(dataDir);
  try {
    await ana.write('pendant');
    await expect(ana.page.getByText(/^En attente/)).toBeVisible();
    await expect(ana.page.getByText(/Vos messages sont gardés ici/)).toBeVisible();
    await cleo.button(/^Entrer/).click();
    await expect(cleo.page.getByText(/Relais réessaie de lui-même/)).toBeVisible({ timeout: 30_000 });
    await expectMovingPicture(ana, 'Béa');
    await expect(ana.page.getByText(/^Connexion coupée/)).toHaveCount(0);
  } finally {
    thaw();
  }
  await expect.poll(() => bea.texts()).toEqual(['avant', 'pendant']);
  await expect.poll(() => ana.texts()).toEqual(['avant', 'pendant']);
  await expect(ana.page.getByText(/^En attente|gardés ici/)).toHaveCount(0);
  await expect(cleo.button('Quitter')).toBeVisible({ timeout: 30_000 });
  await expect(ana.tile('Cléo')).toHaveCount(1);
  await Promise.all([ana, bea, cleo].map((person) => person.close()));
});

test('[LEAVE-1] leaving and closing the tab clear the tile at once', async () => {
  const code = await real.product.createMeeting();
  const join = (name: string) =>
    Person.joining(real.browser, { url: real.product.url, code, name, devices: false });
  const [ana, bea, cleo] = [await join('Ana'), await join('Béa'), await join('Cléo')];
  await expect(ana.tile('Cléo')).toBeVisible();
  await bea.button('Quitter').click();
  await expect(bea.page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeVisible();
  await expect(ana.tile('Béa')).toHaveCount(0, { timeout: 2000 });
  await cleo.page.close();
  await expect(ana.tile('Cléo')).toHaveCount(0, { timeout: 2000 });
  await Promise.all([ana.close(), bea.close(), cleo.close()]);
});

test('[LEAVE-3] [JOIN-2] a network cut shows "coupure réseau"; within the grace period one is back in the same seat with nothing missed, after it the tile is cleared', async () => {
  const code = await real.product.createMeeting();
  const lines = [await Line.to(real.product.port), await Line.to(real.product.port)] as const;
  const join = (name: string, url = real.product.url) =>
    Person.joining(real.browser, { url, code, name, devices: false });
  const ana = await join('Ana');
  const bea = await join('Béa', lines[0].url);
  const cleo = await join('Cléo', lines[1].url);
  await ana.write('avant');
  await bea.openMessages();
  await expect.poll(() => bea.texts()).toEqual(['avant']);

  for (const line of lines) line.cut();
  await ana.write('pendant');
  await expect(ana.tile('Béa').getByText('Coupure réseau')).toBeVisible();
  await expect(ana.tile('Cléo').getByText('Coupure réseau')).toBeVisible();
  await expect(bea.page.getByText(/^Connexion coupée/)).toBeVisible();
  await bea.write('écrit sans réseau');
  await expect(bea.page.getByText('Envoi en cours…')).toBeVisible();

  lines[0].mend();
  await expect.poll(() => bea.texts()).toEqual(['avant', 'pendant', 'écrit sans réseau']);
  await expect.poll(() => ana.texts()).toEqual(['avant', 'pendant', 'écrit sans réseau']);
  await expect(ana.tile('Béa').getByText('Coupure réseau')).toHaveCount(0);
  await expect(bea.page.getByText('Envoi en cours…')).toHaveCount(0);
  await expect(ana.tile('Béa')).toHaveCount(1);

  await expect(ana.tile('Cléo')).toHaveCount(0, { timeout: 30_000 });
  // Who came back in time stays.
  await expect(ana.tile('Béa')).toHaveCount(1);
  await Promise.all([ana, bea, cleo].map((person) => person.close()));
  await Promise.all(lines.map((line) => line.close()));
});
