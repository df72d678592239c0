import { press, room, USUAL, type At, type Scene } from './scene.ts';

/** Messages. */
export function messagesScenes(at: At): Scene[] {
  return [
    {
      name: 'messages-missed',
      path: room(at, 'people=6&devices=on&messages=12&state=back'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page) => {
        await page.locator('.notices [role=region] .main').click();
        await page.locator('#missed').waitFor();
      },
    },
    {
      name: 'messages',
      path: room(at, 'people=4&devices=on&messages=24'),
      sizes: [...USUAL, 'side', 'zoom'],
      madeUp: true,
      then: press(/^Messages/),
    },
    {
      name: 'messages-waiting',
      path: room(at, 'people=4&devices=on&messages=8&state=storeAway'),
      sizes: [...USUAL, 'side'],
      madeUp: true,
      then: press(/^Messages/),
    },
    {
      name: 'messages-empty',
      path: room(at, 'people=2&devices=on'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: press(/^Messages/),
    },
    {
      name: 'messages-long',
      path: room(at, 'people=4&devices=on&messages=8'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: async (page) => {
        await press(/^Messages/)(page);
        await page.locator('textarea').fill('Un long message. '.repeat(236));
      },
    },
  ];
}
