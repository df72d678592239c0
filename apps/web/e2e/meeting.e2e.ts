import { expect, test, type Browser } from '@playwright/test';
import { launch } from './support/browser.ts';
import { expectAudible, expectMovingPicture, outbound } from './support/media.ts';
import { Person } from './support/person.ts';
import { Product } from './support/product.ts';

let product: Product;
let browser: Browser;
let people: [Person, Person, Person];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  product = await Product.start();
  browser = await launch();
  const code = await product.createMeeting();
  const join = (name: string) => Person.joining(browser, { url: product.url, code, name });
  people = [await join('Ana Tremblay'), await join('Béatrice Côté'), await join('Cléo Wapachee')];
});

test.afterAll(async () => {
  await browser.close();
  await product.stop();
});

function others(person: Person): Person[] {
  return people.filter((p) => p !== person);
}

test('three people in three browsers each see the two others move, and hear them', async () => {
  for (const person of people) {
    for (const other of others(person)) await expectMovingPicture(person, other.name);
    await expectAudible(person, 2);
  }
});

test('muting stops the packets of sound, is marked on the tile, and unmuting brings the voice back', async () => {
  const [ana, bea] = people;
  await ana.button('Micro').click();
  await expect(bea.tile(ana.name).getByText('micro coupé')).toBeAttached();
  const packets = async () => (await outbound(ana.page)).find((r) => r.kind === 'audio')?.packetsSent;
  // What was on its way when the button was pressed may still be counted: from the mark on, nothing is.
  const before = await packets();
  expect(before).toBeGreaterThan(0);
  await expectAudible(bea, 1);
  expect(await packets()).toBe(before);
  await ana.button('Micro coupé').click();
  await expectAudible(bea, 2);
});

test('turning the camera off shows initials to the others, and turning it on shows the picture again', async () => {
  const [ana, bea] = people;
  await ana.button('Caméra').click();
  await expect(bea.tile(ana.name).locator('video')).toHaveCount(0);
  await expect(bea.tile(ana.name)).toContainText('AT');
  await ana.button('Caméra fermée').click();
  await expectMovingPicture(bea, ana.name);
});

test('a shared screen arrives, sharp, on everybody’s stage, and goes when the sharing ends', async () => {
  const [ana, bea, cleo] = people;
  await ana.button(/Partager/).click();
  for (const person of [bea, cleo]) {
    const video = person.page.getByRole('figure', { name: `Écran de ${ana.name}` }).locator('video');
    await expect
      .poll(() => video.evaluate((v: HTMLVideoElement) => v.videoWidth), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(1280);
  }
  await ana
    .button(/Arrêter/)
    .first()
    .click();
  await expect(bea.page.getByRole('figure', { name: `Écran de ${ana.name}` })).toHaveCount(0);
});

test('who speaks is marked on the tiles of the others', async () => {
  const [ana, bea] = people;
  await expect(bea.tile(ana.name).getByText('parle')).toBeAttached();
});

test('messages arrive in one order for everyone, with links made safe', async () => {
  const [ana, bea, cleo] = people;
  await Promise.all(people.map((person) => person.openMessages()));
  for (let i = 1; i <= 3; i++) {
    await Promise.all([ana.write(`ana ${i}`), bea.write(`béa ${i}`)]);
  }
  await cleo.write('voir https://exemple.qc.ca/plan?a=1&b=2 <b>gras</b>');
  for (const person of people) await expect.poll(async () => (await person.texts()).length).toBe(7);
  const seen = await cleo.texts();
  expect(await ana.texts()).toEqual(seen);
  expect(await bea.texts()).toEqual(seen);
  expect(seen.filter((text) => text.startsWith('ana'))).toEqual(['ana 1', 'ana 2', 'ana 3']);
  const link = ana.page.getByRole('link', { name: /exemple\.qc\.ca/ });
  await expect(link).toHaveAttribute('href', 'https://exemple.qc.ca/plan?a=1&b=2');
  await expect(link).toHaveAttribute('rel', /noopener/);
  expect(seen.at(-1)).toContain('<b>gras</b>');
});

test('[MEDIA-7] a media worker killed while three talk is replaced, and pictures move again without a reload', async () => {
  for (const { page } of people) await page.evaluate(() => Object.assign(window, { loadedOnce: true }));
  const [pid] = product.workerPids();
  process.kill(pid!, 'SIGKILL');
  await expect.poll(() => product.workerPids().filter((p) => p !== pid).length).toBe(1);
  for (const person of people) {
    for (const other of others(person)) await expectMovingPicture(person, other.name);
    await expectAudible(person, 2);
    expect(await person.page.evaluate(() => 'loadedOnce' in window)).toBe(true);
  }
});

test('messages survive a kill -9 of the server; everybody is back in their seat, sees and hears, without a reload', async () => {
  const [ana, bea, cleo] = people;
  await ana.write('juste avant la panne');
  await expect.poll(async () => (await bea.texts()).includes('juste avant la panne')).toBe(true);
  await product.kill();
  await expect(ana.page.getByText(/^Connexion coupée/)).toBeVisible();
  await bea.write('écrit pendant la panne');
  await product.up();
  for (const person of people) {
    await expect
      .poll(async () => (await person.texts()).slice(-2), { timeout: 30_000 })
      .toEqual(['juste avant la panne', 'écrit pendant la panne']);
    expect((await person.texts()).length).toBe(9);
    for (const other of others(person)) await expectMovingPicture(person, other.name);
    await expectAudible(person, 2);
  }
  await cleo.page.reload();
  await cleo.page.getByRole('button', { name: /^Entrer/ }).click();
  await cleo.openMessages();
  await expect.poll(async () => (await cleo.texts()).length).toBe(9);
});

test('whoever joins late reads what was written before', async () => {
  const late = await Person.joining(browser, {
    url: product.url,
    code: new URL(people[0].page.url()).pathname.split('/').at(-1) ?? '',
    name: 'Dani Mercier',
    devices: false,
  });
  await late.openMessages();
  await expect.poll(async () => (await late.texts()).length).toBe(9);
  await late.button('Quitter').click();
  await expect(people[0].tile(late.name)).toHaveCount(0);
});
