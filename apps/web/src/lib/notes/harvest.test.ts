import type { RoomId } from '@relais/protocol';
import { expect, it, vi } from 'vitest';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { fileName, harvestText, type HarvestWords } from './harvest-text.ts';
import { fetchHarvest } from './harvest.ts';

const WORDS: HarvestWords = {
  document: (title) => `Récolte – ${title}`,
  plenary: 'Plénière',
  round: (number) => `Tour ${number}`,
  nothing: '(aucune note)',
  messages: 'Messages',
  when: (at) => `à ${at}`,
};
const [R1, R2] = ['r1' as RoomId, 'r2' as RoomId];

function served() {
  const fake = createFakeHub();
  fake.socket(true);
  fake.answer('notes:harvest', () => ({
    ok: true,
    value: {
      plenary: { length: 0 },
      rounds: [
        {
          number: 1,
          openedAt: 5,
          endedAt: 9,
          rooms: [
            { roomId: R1, name: 'Logement', length: 4, at: 7 },
            { roomId: R2, name: 'Transport', length: 0 },
          ],
        },
      ],
    },
  }));
  fake.answer('notes:read', () => ({ ok: true, value: { text: 'Idée' } }));
  return fake;
}

it('[NOTE-7] asks for rooms in which something was noted, once for each time that they were written', async () => {
  const fake = served();
  const known: Parameters<typeof fetchHarvest>[1] = new Map();
  const progress = vi.fn();
  for (let i = 0; i < 2; i += 1) {
    const got = await fetchHarvest(fake.hub, known, { withMessages: false, progress });
    expect(got.ok && got.value[1]?.parts.map(({ name, text }) => [name, text])).toEqual([
      ['Logement', 'Idée'],
      ['Transport', ''],
    ]);
  }
  expect(fake.requests.filter(({ name }) => name === 'notes:read')).toHaveLength(1);
  expect(progress).toHaveBeenLastCalledWith(3, 3);
});

it('[NOTE-7] says when it could not be read', async () => {
  const fake = served();
  fake.answer('notes:read', () => ({ ok: false, error: { kind: 'unavailable', what: 'log' } }));
  const got = await fetchHarvest(fake.hub, new Map(), { withMessages: false, progress: vi.fn() });
  expect(got).toEqual({ ok: false, error: { kind: 'unavailable', what: 'log' } });
});

it('[NOTE-7] is one document in order, in Markdown and as plain text', () => {
  const sections = [
    { round: undefined, parts: [{ place: 'plenary' as const, name: undefined, text: ' ', messages: [] }] },
    {
      round: { number: 2, openedAt: 5 },
      parts: [
        { place: R1, name: 'Logement', text: 'Un\nDeux\n', messages: [] },
        { place: R2, name: 'Transport', text: '', messages: [] },
      ],
    },
  ];
  expect(harvestText('Cercle', sections, WORDS, 'md')).toBe(
    '# Récolte – Cercle\n\n## Tour 2 (à 5)\n\n### Logement\n\nUn\nDeux\n\n### Transport\n\n(aucune note)\n',
  );
  expect(harvestText('Cercle', sections, WORDS, 'txt')).toBe(
    'Récolte – Cercle\n================\n\nTour 2 (à 5)\n------------\n\n* Logement\n\nUn\nDeux\n\n* Transport\n\n(aucune note)\n',
  );
});

it('gives the file a name that every system takes', () => {
  const day = new Date(Date.UTC(2026, 10, 24));
  expect(fileName('Cercle du mardi : été / hiver', day, 'md')).toBe(
    'cercle-du-mardi-ete-hiver-2026-11-24.md',
  );
  expect(fileName('« … »', day, 'txt')).toBe('notes-2026-11-24.txt');
});
