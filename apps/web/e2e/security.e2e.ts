import { expect, test, type Page } from '@playwright/test';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct({ RELAIS_ADMIN_TOKEN: 'a token for this test alone' });

declare global {
  interface Window {
    /** What the content policy forbade on this page. */
    forbidden: string[];
  }
}

/** Notes what the content policy forbids, from the first line of a page on. */
function noteForbidden(): void {
  window.forbidden = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
    window.forbidden.push(`${violatedDirective}: ${blockedURI} ${sample}`);
  });
}

const forbiddenOn = (page: Page) => page.evaluate(() => window.forbidden);

/** By directive, as a header writes them. */
function directives(policy: string): Map<string, string[]> {
  const parts = policy.split(';').map((part) => part.trim().split(/\s+/));
  return new Map(parts.map(([name = '', ...values]) => [name, values]));
}

test('[HEAD-1] [HEAD-2] every page says what it may load, allows nothing inline, and needs nothing else', async () => {
  const code = await real.product.createMeeting();
  const context = await real.browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(noteForbidden);
  const nonces = new Set<string>();
  for (const path of [
    '/',
    `/r/${code}`,
    '/r/zzz-zzzz-zzz',
    '/verification',
    '/admin',
    '/connexion',
    `/connexion/lien?jeton=${'x'.repeat(32)}`,
    '/connexion/mot-de-passe',
    '/premier',
    `/communautes/invitation?jeton=${'x'.repeat(48)}`,
    '/hors-ligne',
    '/nulle-part',
  ]) {
    const response = await page.goto(real.product.url + path);
    const headers = response?.headers() ?? {};
    const policy = directives(headers['content-security-policy'] ?? '');
    expect(policy.get('default-src'), path).toEqual(["'none'"]);
    for (const name of ['base-uri', 'frame-ancestors']) expect(policy.get(name), path).toEqual(["'none'"]);
    // SvelteKit's own script has a nonce of that answer's own; the door of a meeting has none at all.
    const [self, ...made] = policy.get('script-src') ?? [];
    expect(self, path).toBe("'self'");
    for (const nonce of made) {
      expect(nonce, path).toMatch(/^'nonce-.{16,}'$/);
      expect(nonces.has(nonce), `${path}: a nonce of its own`).toBe(false);
      nonces.add(nonce);
    }
    expect(
      [...policy.keys()].filter((name) => name.endsWith('-attr')),
      path,
    ).toEqual([]);
    expect([...policy.values()].flat().join(' '), path).not.toMatch(/unsafe|\*|https?:/);
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      // Neither tells others where one was.
      'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin)$/),
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()'),
    });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await forbiddenOn(page), path).toEqual([]);
  }
  // Going from page to page as well.
  await page.goto(real.product.url);
  await page.getByLabel('Titre de la rencontre').fill('Politique');
  await page.getByRole('button', { name: 'Créer la rencontre' }).click();
  await page.getByRole('link', { name: 'Entrer dans la rencontre' }).click();
  await expect(page.getByRole('heading', { name: 'Politique' })).toBeVisible();
  expect(await forbiddenOn(page)).toEqual([]);
  await context.close();
});

test('[HEAD-2] a meeting needs nothing that the policy forbids; what is written into it from elsewhere does not run', async () => {
  const code = await real.product.createMeeting();
  const ana = await Person.joining(real.browser, {
    ...{ url: real.product.url, code, name: 'Ana Tremblay' },
    before: noteForbidden,
  });
  await ana.write('<img src=x onerror="window.forbidden.push(\'it ran\')">');
  await expect(ana.page.getByText('<img src=x')).toBeVisible();
  expect(await forbiddenOn(ana.page)).toEqual([]);
  await ana.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = "window.forbidden.push('it ran')";
    document.body.append(script);
    const image = new Image();
    image.setAttribute('onerror', "window.forbidden.push('it ran')");
    image.src = 'data:nothing';
    document.body.append(image);
    const foreign = document.createElement('script');
    foreign.src = 'http://127.0.0.1:9/foreign.js';
    document.body.append(foreign);
  });
  await expect.poll(() => forbiddenOn(ana.page)).toHaveLength(3);
  expect(await forbiddenOn(ana.page)).not.toContain('it ran');
  const sent = ana.page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => 'it went',
      () => 'refused',
    ),
  );
  expect(await sent).toBe('refused');
  await expect.poll(() => forbiddenOn(ana.page)).toHaveLength(4);
  await ana.context.close();
});
