import { press, openNotes, room, USUAL, type At, type Scene } from './scene.ts';

/** Notes. */
export function notesScenes(at: At): Scene[] {
  return [
    {
      name: 'notes',
      path: room(at, 'people=9&rooms=3&devices=on'),
      sizes: [...USUAL, 'side'],
      then: openNotes,
    },
    {
      name: 'notes-harvest',
      path: room(at, 'people=30&rooms=12&facilitator'),
      then: async (page) => {
        await openNotes(page);
        await press(/^(Récolte|Harvest)$/)(page);
        await page.getByRole('heading', { name: /^(Ronde|Round) 1/ }).waitFor();
      },
    },
    {
      name: 'notes-cut',
      path: room(at, 'people=9&rooms=3&state=reconnecting'),
      sizes: ['phone', 'wide'],
      then: openNotes,
    },
  ];
}
