import type { Page } from 'playwright-core';
import { SESSION_COOKIE, SESSIONS } from '../fixtures/accounts.ts';
import { CALENDAR_CODES } from '../fixtures/calendar.ts';
import { USUAL, type At, type Scene } from './scene.ts';

/** Meetings in the calendar: lists, a meeting’s page, announcing and changing. */
export function calendarScenes({ url }: At): Scene[] {
  const signedIn = (page: Page) =>
    page.context().addCookies([{ name: SESSION_COOKIE, value: SESSIONS.known, url }]);
  const send = (page: Page) => page.locator('main form button.main').click();
  const { coming, full, cancelled, over, now } = CALENDAR_CODES;
  return [
    { name: 'calendar-list', path: '/rencontres', sizes: [...USUAL, 'zoom'], madeUp: true, before: signedIn },
    { name: 'calendar-past', path: '/rencontres/passees', madeUp: true, before: signedIn },
    {
      name: 'calendar-meeting',
      path: `/rencontres/${coming}`,
      sizes: [...USUAL, 'zoom'],
      madeUp: true,
    },
    { name: 'calendar-animates', path: `/rencontres/${coming}`, madeUp: true, before: signedIn },
    {
      name: 'calendar-full',
      path: `/rencontres/${full}`,
      madeUp: true,
      then: async (page) => {
        await send(page);
        await page.locator('[aria-invalid]').waitFor();
      },
    },
    {
      ...{ name: 'calendar-over', path: `/rencontres/${over}`, sizes: [...USUAL, 'zoom'] },
      ...{ madeUp: true, before: signedIn },
    },
    { name: 'calendar-over-stranger', path: `/rencontres/${over}`, madeUp: true },
    { name: 'calendar-now', path: `/rencontres/${now}`, madeUp: true },
    { name: 'calendar-nowhere', path: '/rencontres/zzz-zzzz-zzz', madeUp: true },
    { name: 'calendar-cancelled', path: `/rencontres/${cancelled}`, madeUp: true },
    {
      name: 'calendar-announce',
      path: '/rencontres/nouvelle',
      madeUp: true,
      before: signedIn,
      then: async (page) => {
        const selects = page.locator('main form select');
        for (const value of ['week', 'until'])
          await selects.filter({ has: page.locator(`[value=${value}]`) }).selectOption(value);
        await page.locator('fieldset button').last().click();
        await send(page);
        await page.locator('[aria-invalid]').waitFor();
      },
    },
    { name: 'calendar-change', path: `/rencontres/${coming}/modifier`, madeUp: true, before: signedIn },
    { name: 'calendar-cancel-link', path: '/rencontres/inscription#x', madeUp: true },
  ];
}
