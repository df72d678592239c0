import type { Page } from 'playwright-core';

/** Where pictures are taken: of which product, and of which meeting in it. */
export interface At {
  url: string;
  code: string;
}

export const SIZES = {
  phone: { width: 360, height: 740 },
  tablet: { width: 768, height: 1024 },
  wide: { width: 1440, height: 900 },
  side: { width: 740, height: 360 },
  zoom: { width: 320, height: 256 },
};
export type Size = keyof typeof SIZES;
export const USUAL: Size[] = ['phone', 'tablet', 'wide'];

/** One page in one state. */
export interface Scene {
  name: string;
  path: string;
  sizes?: readonly Size[];
  /** Needs views that are made up. */
  madeUp?: boolean;
  before?: (page: Page) => Promise<unknown>;
  then?: (page: Page) => Promise<unknown>;
}

/** Inside a made-up meeting: the query says what it is like (fixtures/stores). */
export const room = (at: At, query: string) => `/r/${at.code}?inside&${query}`;
export const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click();

export async function openBoard(page: Page) {
  await press(/^(Plus|More)$/)(page);
  await press(/^(Sous-groupes|Sub-groups)$/)(page);
  await page.locator('[data-place]').first().waitFor();
}
/** What a made-up view is to do. */
export const inPage = (page: Page, script: string) => page.evaluate(script);
export const groupsBar = (page: Page) =>
  page
    .getByRole('region', { name: /^(Sous-groupes|Sub-groups)$/ })
    .getByRole('button')
    .first()
    .waitFor();

/** From the bar of groups, which comes a little after the faces. */
export async function openNotes(page: Page): Promise<void> {
  await press('Notes')(page);
  await page.getByRole('heading', { name: /^Notes (de la|of the)/ }).waitFor();
}
