import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { SESSION_COOKIE, SESSIONS } from './fixtures/accounts.ts';
import { ADMIN_TOKEN } from './fixtures/overview.ts';
import { AWAY_CODE, buildFixture, CODE, serveFixture } from './fixtures/serve.ts';
import { launch } from './support/browser.ts';

/**
 * Pictures of every page and state, to be looked at: `node e2e/screenshots.ts --only preview,room-cut --out /tmp/shots`.
 * With `--url` and `--code`, the pages of a running product instead of the made-up ones (scenes that need made-up
 * views are left out). With `--axe`, each is also held against WCAG 2.2 AA by axe. What the console or axe complains
 * of, and what is wider than the screen, is listed at the end.
 */
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: '/tmp/shots' },
    only: { type: 'string', default: '' },
    size: { type: 'string', default: '' },
    look: { type: 'string', default: '' },
    url: { type: 'string' },
    code: { type: 'string', default: CODE },
    axe: { type: 'boolean', default: false },
  },
});

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const SIZES = {
  phone: { width: 360, height: 740 },
  tablet: { width: 768, height: 1024 },
  wide: { width: 1440, height: 900 },
  side: { width: 740, height: 360 },
  zoom: { width: 320, height: 256 },
};
type Size = keyof typeof SIZES;
const USUAL: Size[] = ['phone', 'tablet', 'wide'];

interface Scene {
  name: string;
  path: string;
  sizes?: Size[];
  /** Needs views that are made up. */
  madeUp?: boolean;
  before?: (page: Page) => Promise<unknown>;
  then?: (page: Page) => Promise<unknown>;
}

const room = (query: string) => `/r/${options.code}?inside&${query}`;
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

async function openBoard(page: Page) {
  await press(/^(Plus|More)$/)(page);
  await press(/^(Sous-groupes|Sub-groups)$/)(page);
  await page.locator('[data-place]').first().waitFor();
}
/** What a made-up view is to do. */
const inPage = (page: Page, script: string) => page.evaluate(script);
const groupsBar = (page: Page) =>
  page
    .getByRole('region', { name: /^(Sous-groupes|Sub-groups)$/ })
    .getByRole('button')
    .first()
    .waitFor();

/** From the bar of groups, which comes a little after the faces. */
async function openNotes(page: Page): Promise<void> {
  await press('Notes')(page);
  await page.getByRole('heading', { name: /^Notes (de la|of the)/ }).waitFor();
}

