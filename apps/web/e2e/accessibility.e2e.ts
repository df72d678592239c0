import { expect, test } from '@playwright/test';
import { ADMINISTRATOR, askForLink, firstAdministratorUrl, signIn } from './support/accounts.ts';
import { expectNoViolation, expectReflow } from './support/axe.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

for (const colorScheme of ['light', 'dark'] as const) {
  for (const lang of ['fr', 'en'] as const) {
    test(`axe finds nothing on any page, ${colorScheme}, ${lang}`, async () => {
      const code = await real.product.createMeeting();
      const paths = {
        home: '/',
        door: `/r/${code}`,
        'who may enter': `/r/${code}/entree`,
        'no meeting': '/r/zzz-zzzz-zzz',
        nowhere: '/nulle-part',
        'signing in': '/connexion',
        'a link': `/connexion/lien?jeton=${'x'.repeat(32)}`,
        'a broken link': '/connexion/lien',
        'asking for a password': '/connexion/mot-de-passe',
        'a new password': `/connexion/mot-de-passe?jeton=${'x'.repeat(32)}`,
        'the first administrator': '/premier',
        'cancelling a registration': '/rencontres/inscription',
        'an invitation': `/communautes/invitation?jeton=${'x'.repeat(48)}`,
      };
      const context = await real.browser.newContext({ colorScheme });
      await context.addCookies([{ name: 'lang', value: lang, url: real.product.url }]);
      const page = await context.newPage();
      for (const [what, path] of Object.entries(paths)) {
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.goto(real.product.url + path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectNoViolation(page, what);
        await expectReflow(page, what);
      }
      await context.close();
    });
  }
}

// Before anybody signs in: the mailbox of these tests makes the first administrator where there is none, and has emails wait.
test('axe finds nothing on the page of emails that wait, with some and without', async () => {
  const context = await real.browser.newContext({ locale: 'fr-CA' });
  const page = await context.newPage();
  await page.goto(firstAdministratorUrl(real.product));
  await page.getByLabel('Votre nom').fill(ADMINISTRATOR.name);
  await page.getByLabel('Courriel').fill(ADMINISTRATOR.email);
  await page.getByLabel('Nouveau mot de passe').fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Créer le compte' }).click();
  await page.getByRole('link', { name: 'Courriels en attente' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectNoViolation(page, 'emails that wait');
  const other = await real.browser.newContext({ locale: 'fr-CA' });
  await askForLink(await other.newPage(), real.product, 'zoe@exemple.test');
  await page.getByRole('button', { name: 'Actualiser' }).click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.getByLabel('Lien pour zoe@exemple.test')).toBeVisible();
    await expectNoViolation(page, `an email that waits, ${colorScheme}`);
  }
  await expectReflow(page, 'emails that wait');
  await Promise.all([context.close(), other.close()]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the page of one’s own account, ${colorScheme}`, async () => {
    const context = await real.browser.newContext({ colorScheme, locale: 'fr-CA' });
    const page = await signIn(context, real.product, `${colorScheme}@exemple.test`, 'Ana Tremblay');
    await expectNoViolation(page, 'account');
    await page.getByLabel('Votre nom').fill('');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expectNoViolation(page, 'account refused');
    await expectReflow(page, 'account');
    for (const path of [
      '/',
      '/rencontres',
      '/rencontres/passees',
      '/rencontres/nouvelle',
      '/communautes',
      '/communautes/nouvelle',
    ]) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(real.product.url + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoViolation(page, path);
      await expectReflow(page, path);
    }
    await context.close();
  });
}

test('axe finds nothing in a meeting: stage, messages, people, menu, settings, shortcuts, and after leaving', async () => {
  const code = await real.product.createMeeting('Rencontre accessible');
  const ana = await Person.joining(real.browser, { url: real.product.url, code, name: 'Ana Tremblay' });
  const bea = await Person.joining(real.browser, {
    url: real.product.url,
    code,
    name: 'Béa Côté',
    devices: false,
  });
  const { page } = ana;
  await expect(ana.tile('Béa Côté')).toBeVisible();
  await expectNoViolation(page, 'stage');
  await bea.write('bonjour https://exemple.qc.ca');
  await ana.openMessages();
  await expect.poll(async () => (await ana.texts()).length).toBe(1);
  await expectNoViolation(page, 'messages');
  await ana
    .button(/^Personnes/)
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /Personnes présentes/ })).toBeVisible();
  await expectNoViolation(page, 'people');
  await page.keyboard.press('Escape');
  for (const entry of ['Micro, caméra et haut-parleur', 'Raccourcis clavier']) {
    await ana.button('Plus').click();
    await expectNoViolation(page, 'menu');
    await ana
      .button(entry)
      .or(page.getByRole('menuitem', { name: entry }))
      .first()
      .click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoViolation(page, entry);
    await page.keyboard.press('Escape');
  }
  await expectReflow(page, 'stage');
  await ana.button('Quitter').click();
  await expect(page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeVisible();
  await expectNoViolation(page, 'left');
  await Promise.all([ana.close(), bea.close()]);
});
