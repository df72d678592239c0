import { expect, test, type Page } from '@playwright/test';
import { CODE } from './fixtures/serve.ts';
import { useFixture } from './support/use-fixture.ts';

/** One's own line, as it is said and shown, over made-up views [LINE-3] [LINE-7]. */
const fixture = useFixture();

async function room(query: string, width = 1280): Promise<Page> {
  const context = await fixture.browser.newContext({ locale: 'fr-CA', viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${fixture.url}/r/${CODE}?inside&devices=on&people=6&${query}`);
  await expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
  return page;
}

test('a good line is not spoken of', async () => {
  const page = await room('line=0');
  await expect(page.getByText(/Votre connexion/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Connexion/ })).toHaveCount(0);
  await page.context().close();
});

for (const width of [360, 768, 1440])
  test(`what is given up is said in one sentence, and why stands behind a button, at ${width} pixels`, async () => {
    const page = await room('line=3', width);
    const said = page.getByRole('status').filter({ hasText: 'la vidéo est en pause, le son continue.' });
    await expect(said).toBeVisible();
    if (process.env['PICTURES'])
      await page.screenshot({ path: `${process.env['PICTURES']}/said-${width}.png` });
    await page.getByRole('button', { name: 'Voir ma connexion' }).click();
    const panel = page.getByRole('complementary', { name: 'Ma connexion' });
    await expect(panel.getByText('Les images des autres sont en pause.')).toBeVisible();
    await panel.getByText('Détails').click();
    await expect(panel.getByText('184 ms')).toBeVisible();
    if (process.env['PICTURES'])
      await page.screenshot({ path: `${process.env['PICTURES']}/panel-${width}.png` });
    await page.context().close();
  });

test('pictures that stand still say so, and the notice can be put away while the mark stays', async () => {
  const page = await room('line=1');
  await expect(page.getByText('Image en pause').first()).toBeVisible();
  await page.getByRole('button', { name: 'Fermer cet avis' }).click();
  await expect(page.getByText(/seule l’image de la personne qui parle/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Connexion lente' })).toBeVisible();
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/still.png` });
  await page.context().close();
});
