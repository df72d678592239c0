import { ADMIN_TOKEN } from '../fixtures/overview.ts';
import { USUAL, type Scene } from './scene.ts';

/** The site as who runs it sees it. */
export function adminScenes(): Scene[] {
  return [
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
    {
      name: 'admin-mails',
      // Who has not shown the token is led to the door.
      path: '/admin/courriels',
      sizes: [...USUAL, 'zoom'],
      madeUp: true,
      then: async (page) => {
        await page.locator('input').fill(ADMIN_TOKEN);
        await page.keyboard.press('Enter');
        await page.locator('#hubs').waitFor();
        await page.goto(new URL('/admin/courriels', page.url()).href);
        await page.getByText('550 no such mailbox').waitFor();
      },
    },
  ];
}
