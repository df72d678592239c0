import { AWAY_CODE } from '../fixtures/serve.ts';
import { USUAL, type At, type Scene } from './scene.ts';

/** The first page, and what has no page. */
export function homeScenes(at: At): Scene[] {
  return [
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
    { name: 'check', path: '/verification', sizes: [...USUAL, 'zoom'] },
    { name: 'check-meeting', path: `/r/${at.code}/verification`, sizes: ['phone', 'wide'], madeUp: true },
    { name: 'error-page', path: '/nulle-part', sizes: ['phone', 'wide'] },
    { name: 'error-meeting', path: '/r/zzz-zzzz-zzz', sizes: ['phone', 'wide'] },
    { name: 'error-hub', path: `/r/${AWAY_CODE}`, sizes: ['phone', 'wide'], madeUp: true },
  ];
}
