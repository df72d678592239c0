import type { Page } from 'playwright-core';
import { press, inPage, groupsBar, room, USUAL, type At, type Scene, type Size } from './scene.ts';

/** Sub-groups as those in them see them. */
export function groupsScenes(at: At): Scene[] {
  return [
    { name: 'voice-anim', path: room(at, 'people=9&rooms=3&facilitator&toAll=2&hands=2'), madeUp: true },
    { name: 'voice-other', path: room(at, 'people=9&rooms=3&toAll=1'), madeUp: true },
    ...(['running', 'opening', 'five', 'last', 'closing', 'choose'] as const).map((round): Scene => ({
      name: `groups-${round}`,
      path: room(at, `people=9&rooms=3&round=${round}&devices=on`),
      sizes: round === 'running' ? [...USUAL, 'side', 'zoom'] : USUAL,
      madeUp: true,
      then: groupsBar,
    })),
    {
      name: 'groups-card-closed',
      path: room(at, 'people=9&rooms=3&round=last&devices=on'),
      sizes: ['phone', 'side'],
      madeUp: true,
      then: async (page) => {
        await groupsBar(page);
        await press(/^(Consigne|Instructions)$/)(page);
      },
    },
    {
      name: 'groups-alone',
      path: room(at, 'people=1&rooms=3&devices=on'),
      sizes: ['phone', 'wide'],
      madeUp: true,
      then: groupsBar,
    },
    {
      name: 'groups-list',
      path: room(at, 'people=30&rooms=12&round=choose&devices=on'),
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
      path: room(at, 'people=9&rooms=3&devices=on'),
      madeUp: true,
      then: async (page) => {
        await groupsBar(page);
        await press(/^(Demander de l’aide|Ask for help)$/)(page);
        await page.getByRole('textbox').fill('La consigne ne nous paraît pas claire.');
      },
    },
    ...['asked', 'taken'].map((state) => ({
      name: `groups-help-${state}`,
      path: room(at, 'people=9&rooms=3&devices=on'),
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
      path: room(at, 'people=9&rooms=3&devices=on&messages=5'),
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
      path: room(at, 'people=9&rooms=3&devices=on&messages=5'),
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
      path: room(at, 'people=9&rooms=3&devices=on'),
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
      path: room(at, 'people=9&rooms=3&devices=on&facilitator'),
      madeUp: true,
      then: async (page) => {
        await inPage(
          page,
          `stores.breakout.act('p0', 'breakout:move', { moves: [{ participantId: 'p0', roomId: 'r1' }] })`,
        );
        await groupsBar(page);
      },
    },
  ];
}
