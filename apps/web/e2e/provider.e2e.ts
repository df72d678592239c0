import { startOidcProvider } from '@relais/testing/oidc-provider';
import { expect, test, type BrowserContext } from '@playwright/test';
import { launch } from './support/browser.ts';
import { Product } from './support/product.ts';

test('[PEOPLE-1] who has an account at the organisation’s provider signs in with it, and is the same person the second time', async () => {
  const provider = await startOidcProvider();
  const { issuer, clientId, clientSecret, name } = provider.settings;
  const product = await Product.start({
    RELAIS_OIDC_ISSUER: issuer,
    RELAIS_OIDC_CLIENT_ID: clientId,
    RELAIS_OIDC_CLIENT_SECRET: clientSecret,
    RELAIS_OIDC_NAME: name,
  });
  const browser = await launch();
  const signedInAt = async (context: BrowserContext, path: string) => {
    const page = await context.newPage();
    await page.goto(product.url + path);
    // The page lives.
    await expect(page.getByRole('button', { name: 'Recevoir un lien par courriel' })).toBeEnabled();
    await page.getByRole('button', { name: 'Continuer avec CDC' }).press('Enter');
    return page;
  };
  try {
    const page = await signedInAt(await browser.newContext({ locale: 'fr-CA' }), '/connexion');
    await expect(page.getByRole('heading', { name: 'Ana Tremblay', level: 1 })).toBeVisible();
    await expect(page).toHaveURL(`${product.url}/moi`);
    await page.getByLabel('Organisme').fill('CDC du Nord');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(page.getByText('Profil enregistré.')).toBeVisible();
    await page.context().close();

    // In another browser, on the way to somewhere.
    const again = await signedInAt(
      await browser.newContext({ locale: 'fr-CA' }),
      '/connexion?vers=/communautes',
    );
    await expect(again).toHaveURL(`${product.url}/communautes`);
    await again.goto(`${product.url}/moi`);
    await expect(again.getByLabel('Organisme')).toHaveValue('CDC du Nord');
    await again.context().close();

    // Who gives up at the provider, and who comes back by an address that this browser never asked for, is told so.
    provider.refuse('access_denied');
    const refused = await signedInAt(
      await browser.newContext({ locale: 'fr-CA' }),
      '/connexion?vers=/communautes',
    );
    await expect(refused.getByRole('alert')).toContainText('La connexion avec CDC n’a pas abouti.');
    await refused.goto(`${product.url}/api/auth/callback/oidc?code=x&state=y`);
    await expect(refused.getByRole('alert')).toContainText('recevez un lien par courriel');
    provider.refuse(undefined);
    await expect(refused.getByRole('button', { name: 'Recevoir un lien par courriel' })).toBeEnabled();
    await refused.getByRole('button', { name: 'Continuer avec CDC' }).press('Enter');
    // Where they were on the way to is known still.
    await expect(refused).toHaveURL(`${product.url}/communautes`);
    await refused.context().close();
  } finally {
    await browser.close();
    await product.stop();
    await provider.close();
  }
});
