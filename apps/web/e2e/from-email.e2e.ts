import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { ADMINISTRATOR, signIn } from './support/accounts.ts';
import { lastLink } from './support/mailbox.ts';
import { collectConnections } from './support/person.ts';
import { listenForTones, soundAs, tonesHeard } from './support/tones.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

// Three people with sound, and the server, on a machine that may be busy with others.
test.describe.configure({ timeout: 240_000 });

const COLINE = { email: 'coline@exemple.test', name: 'Coline Roy', tone: 440 };
const ANA = { email: 'ana@exemple.test', name: 'Ana Côté', tone: 620 };
const GUEST = { name: 'Citoyenne', tone: 880 };

async function browserOf(tone: number): Promise<BrowserContext> {
  const context = await real.browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
  await context.addInitScript(soundAs, tone);
  await context.addInitScript(collectConnections);
  return context;
}

/** As the pages ask, with the cookies of whoever is signed in. */
async function ask(page: Page, path: string, data: object): Promise<unknown> {
  const { url } = real.product;
  const response = await page.request.post(url + path, { data, headers: { origin: url } });
  expect(response.ok(), `${path}: ${await response.text()}`).toBe(true);
  return response.json();
}

/** A community that Coline coordinates, which has invited Ana, and meets in a few minutes behind its own door. */
async function prepare(coline: Page): Promise<void> {
  const administrator = await (await real.browser.newContext()).newPage();
  const { email, password } = ADMINISTRATOR;
  await ask(administrator, '/api/auth/password', { email, password });
  await ask(administrator, '/api/communities', {
    slug: 'loisir',
    name: 'Loisir en région',
    description: '',
    joining: 'invitation',
    coordinator: COLINE.email,
    lang: 'fr',
  });
  await administrator.context().close();
  await ask(coline, '/api/communities/loisir/join', { lang: 'fr' });
  const soon = new Date(Date.now() + 10 * 60_000).toISOString();
  await ask(coline, '/api/calendar', {
    title: 'Rencontre du mois',
    date: soon.slice(0, 10),
    time: soon.slice(11, 16),
    timeZone: 'UTC',
    minutes: 60,
    community: 'loisir',
    entry: 'community',
    lang: 'fr',
  });
  await ask(coline, '/api/communities/loisir/invitations', {
    kind: 'email',
    emails: [ANA.email],
    role: 'member',
    lang: 'fr',
  });
}

/** Camera and microphone were allowed beforehand: they start by themselves. */
async function enter(page: Page, name: string): Promise<void> {
  await page.getByLabel('Votre nom').fill(name);
  await page.getByRole('button', { name: 'Entrer', exact: true }).click();
}

const isInside = (page: Page) => expect(page.getByRole('button', { name: 'Quitter' })).toBeVisible();
const tileOf = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Personnes à l’écran' }).getByTitle(name, { exact: true });

async function hears(page: Page, ...tones: number[]): Promise<void> {
  await listenForTones(page, tones);
  await expect.poll(() => tonesHeard(page), { timeout: 40_000 }).toEqual(tones);
}

test('[COMM-5] [CAL-5] [ENTRY-1] [GUEST-1] [WAIT-1] from an email into the meeting: a member by the invitation that they got, a citizen by a link for one evening', async () => {
  const colines = await browserOf(COLINE.tone);
  const coline = await signIn(colines, real.product, COLINE.email, COLINE.name);
  await prepare(coline);

  // Ana has never been here: an email, an account, a community, its meeting.
  const anas = await browserOf(ANA.tone);
  const ana = await anas.newPage();
  await ana.goto(await lastLink(real.product, ANA.email));
  await ana.getByRole('link', { name: 'Me connecter pour accepter' }).click();
  await ana.getByLabel('Courriel').fill(ANA.email);
  await ana.getByRole('button', { name: 'Recevoir un lien par courriel' }).click();
  await expect(ana.getByRole('heading', { name: 'Votre lien vous attend' })).toBeFocused();
  await ana.goto(await lastLink(real.product, ANA.email));
  await ana.getByRole('button', { name: 'Me connecter' }).click();
  await ana.getByLabel('Votre nom').fill(ANA.name);
  await ana.getByRole('button', { name: 'Continuer' }).click();
  await ana.getByRole('button', { name: 'Accepter l’invitation' }).click();
  await ana.getByRole('link', { name: /Rencontre du mois/ }).click();
  await ana.getByRole('link', { name: 'Rejoindre maintenant' }).click();
  await enter(ana, ANA.name);
  await isInside(ana);

  // Coline runs it, from the same page.
  await coline.goto(`${real.product.url}/communautes/loisir`);
  await coline.getByRole('link', { name: /Rencontre du mois/ }).click();
  await coline.getByRole('link', { name: 'Animer maintenant' }).click();
  const code = new URL(coline.url()).pathname.split('/')[2] ?? '';
  await enter(coline, COLINE.name);
  await isInside(coline);
  await expect(tileOf(coline, ANA.name)).toBeVisible();
  await Promise.all([hears(coline, ANA.tone), hears(ana, COLINE.tone)]);

  // Guests wait; the link for them is made beside the meeting.
  await coline.getByRole('button', { name: /^Personnes/ }).click();
  await coline.getByLabel('Faire attendre à l’entrée').selectOption('Les personnes sans compte');
  const beside = await colines.newPage();
  await beside.goto(`${real.product.url}/r/${code}/entree`);
  await beside.getByLabel('Pour qui').fill('Citoyennes de Senneterre');
  await beside.getByLabel('Nombre de personnes').fill('5');
  await beside.getByRole('button', { name: 'Créer un lien' }).click();
  const link = await beside.getByLabel('Lien : Citoyennes de Senneterre').inputValue();
  await beside.close();

  const guests = await browserOf(GUEST.tone);
  const guest = await guests.newPage();
  await guest.goto(link);
  await enter(guest, GUEST.name);
  await expect(guest.getByRole('heading', { name: 'Vous attendez qu’on vous fasse entrer' })).toBeFocused();
  await coline.getByRole('button', { name: `Faire entrer (${GUEST.name})` }).click();
  await isInside(guest);
  await Promise.all([hears(guest, COLINE.tone, ANA.tone), hears(ana, COLINE.tone, GUEST.tone)]);

  // That meeting is all that a guest has of the community.
  const other = await guests.newPage();
  for (const path of ['/communautes/loisir', '/communautes/loisir/membres']) {
    await other.goto(real.product.url + path);
    await expect(other.getByRole('button', { name: 'Recevoir un lien par courriel' })).toBeVisible();
    await expect(other.getByText(ANA.name)).toHaveCount(0);
  }
  const asked = await other.request.get(`${real.product.url}/api/communities/loisir/members`);
  expect(await asked.json()).toMatchObject({ ok: false, refusal: { kind: 'notSignedIn' } });
  await Promise.all([colines, anas, guests].map((context) => context.close()));
});
