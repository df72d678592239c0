import { credentials, people, proofs, sessions } from '@relais/db';
import type { Me } from '@relais/protocol/people';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPeopleRig, FIRST, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

let postgres: TestPostgres;
let rig: PeopleRig;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  rig = await createPeopleRig({ url: await postgres.freshDatabase() });
});
afterEach(() => rig.close());
afterAll(() => postgres.close());

const ANA = 'ana@exemple.test';
const refusedAs = (status: number, kind: string) => ({ status, body: { ok: false, refusal: { kind } } });
const done = { status: 200, body: { ok: true } };

async function byLink(browser: WebBrowser, email = ANA) {
  expect(await browser.post('/auth/link', { email, lang: 'fr' })).toMatchObject(done);
  return browser.post('/auth/link/use', { token: rig.lastToken(email) });
}

async function me(browser: WebBrowser): Promise<Me> {
  const { body } = await browser.ask('GET', '/people/me');
  return body.value as Me;
}

const first = (browser: WebBrowser, token = rig.people.firstToken) =>
  browser.post('/auth/first', { ...FIRST, token });

describe('a link by email', () => {
  it('[PEOPLE-1] [PEOPLE-2] signs in, makes the account, and tells the page’s language to the mailer', async () => {
    const browser = rig.browser();
    expect(await browser.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
    expect(await browser.post('/auth/link', { email: ' Ana@Exemple.test ', lang: 'en' })).toMatchObject(done);
    expect(rig.mails).toMatchObject([{ kind: 'signInLink', to: ANA, lang: 'en', minutes: 15 }]);
    expect(await browser.post('/auth/link/use', { token: rig.lastToken(ANA) })).toMatchObject(done);
    expect(await me(browser)).toMatchObject({
      email: ANA,
      isAdministrator: false,
      hasPassword: false,
      profile: { name: '' },
    });
  });

  it('[PEOPLE-2] is good for one use, also of many at once', async () => {
    await rig.browser().post('/auth/link', { email: ANA, lang: 'fr' });
    const token = rig.lastToken(ANA);
    const tried = await Promise.all(
      Array.from({ length: 5 }, () => rig.browser().post('/auth/link/use', { token })),
    );
    expect(tried.filter(({ status }) => status === 200)).toHaveLength(1);
    const late = rig.browser();
    expect(await late.post('/auth/link/use', { token })).toMatchObject(refusedAs(400, 'linkInvalid'));
    expect(late.cookies.size).toBe(0);
  });

  it('[PEOPLE-2] is refused after its fifteen minutes, and what the database holds is not what was sent', async () => {
    await rig.browser().post('/auth/link', { email: ANA, lang: 'fr' });
    const token = rig.lastToken(ANA);
    const [stored] = await rig.database.orm.select().from(proofs);
    expect(JSON.stringify(stored)).not.toContain(token);
    const lasts = (stored?.expiresAt.getTime() ?? 0) - Date.now();
    expect(lasts).toBeGreaterThan(14 * 60_000);
    expect(lasts).toBeLessThanOrEqual(15 * 60_000);
    await rig.database.orm.update(proofs).set({ expiresAt: new Date(Date.now() - 1) });
    expect(await rig.browser().post('/auth/link/use', { token })).toMatchObject(
      refusedAs(400, 'linkInvalid'),
    );
  });

  it('[PEOPLE-2] that was never made, or is no link at all, is refused', async () => {
    const browser = rig.browser();
    expect(await browser.post('/auth/link/use', { token: 'a'.repeat(32) })).toMatchObject(
      refusedAs(400, 'linkInvalid'),
    );
    expect(await browser.post('/auth/link/use', { token: "' or 1=1 --" })).toMatchObject(
      refusedAs(400, 'invalidInput'),
    );
  });

  it('[PEOPLE-10] an address that is none, or has markup or a second line in it, gets no email', async () => {
    for (const email of ['', 'ana', '<b>ana</b>@exemple.test', 'ana@exemple.test\nBcc: x@exemple.test', 7]) {
      const answer = await rig.browser().post('/auth/link', { email, lang: 'fr' });
      expect(answer, String(email)).toMatchObject(refusedAs(400, 'invalidInput'));
    }
    expect(rig.mails).toEqual([]);
  });
});

describe('a password', () => {
  it('[PEOPLE-3] signs in, and is refused alike when it is wrong, when there is none, and without an account', async () => {
    await first(rig.browser());
    await byLink(rig.browser());
    const wrong = [
      { email: FIRST.email, password: 'un autre mot de passe' },
      { email: ANA, password: FIRST.password },
      { email: 'personne@exemple.test', password: FIRST.password },
    ];
    const told = await Promise.all(wrong.map((body) => rig.browser().post('/auth/password', body)));
    for (const answer of told) expect(answer).toMatchObject(refusedAs(401, 'wrongCredentials'));
    expect(new Set(told.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const browser = rig.browser();
    const right = { email: FIRST.email.toUpperCase(), password: FIRST.password };
    expect(await browser.post('/auth/password', right)).toMatchObject(done);
    expect(await me(browser)).toMatchObject({ email: FIRST.email, hasPassword: true });
    const [kept] = await rig.database.orm.select().from(credentials);
    expect(kept?.password).not.toContain(FIRST.password);
  });

  it('[PEOPLE-3] is set by a link once, ends every session of the account, and is refused when shorter than twelve', async () => {
    const before = rig.browser();
    await byLink(before);
    const asking = rig.browser();
    expect(await asking.post('/auth/reset', { email: ANA, lang: 'fr' })).toMatchObject(done);
    expect(rig.mails.at(-1)).toMatchObject({ kind: 'passwordReset', to: ANA, minutes: 15 });
    const token = rig.lastToken(ANA);
    const stored = await rig.database.orm.select().from(proofs);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await asking.post('/auth/reset/use', { token, password: 'onze lettr.' })).toMatchObject(
      refusedAs(400, 'invalidInput'),
    );
    const password = 'une phrase assez longue';
    expect(await asking.post('/auth/reset/use', { token, password })).toMatchObject(done);
    expect(await asking.post('/auth/reset/use', { token, password })).toMatchObject(
      refusedAs(400, 'linkInvalid'),
    );
    expect(await before.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
    expect(await before.post('/auth/password', { email: ANA, password })).toMatchObject(done);
    expect(await me(before)).toMatchObject({ hasPassword: true });
  });

  it('[PEOPLE-4] asked anew for an address without an account is answered as any other, and nothing is sent', async () => {
    await byLink(rig.browser());
    const answers = [];
    for (const email of [ANA, 'personne@exemple.test']) {
      answers.push(await rig.browser().post('/auth/reset', { email, lang: 'fr' }));
    }
    expect(answers[0]?.status).toBe(200);
    expect(answers.map(({ status, body }) => ({ status, body }))[1]).toEqual({
      status: 200,
      body: answers[0]?.body,
    });
    expect(rig.mails.filter(({ to }) => to !== ANA)).toEqual([]);
  });
});

describe('attempts', () => {
  it('[PEOPLE-4] are limited for one account from however many addresses, known or not; a link still signs in', async () => {
    await first(rig.browser());
    for (const email of [FIRST.email, 'personne@exemple.test']) {
      const statuses = [];
      for (let i = 0; i < 12; i += 1) {
        const browser = rig.browser(`198.51.100.${i}`);
        const { status } = await browser.post('/auth/password', { email, password: 'au hasard' });
        statuses.push(status);
      }
      expect(statuses.at(-1), email).toBe(429);
      expect(statuses.filter((status) => status === 401).length, email).toBeLessThanOrEqual(10);
    }
    const right = await rig.browser('198.51.100.99').post('/auth/password', FIRST);
    expect(right.status).toBe(400); // a body with more than address and password is none
    const { email, password } = FIRST;
    expect(await rig.browser('198.51.100.99').post('/auth/password', { email, password })).toMatchObject(
      refusedAs(429, 'tooMany'),
    );
    expect(await byLink(rig.browser('198.51.100.99'), email)).toMatchObject(done);
  });

  it('[PEOPLE-4] are limited for one address whatever the accounts, and another address is not held back', async () => {
    let last = 0;
    for (let i = 0; i < 61; i += 1) {
      last = (await rig.browser().post('/auth/link', { email: `p${i}@exemple.test`, lang: 'fr' })).status;
    }
    expect(last).toBe(429);
    expect(rig.mails).toHaveLength(60);
    expect(await rig.browser('192.0.2.2').post('/auth/link', { email: ANA, lang: 'fr' })).toMatchObject(done);
  });

  it('[PEOPLE-4] nobody’s mailbox is filled: five links for one address, then none', async () => {
    const statuses = [];
    for (let i = 0; i < 7; i += 1) {
      const browser = rig.browser(`198.51.100.${i}`);
      statuses.push((await browser.post('/auth/link', { email: ANA, lang: 'fr' })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(rig.mails).toHaveLength(5);
  });
});

describe('sessions', () => {
  it('[PEOPLE-6] are listed with their device, and end one by one and all others at once', async () => {
    const [one, two, three] = [rig.browser(), rig.browser(), rig.browser()];
    for (const browser of [one, two, three]) await byLink(browser);
    const listed = (await me(one)).sessions;
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ isThis }) => isThis)).toHaveLength(1);
    expect(listed[0]).toMatchObject({ browser: 'Firefox', system: 'Linux' });
    const secondId = (await me(two)).sessions.find(({ isThis }) => isThis)?.sessionId ?? '';
    expect(await one.ask('DELETE', `/people/me/sessions/${secondId}`)).toMatchObject(done);
    expect(await two.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
    expect(await one.ask('DELETE', `/people/me/sessions/${secondId}`)).toMatchObject(
      refusedAs(404, 'unknownId'),
    );
    expect(await one.ask('DELETE', '/people/me/sessions')).toMatchObject(done);
    expect(await three.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
    expect((await me(one)).sessions).toHaveLength(1);
  });

  it('[PEOPLE-6] of somebody else cannot be ended', async () => {
    const [ana, bea] = [rig.browser(), rig.browser()];
    await byLink(ana);
    await byLink(bea, 'bea@exemple.test');
    const [session] = (await me(ana)).sessions;
    const ended = await bea.ask('DELETE', `/people/me/sessions/${session?.sessionId}`);
    expect(ended).toMatchObject(refusedAs(404, 'unknownId'));
    await bea.ask('DELETE', '/people/me/sessions');
    expect((await me(ana)).sessions).toHaveLength(1);
  });

  it('[PEOPLE-7] a session that a browser was given beforehand is not the one it has after signing in, and ends', async () => {
    const attacker = rig.browser();
    await byLink(attacker, 'intrus@exemple.test');
    const victim = rig.browser();
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value);
    await byLink(victim);
    expect(victim.cookieHeader).not.toBe(attacker.cookieHeader);
    expect(await me(victim)).toMatchObject({ email: ANA });
    expect(await attacker.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
    const made = rig.browser();
    made.cookies.set('relais.session_token', 'fixed.value');
    await byLink(made, 'bea@exemple.test');
    expect(made.cookies.get('relais.session_token')).not.toBe('fixed.value');
  });

  it('[PEOPLE-7] a forged one is nobody’s: made up, of another secret, with a changed signature, or out of the database', async () => {
    const ana = rig.browser();
    await byLink(ana);
    const real = ana.cookies.get('relais.session_token') ?? '';
    const [stored] = await rig.database.orm.select().from(sessions);
    const token = stored?.token ?? '';
    // The last letter of 32 bytes in base64 says four bits only: 'A' and 'B' would be the same signature.
    const last = real.endsWith('A%3D') ? 'E%3D' : 'A%3D';
    for (const forged of [
      'x',
      'a.b',
      token,
      `${token}.`,
      `${token}.${'A'.repeat(43)}%3D`,
      real.slice(0, -4) + last,
    ]) {
      const browser = rig.browser();
      browser.cookies.set('relais.session_token', forged);
      expect(await browser.ask('GET', '/people/me'), forged).toMatchObject(refusedAs(401, 'notSignedIn'));
    }
  });

  it('[PEOPLE-7] signing out ends it in the database, not only in the browser; one that ran out is nobody’s', async () => {
    const ana = rig.browser();
    await byLink(ana);
    const kept = rig.browser();
    for (const [name, value] of ana.cookies) kept.cookies.set(name, value);
    expect(await ana.post('/auth/sign-out')).toMatchObject(done);
    expect(ana.cookies.has('relais.session_token')).toBe(false);
    expect(await kept.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
    await byLink(ana);
    await rig.database.orm.update(sessions).set({ expiresAt: new Date(Date.now() - 1) });
    expect(await ana.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
  });

  it('[PEOPLE-7] cookies are out of reach of scripts and other sites, and Secure where the product is on https', async () => {
    const ana = rig.browser();
    const { headers } = await byLink(ana);
    const cookie = headers.getSetCookie().find((one) => one.startsWith('relais.session_token=')) ?? '';
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).not.toMatch(/; Secure/);
    const secure = await createPeopleRig({
      url: await postgres.freshDatabase(),
      publicUrl: 'https://relais.exemple.test',
    });
    try {
      const browser = secure.browser();
      await browser.post('/auth/link', { email: ANA, lang: 'fr' });
      expect(secure.mails[0]).toMatchObject({
        url: expect.stringMatching(/^https:\/\/relais\.exemple\.test\/connexion\/lien\?jeton=/) as string,
      });
      const used = await browser.post('/auth/link/use', { token: secure.lastToken(ANA) });
      const [safe = ''] = used.headers.getSetCookie();
      expect(safe).toMatch(/^__Secure-relais\.session_token=.*; Secure/);
      expect(await browser.ask('GET', '/people/me')).toMatchObject(done);
    } finally {
      await secure.close();
    }
  });
});

describe('other sites', () => {
  const changes = [
    ['POST', '/auth/link'],
    ['POST', '/auth/link/use'],
    ['POST', '/auth/password'],
    ['POST', '/auth/reset'],
    ['POST', '/auth/reset/use'],
    ['POST', '/auth/first'],
    ['POST', '/auth/sign-out'],
    ['PUT', '/people/me'],
    ['DELETE', '/people/me/sessions'],
    ['DELETE', '/people/me/sessions/some-session'],
    ['PUT', '/people/me/photo'],
    ['DELETE', '/people/me/photo'],
  ] as const;

  it.each(changes)('[PEOPLE-5] cannot %s %s, nor can a page that is not named', async (method, path) => {
    const ana = rig.browser();
    await byLink(ana);
    for (const origin of ['https://ailleurs.test', 'null', `${rig.base}.ailleurs.test`, undefined]) {
      ana.origin = origin;
      expect(await ana.ask(method, path, {}), origin).toMatchObject(refusedAs(403, 'foreignOrigin'));
    }
    ana.origin = rig.base;
    expect(await ana.ask('GET', '/people/me')).toMatchObject(done);
  });

  it('[PEOPLE-5] only the pages’ server may ask for a page, by its token', async () => {
    const body = JSON.stringify({ email: ANA, lang: 'fr' });
    const asking = (token: string) =>
      fetch(`${rig.base}/api/auth/link`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-relais-internal-token': token },
      });
    expect((await asking('guessed')).status).toBe(403);
    expect((await asking(rig.internalToken)).status).toBe(200);
  });
});

describe('the first administrator', () => {
  it('[PEOPLE-9] is made once, with the token alone, and signed in at once', async () => {
    const browser = rig.browser();
    const door = async () => (await browser.ask('GET', '/auth/door')).body.value;
    expect(await door()).toEqual({ isFirst: true, provider: null, sendsMail: false });
    for (const token of ['x', rig.people.firstToken.slice(1), `${rig.people.firstToken}x`]) {
      expect(await first(browser, token)).toMatchObject(refusedAs(403, 'wrongToken'));
    }
    expect(await first(browser)).toMatchObject(done);
    expect(await me(browser)).toMatchObject({ isAdministrator: true, profile: { name: FIRST.name } });
    expect(await door()).toEqual({ isFirst: false, provider: null, sendsMail: false });
    expect(await first(rig.browser())).toMatchObject(refusedAs(404, 'notOpen'));
  });

  it('[PEOPLE-9] is one of several who try at once', async () => {
    const tried = await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        rig.browser().post('/auth/first', {
          ...FIRST,
          email: `a${i}@exemple.test`,
          token: rig.people.firstToken,
        }),
      ),
    );
    expect(tried.filter(({ status }) => status === 200)).toHaveLength(1);
    const made = await rig.database.orm.select().from(people).where(eq(people.isAdministrator, true));
    expect(made).toHaveLength(1);
  });

  it('[PEOPLE-9] takes an address over that a stranger had signed in with, and ends the stranger’s sessions', async () => {
    const stranger = rig.browser();
    await byLink(stranger, FIRST.email);
    expect(await first(rig.browser())).toMatchObject(done);
    expect(await stranger.ask('GET', '/people/me')).toMatchObject(refusedAs(401, 'notSignedIn'));
  });
});