const SCENES: Scene[] = [
  { name: 'voice-anim', path: room('people=9&rooms=3&facilitator&toAll=2&hands=2'), madeUp: true },
  { name: 'voice-other', path: room('people=9&rooms=3&toAll=1'), madeUp: true },
  {
    name: 'notes',
    path: room('people=9&rooms=3&devices=on'),
    sizes: [...USUAL, 'side'],
    then: openNotes,
  },
  {
    name: 'notes-harvest',
    path: room('people=30&rooms=12&facilitator'),
    then: async (page) => {
      await openNotes(page);
      await press(/^(Récolte|Harvest)$/)(page);
      await page.getByRole('heading', { name: /^(Tour|Round) 1/ }).waitFor();
    },
  },
  {
    name: 'notes-cut',
    path: room('people=9&rooms=3&state=reconnecting'),
    sizes: ['phone', 'wide'],
    then: openNotes,
  },
  { name: 'home', path: '/', sizes: [...USUAL, 'zoom'] },
  {
    name: 'home-created',
    path: '/',
    then: async (page) => {
      await page.locator('input').first().fill('Table de concertation en sécurité alimentaire');
      await page.keyboard.press('Enter');
      await page.locator('#ready').waitFor();
    },
  },
  {
    name: 'home-mistakes',
    path: '/',
    sizes: ['phone'],
    then: async (page) => {
      await page.locator('form button').first().click();
      await page.locator('input').nth(1).fill('allô');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'offline',
    path: '/hors-ligne',
    sizes: [...USUAL, 'side'],
    // Where the server answers, it goes on by itself.
    before: (page) => page.route('**/healthz', (route) => route.abort()),
  },
  {
    name: 'install',
    path: '/',
    madeUp: true,
    then: async (page) => {
      // As the browser offers it.
      await page.evaluate(() => {
        const prompt = () => Promise.resolve({ outcome: 'dismissed' });
        dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt }));
      });
      await page.getByRole('button', { name: /^(Installer|Install) Relais/ }).waitFor();
    },
  },
  { name: 'error-page', path: '/nulle-part', sizes: ['phone', 'wide'] },
  { name: 'error-meeting', path: '/r/zzz-zzzz-zzz', sizes: ['phone', 'wide'] },
  { name: 'error-hub', path: `/r/${AWAY_CODE}`, sizes: ['phone', 'wide'], madeUp: true },
  ...peopleScenes(),
  { name: 'admin-door', path: '/admin', sizes: [...USUAL, 'zoom'] },
  {
    name: 'admin-wrong',
    path: '/admin',
    sizes: ['phone'],
    madeUp: true,
    then: async (page) => {
      await page.locator('input').fill('not it');
      await page.keyboard.press('Enter');
      await page.locator('[role=alert]').waitFor();
    },
  },
  {
    name: 'admin-board',
    path: '/admin',
    sizes: [...USUAL, 'zoom'],
    madeUp: true,
    then: async (page) => {
      await page.locator('input').fill(ADMIN_TOKEN);
      await page.keyboard.press('Enter');
      await page.locator('#hubs').waitFor();
    },
  },
  { name: 'preview', path: `/r/${options.code}`, sizes: [...USUAL, 'side', 'zoom'] },
  { name: 'preview-on', path: `/r/${options.code}?devices=on`, madeUp: true },
  { name: 'preview-refused', path: `/r/${options.code}?problem=refused`, madeUp: true },
  {
    name: 'preview-missing',
    path: `/r/${options.code}?problem=missing&of=camera&devices=on`,
    sizes: ['phone', 'wide'],
    madeUp: true,
  },
  {
    name: 'preview-full',
    path: `/r/${options.code}?refusal=meetingFull&devices=on`,
    sizes: ['phone', 'wide'],
    madeUp: true,
  },
  {
    name: 'preview-devices',
    path: `/r/${options.code}?devices=on`,
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: (page) => page.locator('details.devices summary').click(),
  },
  ...[1, 2, 3, 5, 9, 30].map((n) => ({
    name: `room-${n}`,
    path: room(`people=${n}&devices=on&messages=5`),
    madeUp: true,
    ...(n === 1 || n === 9 ? { sizes: [...USUAL, 'side', 'zoom'] as Size[] } : {}),
    // The sixth's network is cut, which is said after a moment, on screens that have a place for them.
    ...(n > 5 && {
      then: (page: Page) =>
        page
          .locator('.network')
          .first()
          .waitFor({ timeout: 3000 })
          .catch(() => undefined),
    }),
  })),
  { name: 'preview-light', path: `/r/${options.code}?devices=on&mode=light`, madeUp: true },
  {
    name: 'preview-cap',
    path: `/r/${options.code}?devices=on&cap=100`,
    madeUp: true,
    then: (page: Page) => page.getByText(/^(Limiter les données|Limit data)$/).click(),
  },
  {
    name: 'budget-said',
    path: room('people=6&devices=on&cap=100&budget=spread'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
  },
  ...['cap=0', 'cap=100&budget=near'].map((query) => ({
    name: `budget-panel-${query.slice(4, 5)}`,
    path: room(`people=6&devices=on&${query}`),
    madeUp: true,
    then: async (page: Page) => {
      await page.getByRole('button', { name: /^(Plus|More)$/ }).click();
      await page.getByRole('button', { name: /^(Ma connexion|My connection)$/ }).click();
      await page.getByRole('heading', { name: /^(Données utilisées|Data used)$/ }).scrollIntoViewIfNeeded();
    },
  })),
  {
    name: 'room-light',
    path: room('people=6&devices=on&mode=light'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
  },
  {
    name: 'help-offered',
    path: room('people=6&devices=on&help=lightMode'),
    madeUp: true,
    then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
  },
  {
    name: 'help-to-give',
    path: room('people=9&devices=on&help=mine'),
    madeUp: true,
    then: async (page: Page) => {
      await page
        .getByRole('button', { name: /^(Personnes|People)/ })
        .first()
        .click();
      await page
        .getByRole('group', { name: /^(Aider|Help)/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'screen-still',
    path: room('people=6&sharing=other&devices=on&mode=light'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: (page: Page) => page.locator('figure img').waitFor(),
  },
  {
    name: 'room-cut',
    path: room('people=4&devices=on&cut=1&messages=5'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: (page: Page) => page.locator('.network').first().waitFor(),
  },
  ...[1, 3, 5, 6].map((line) => ({
    name: `line-${line}`,
    path: room(`people=6&devices=on&line=${line}&sharing=${line > 4 ? 'other' : 'nobody'}`),
    sizes: [...USUAL, 'side'] as Size[],
    madeUp: true,
    then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
  })),
  {
    name: 'line-panel',
    path: room('people=6&devices=on&line=4'),
    sizes: [...USUAL, 'side', 'zoom'],
    madeUp: true,
    then: press(/^Connexion|^Slow|connection$/),
  },
  { name: 'room-muted', path: room('people=3&devices=muted'), sizes: ['phone', 'wide'], madeUp: true },
  {
    name: 'screen',
    path: room('people=9&sharing=other&devices=on'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
  },
  {
    name: 'screen-two',
    path: room('people=4&sharing=two&devices=on'),
    sizes: ['phone', 'wide'],
    madeUp: true,
  },
  { name: 'screen-own', path: room('people=4&sharing=self&devices=on'), sizes: ['wide'], madeUp: true },
  ...(['reconnecting', 'nearlyGone', 'gone', 'interrupted', 'blocked'] as const).map((state) => ({
    name: `room-${state}`,
    path: room(`people=4&devices=on&state=${state}`),
    sizes: [...USUAL, 'side'] as Size[],
    madeUp: true,
    // Said after a moment only.
    then: (page: Page) => page.locator('.notices .notice').first().waitFor(),
  })),
  {
    name: 'room-back',
    path: room('people=6&devices=on&messages=12&state=back'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: (page) => page.locator('.notices [role=region]').waitFor(),
  },
  {
    name: 'messages-missed',
    path: room('people=6&devices=on&messages=12&state=back'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page) => {
      await page.locator('.notices [role=region] .main').click();
      await page.locator('#missed').waitFor();
    },
  },
  {
    name: 'messages',
    path: room('people=4&devices=on&messages=24'),
    sizes: [...USUAL, 'side', 'zoom'],
    madeUp: true,
    then: press(/^Messages/),
  },
  {
    name: 'messages-waiting',
    path: room('people=4&devices=on&messages=8&state=storeAway'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: press(/^Messages/),
  },
  {
    name: 'preview-waiting',
    path: `/r/${options.code}?devices=on&state=storeAway`,
    madeUp: true,
  },
  {
    name: 'messages-empty',
    path: room('people=2&devices=on'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: press(/^Messages/),
  },
  {
    name: 'messages-long',
    path: room('people=4&devices=on&messages=8'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page) => {
      await press(/^Messages/)(page);
      await page.locator('textarea').fill('Un long message. '.repeat(236));
    },
  },
  {
    name: 'people',
    path: room('people=12&devices=on'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: press(/^(Personnes|People)/),
  },
  ...(['closed', 'invited'] as const).map((floor) => ({
    name: `floor-${floor}`,
    path: room(`people=6&devices=muted&floor=${floor}`),
    sizes: ['phone', 'wide'] as const,
    madeUp: true,
    then: async (page: Page) => {
      await page
        .getByText(/^(Votre micro|.*(muted your|vous invite|invites you))/)
        .first()
        .waitFor();
    },
  })),
  {
    name: 'people-door',
    path: room('people=6&devices=on&facilitator&locked&removed=2'),
    sizes: [...USUAL],
    madeUp: true,
    then: async (page) => {
      await press(/^(Personnes|People)/)(page);
      await page.getByRole('switch').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'people-menu',
    path: room('people=6&devices=on&facilitator'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page) => {
      await press(/^(Personnes|People)/)(page);
      await press(/^(Actions pour|Actions for)/)(page);
    },
  },
  {
    name: 'remove',
    path: room('people=6&devices=on&facilitator'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page) => {
      await press(/^(Personnes|People)/)(page);
      await press(/^(Actions pour|Actions for)/)(page);
      await press(/^(Retirer|Remove)/)(page);
      await page.locator('dialog').waitFor();
    },
  },
  {
    name: 'more',
    path: room('people=4&devices=on'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: press(/^(Plus|More)/),
  },
  {
    name: 'settings',
    path: room('people=4&devices=on'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page) => {
      await press(/^(Plus|More)/)(page);
      await press(/haut-parleur$|speaker$/)(page);
      await page.locator('dialog').waitFor();
    },
  },
  {
    name: 'shortcuts',
    path: room('people=4&devices=on'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page) => {
      await press(/^(Plus|More)/)(page);
      await press(/clavier$|shortcuts$/)(page);
      await page.locator('dialog').waitFor();
    },
  },
  ...[3, 12, 50].flatMap((rooms) =>
    [false, true].map((broad) => ({
      name: `board-${rooms}${broad ? '-broad' : ''}`,
      path: room(
        `people=${{ 3: 12, 12: 60, 50: 250 }[rooms]}&devices=on&facilitator&rooms=${rooms}&asks=${rooms > 3 ? 3 : 1}&help=mine`,
      ),
      madeUp: true,
      then: async (page: Page) => {
        await openBoard(page);
        const larger = page.getByRole('button', { name: /^(Agrandir|Enlarge)$/ });
        // On a phone it begins large.
        if (broad && (await larger.isVisible())) await larger.click();
      },
    })),
  ),
  {
    name: 'board-chosen',
    path: room('people=12&devices=on&facilitator&rooms=3'),
    madeUp: true,
    then: async (page: Page) => {
      await openBoard(page);
      const boxes = page.getByRole('checkbox');
      await boxes.nth(2).check();
      await boxes.nth(7).check();
    },
  },
  {
    name: 'board-move',
    path: room('people=60&devices=on&facilitator&rooms=12'),
    madeUp: true,
    then: async (page: Page) => {
      await openBoard(page);
      await page.getByRole('checkbox').nth(3).focus();
      await page.keyboard.press('m');
      await page.locator('dialog').waitFor();
    },
  },
  {
    name: 'board-person',
    path: room('people=12&devices=on&facilitator&rooms=3'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page: Page) => {
      await openBoard(page);
      await page
        .getByRole('button', { name: /^Marc.*actions$/ })
        .first()
        .click();
    },
  },
  {
    name: 'board-announce',
    path: room('people=12&devices=on&facilitator&rooms=3'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page: Page) => {
      await openBoard(page);
      await press(/^(Écrire aux salles|Write to rooms)$/)(page);
      await page.getByRole('radio').nth(1).check();
    },
  },
  {
    name: 'board-closing',
    path: room('people=12&devices=on&facilitator&rooms=3'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: async (page: Page) => {
      await openBoard(page);
      await press(/^(Tout fermer|Close all)$/)(page);
      await page.getByRole('button', { name: /^(Garder ouvertes|Keep open)/ }).waitFor();
    },
  },
  ...prepareScenes(),
  ...(['running', 'opening', 'five', 'last', 'closing', 'choose'] as const).map((round) => ({
    name: `groups-${round}`,
    path: room(`people=9&rooms=3&round=${round}&devices=on`),
    sizes: round === 'running' ? [...USUAL, 'side', 'zoom'] : USUAL,
    madeUp: true,
    then: groupsBar,
  })),
  {
    name: 'groups-card-closed',
    path: room('people=9&rooms=3&round=last&devices=on'),
    sizes: ['phone', 'side'],
    madeUp: true,
    then: async (page) => {
      await groupsBar(page);
      await press(/^(Consigne|Instructions)$/)(page);
    },
  },
  {
    name: 'groups-alone',
    path: room('people=1&rooms=3&devices=on'),
    sizes: ['phone', 'wide'],
    madeUp: true,
    then: groupsBar,
  },
  {
    name: 'groups-list',
    path: room('people=30&rooms=12&round=choose&devices=on'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: async (page) => {
      await groupsBar(page);
      await press(/^(Choisir une salle|Choose a room)$/)(page);
      await page.getByRole('heading', { name: 'Jeunesse' }).waitFor();
    },
  },
  {
    name: 'groups-help',
    path: room('people=9&rooms=3&devices=on'),
    madeUp: true,
    then: async (page) => {
      await groupsBar(page);
      await press(/^(Demander de l’aide|Ask for help)$/)(page);
      await page.getByRole('textbox').fill('La consigne ne nous paraît pas claire.');
    },
  },
  ...['asked', 'taken'].map((state) => ({
    name: `groups-help-${state}`,
    path: room('people=9&rooms=3&devices=on'),
    sizes: ['phone', 'wide'] as Size[],
    madeUp: true,
    then: async (page: Page) => {
      await groupsBar(page);
      await press(/^(Demander de l’aide|Ask for help)$/)(page);
      await page.getByRole('textbox').fill('La consigne ne nous paraît pas claire.');
      await press(/^(Envoyer la demande|Send the request)$/)(page);
      await page.getByRole('button', { name: /^(Retirer|Withdraw)/ }).waitFor();
      if (state === 'taken') await inPage(page, `stores.breakout.comes('r1')`);
    },
  })),
  {
    name: 'groups-announcement',
    path: room('people=9&rooms=3&devices=on&messages=5'),
    madeUp: true,
    then: async (page) => {
      await groupsBar(page);
      await inPage(
        page,
        `stores.chat.current.announce('Il reste dix minutes. Choisissez qui parlera au retour.')`,
      );
      await press(/^(Consigne|Instructions)$/)(page);
    },
  },
  {
    name: 'groups-messages',
    path: room('people=9&rooms=3&devices=on&messages=5'),
    sizes: [...USUAL, 'side'],
    madeUp: true,
    then: async (page) => {
      await groupsBar(page);
      await inPage(
        page,
        `stores.chat.current.announce('Il reste dix minutes. Choisissez qui parlera au retour.');
         stores.chat.current.misplace('Et pour les loyers impayés, à qui s’adresser ?');
         stores.chat.current.draftElsewhere = { place: 'plenary', text: 'Je propose qu’on' };
         stores.chat.current.dismissAnnouncement(stores.chat.current.announcements[0].key)`,
      );
      await press(/^Messages/)(page);
    },
  },
  {
    name: 'groups-people',
    path: room('people=9&rooms=3&devices=on'),
    madeUp: true,
    then: async (page) => {
      await groupsBar(page);
      await page
        .getByRole('button', { name: /^(Personnes|People)/ })
        .first()
        .click();
      await page.getByRole('heading', { name: /Transport/ }).waitFor();
    },
  },
  {
    name: 'groups-visit',
    path: room('people=9&rooms=3&devices=on&facilitator'),
    madeUp: true,
    then: async (page) => {
      await inPage(
        page,
        `stores.breakout.act('p0', 'breakout:move', { moves: [{ participantId: 'p0', roomId: 'r1' }] })`,
      );
      await groupsBar(page);
    },
  },
  { name: 'left', path: room('people=2&state=left'), sizes: ['phone', 'wide'], madeUp: true },
  { name: 'removed', path: room('people=2&state=removed'), sizes: ['phone', 'wide'], madeUp: true },
  { name: 'taken-over', path: room('people=2&state=takenOver'), sizes: ['phone', 'wide'], madeUp: true },
];

/** Accounts: signing in, and what is one's own. */
function peopleScenes(): Scene[] {
  const as = (session: keyof typeof SESSIONS) => (page: Page) =>
    page.context().addCookies([{ name: SESSION_COOKIE, value: SESSIONS[session], url }]);
  const token = `jeton=${'x'.repeat(32)}`;
  const send = async (page: Page) => {
    await page.locator('main button.main').click();
  };
  return [
    { name: 'account-home', path: '/', madeUp: true, before: as('known') },
    { name: 'account-sign-in', path: '/connexion', sizes: [...USUAL, 'zoom'] },
    {
      name: 'account-password',
      path: '/connexion?error=x',
      madeUp: true,
      then: async (page) => {
        await page.locator('input').first().fill('ana@exemple.ca');
        await press(/mot de passe$|a password$/)(page);
        await page.locator('input[name=password]').fill('pas le bon');
        await send(page);
        await page.locator('[aria-invalid]').waitFor();
      },
    },
    {
      name: 'account-sent',
      path: '/connexion',
      madeUp: true,
      then: async (page) => {
        await page.locator('input').first().fill('marie-eve.saint-amant@organisme.exemple.ca');
        await send(page);
        await page.locator('.told').waitFor();
      },
    },
    { name: 'account-link', path: `/connexion/lien?${token}`, madeUp: true },
    {
      name: 'account-used',
      path: `/connexion/lien?${token}`,
      madeUp: true,
      then: async (page) => {
        await send(page);
        await page.locator('.told').waitFor();
      },
    },
    { name: 'account-reset', path: '/connexion/mot-de-passe' },
    {
      name: 'account-new-password',
      path: `/connexion/mot-de-passe?${token}`,
      madeUp: true,
      then: async (page) => {
        await page.locator('input[name=password]').fill('court');
        await send(page);
        await page.locator('[aria-invalid]').waitFor();
      },
    },
    {
      name: 'account-first',
      path: '/premier#un-jeton-du-demarrage',
      madeUp: true,
      then: async (page) => {
        await send(page);
        await page.locator('[aria-invalid]').first().waitFor();
      },
    },
    { name: 'account-welcome', path: '/moi', madeUp: true, before: as('unnamed') },
    { name: 'account-me', path: '/moi', sizes: [...USUAL, 'zoom'], madeUp: true, before: as('known') },
    { name: 'account-mails', path: '/moi/courriels', madeUp: true, before: as('known') },
    {
      name: 'account-refused',
      path: '/moi',
      madeUp: true,
      before: as('known'),
      then: async (page) => {
        await send(page);
        await page.locator('[role=alert]').waitFor();
      },
    },
  ];
}

/** Sub-groups that are prepared by who runs the meeting. */
function prepareScenes(): Scene[] {
  const enter = async (page: Page) => {
    await press(/^(Plus|More)/)(page);
    await press(/^(Salles|Sous-groupes|Rooms|Sub-groups)/)(page);
    await page.locator('.prepare h3').first().waitFor();
  };
  const detail = async (page: Page) => {
    await enter(page);
    await press(/^(Préparer en détail|Prepare in detail)$/)(page);
    await page.locator('[data-room]').first().waitFor();
  };
  const path = room('people=11&devices=on&facilitator');
  return [
    { name: 'prepare', path, sizes: [...USUAL, 'side', 'zoom'], madeUp: true, then: enter },
    { name: 'prepare-detail', path, madeUp: true, then: detail },
    {
      name: 'prepare-mixing',
      path,
      madeUp: true,
      then: async (page) => {
        await detail(page);
        await page.locator('input[value=mixing]').check();
        await page.locator('datalist').waitFor({ state: 'attached' });
        await page.locator('input[value=mixing]').scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'prepare-preview',
      path,
      madeUp: true,
      then: async (page) => {
        await detail(page);
        await page.locator('input[value=byHand]').check();
        await page.locator('[data-room]').first().fill('Logement');
        await page
          .locator('summary', { hasText: /^(Consigne|Instructions)/ })
          .first()
          .click();
        await page.locator('textarea').nth(1).fill('Personne Inconnue\nlouise@exemple.org');
        await press(/^(Voir la répartition|See who goes where)$/)(page);
        await page.locator('.rooms h4').first().waitFor();
      },
    },
  ];
}

const LOOKS = [
  { lang: 'fr', colorScheme: 'light' },
  { lang: 'fr', colorScheme: 'dark' },
  { lang: 'en', colorScheme: 'light' },
] as const;

mkdirSync(options.out, { recursive: true });
if (!options.url) buildFixture();
const fixture = options.url ? undefined : await serveFixture();
const url = options.url ?? fixture?.url ?? '';
const browsers = { granted: await launch(), asking: await launch({ devices: false }) };
const complaints: string[] = [];

for (const { lang, colorScheme } of LOOKS) {
  if (!`${lang}-${colorScheme}`.includes(options.look)) continue;
  for (const scene of SCENES) {
    const isAsked = options.only.split(',').some((part) => scene.name.includes(part));
    if (!isAsked || (scene.madeUp && !fixture)) continue;
    for (const size of scene.sizes ?? USUAL) {
      if (!size.includes(options.size)) continue;
      await picture(scene, size, lang, colorScheme);
    }
  }
}
await Promise.all(Object.values(browsers).map((browser) => browser.close()));
await fixture?.stop();
for (const complaint of new Set(complaints)) console.log(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

async function picture(scene: Scene, size: Size, lang: string, colorScheme: 'light' | 'dark') {
  const name = `${scene.name}-${size}-${lang}-${colorScheme}`;
  const touch = size !== 'wide';
  const browser = scene.name === 'preview' ? browsers.asking : browsers.granted;
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme,
    locale: 'fr-CA',
    hasTouch: touch,
    isMobile: touch,
  });
  await context.addCookies([{ name: 'lang', value: lang, url }]);
  const page = await context.newPage();
  page.on('console', (m) => {
    if (m.type() === 'error' && !m.text().includes('status of'))
      complaints.push(`${scene.name}: ${m.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${name}: ${error.message}`));
  await scene.before?.(page);
  await page.goto(url + scene.path, { waitUntil: 'load' });
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => !document.querySelector('[type=submit]:disabled'));
  if (scene.path.startsWith('/r/') && scene.madeUp && !scene.name.startsWith('error')) {
    await page.waitForFunction(() => 'stores' in window);
  }
  await scene.then?.(page);
  // Pictures for eyes: videos have begun, and panels have come in.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1200)));
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (wider) complaints.push(`${name}: wider than the screen`);
  if (options.axe) {
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    for (const { id, nodes } of violations) {
      for (const { html, failureSummary } of nodes)
        complaints.push(`${scene.name} ${colorScheme}: ${id}: ${html}\n  ${failureSummary}`);
    }
  }
  await page.screenshot({ path: `${options.out}/${name}.png`, fullPage: !scene.path.includes('inside') });
  await context.close();
}
