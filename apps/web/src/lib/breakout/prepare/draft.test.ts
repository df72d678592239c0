// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- a test, not the browser
import { up, type KeptPlan, type ParticipantId, type PlanId, type RoomId } from '@relais/protocol';
import { describe, expect, test } from 'vitest';
import { changesSince, corrected, peopleByRoom, togetherAll, uncorrected } from './corrections.ts';
import { createDraftMemory, readDraft } from './draft-memory.ts';
import {
  addRooms,
  asLastTime,
  askedDraft,
  askedMinutes,
  askedPlan,
  askedRound,
  blankDraft,
  draftOf,
  mistakesIn,
  moveRoom,
  readDocumentUrl,
  withRooms,
  type Draft,
} from './draft.ts';
import { planFromFile, planToFile } from './plan-file.ts';

const named = (n: number) => `Salle ${n}`;
const id = (name: string) => name as ParticipantId;
const person = (name: string) => ({ participantId: id(name), name });
const ALL = ['Ana', 'Béa', 'Zoé'].map(person);

const PLAN: KeptPlan = {
  planId: 'p1' as PlanId,
  version: 7,
  title: 'Ateliers',
  minutes: 20,
  rooms: [
    {
      roomId: 'r1' as RoomId,
      name: 'Jardin',
      people: ['Ana', 'zoe@exemple.org'],
      instructions: 'Trois idées',
    },
    { roomId: 'r2' as RoomId, name: 'Verger', documentUrl: 'https://exemple.org/' },
  ],
};

describe('what is being prepared', () => {
  test('[BREAK-1] what is asked for is what the hub takes, be nothing or everything written', () => {
    const plain = blankDraft(3, 42);
    const full: Draft = { ...draftOf(PLAN, plain), filling: 'size', size: 0, minutes: 9999 };
    for (const draft of [plain, full]) {
      const asked = askedDraft(draft, named, ALL);
      expect(up['breakout:propose'].request.safeParse(asked).error).toBeUndefined();
      expect(up['breakout:open'].request.safeParse(askedRound(draft, asked)).error).toBeUndefined();
      expect(
        up['breakout:savePlan'].request.safeParse(askedPlan(draft, named, 'Sans nom')).error,
      ).toBeUndefined();
    }
    expect(askedPlan(plain, named, 'Sans nom')).toMatchObject({
      title: 'Sans nom',
      rooms: [{ name: 'Salle 1' }, { name: 'Salle 2' }, { name: 'Salle 3' }],
    });
  });

  test('[BREAK-1] a plan that is opened and saved again unchanged is the same plan', () => {
    const { planId, version, ...rest } = PLAN;
    expect(askedPlan(draftOf(PLAN, blankDraft(1, 1)), named, '')).toEqual({
      ...rest,
      planId,
      basedOn: version,
    });
  });

  test('[BREAK-7] a plan with lists is filled by them, one without as before', () => {
    expect(draftOf(PLAN, blankDraft(1, 1)).filling).toBe('byHand');
    const bare = { ...PLAN, rooms: PLAN.rooms.slice(1) };
    expect(draftOf(bare, { ...blankDraft(1, 1), filling: 'mixing' }).filling).toBe('mixing');
    expect(draftOf(bare, { ...blankDraft(1, 1), filling: 'byHand' }).filling).toBe('even');
  });

  test('[BREAK-1] there are fifty rooms at most, and fewer never at the price of what was written', () => {
    expect(withRooms([], 80)).toHaveLength(50);
    expect(withRooms([], 0)).toHaveLength(1);
    const rooms = addRooms(withRooms([], 2), ['Jardin', '', '']);
    expect(withRooms(rooms, 1).map(({ name }) => name)).toEqual(['', '', 'Jardin']);
    expect(new Set(addRooms(rooms, Array<string>(99).fill('')).map(({ key }) => key)).size).toBe(50);
  });

  test('a room moves by one place and no further than the ends', () => {
    const rooms = addRooms([], ['a', 'b', 'c']);
    const names = (list: typeof rooms) => list.map(({ name }) => name).join('');
    expect(names(moveRoom(rooms, 0, 1))).toBe('bac');
    expect(names(moveRoom(rooms, 0, -1))).toBe('abc');
    expect(names(moveRoom(rooms, 2, 1))).toBe('abc');
  });

  test('a link may lack its beginning; what is no address of the web is a mistake, not lost', () => {
    expect(readDocumentUrl(' exemple.org/lettre ')).toBe('https://exemple.org/lettre');
    for (const wrong of [
      'javascript:alert(1)',
      'ma lettre',
      'http://',
      'ftp://exemple.org',
      `https://e.ca/${'x'.repeat(500)}`,
    ])
      expect(readDocumentUrl(wrong), wrong).toBeUndefined();
    const draft = blankDraft(2, 1);
    draft.rooms[1]!.documentUrl = 'ma lettre';
    expect(mistakesIn(draft)).toEqual([{ key: 2, field: 'documentUrl' }]);
  });

  test('[BREAK-10] minutes are whole and at most eight hours; none is until the rooms are closed', () => {
    expect([15, 0.4, 9999, null, undefined, 0, -3, NaN].map(askedMinutes)).toEqual([
      15,
      1,
      480,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test('[BREAK-7] as last time takes the rooms of last time, under the names that were typed', () => {
    const before = {
      last: [{ participantId: id('Ana'), name: 'Ana', roomId: 'r2' as RoomId }],
      past: [
        {
          roundId: 'x',
          number: 1,
          openedAt: 1,
          endedAt: 2,
          rooms: [
            { roomId: 'r1', name: 'Un' },
            { roomId: 'r2', name: 'Deux' },
          ],
        },
      ],
    } as unknown as Parameters<typeof asLastTime>[1];
    const rooms = asLastTime(addRooms([], ['Mon nom']), before);
    expect(rooms).toMatchObject([
      { roomId: 'r1', name: 'Mon nom' },
      { roomId: 'r2', name: 'Deux' },
    ]);
    expect(asLastTime(rooms, before)).toEqual(rooms);
  });
});

describe('by hand', () => {
  const proposed = {
    placements: [
      { participantId: id('Ana'), room: 0 },
      { participantId: id('Béa'), room: 1 },
    ],
    unplaced: [],
    breaches: [],
  };

  test('[BREAK-33] who is moved in the preview goes there and all others stay where they were seen', () => {
    const before = { ...blankDraft(2, 1), filling: 'mixing' as const };
    const after = corrected(before, proposed, id('Ana'), 2);
    expect(askedDraft(after, named, ALL).filling).toEqual({
      kind: 'byHand',
      placements: [
        { participantId: 'Ana', room: 1 },
        { participantId: 'Béa', room: 1 },
      ],
    });
    expect(uncorrected(after)).toEqual(before);
  });

  test('[BREAK-33] a correction stays with its room when the order changes, and with nobody when the person has gone', () => {
    const after = corrected(blankDraft(2, 1), proposed, id('Zoé'), 1);
    const turned = { ...after, rooms: moveRoom(after.rooms, 0, 1) };
    expect(askedDraft(turned, named, [person('Zoé')]).filling).toEqual({
      kind: 'byHand',
      placements: [{ participantId: 'Zoé', room: 1 }],
    });
  });

  test('[BREAK-33] who is put in the plenary by hand is not placed by a list after all', () => {
    const listed = draftOf(PLAN, blankDraft(1, 1));
    const after = corrected(listed, proposed, id('Ana'), null);
    const asked = askedDraft(after, named, ALL);
    expect(asked.rooms[0]?.people).toEqual(['zoe@exemple.org']);
    expect(asked.filling).toEqual({ kind: 'byHand', placements: [{ participantId: 'Béa', room: 1 }] });
    // A second correction does not bring them back.
    const again = corrected(after, { ...proposed, placements: proposed.placements.slice(1) }, id('Béa'), 1);
    expect(askedDraft(again, named, ALL).rooms[0]?.people).toEqual(['zoe@exemple.org']);
    // What was written stays written.
    expect(after.rooms[0]?.people).toBe('Ana\nzoe@exemple.org');
  });

  test('[BREAK-7] pairs that a correction brings together are told, by label and by last time', () => {
    const together = { placements: proposed.placements.map((one) => ({ ...one, room: 0 })) };
    const labels = { Ana: 'Le Phare', Béa: 'le  phare' } as Record<ParticipantId, string>;
    const last = ['Ana', 'Béa'].map((name) => ({ ...person(name), roomId: 'r1' as RoomId }));
    expect(togetherAll(together, { labels, last }).map(({ why }) => why)).toEqual(['label', 'last']);
    expect(togetherAll(proposed, { labels, last })).toEqual([]);
  });

  test('[BREAK-33] who has come and who has gone since is named', () => {
    expect(changesSince(ALL.slice(0, 2), ALL.slice(1))).toEqual({ came: ['Zoé'], left: ['Ana'] });
    expect(peopleByRoom(2, proposed)).toEqual([['Ana'], ['Béa']]);
  });
});

describe('what was written', () => {
  function storage(): Storage {
    const items = new Map<string, string>();
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    } as unknown as Storage;
  }

  test('[BREAK-34] is there again after a reload, as it was, for its meeting alone', () => {
    const kept = storage();
    const draft = corrected(
      draftOf(PLAN, blankDraft(1, 9)),
      { placements: [], unplaced: [], breaches: [] },
      id('Ana'),
      null,
    );
    createDraftMemory(kept, 'abc').save(draft);
    expect(createDraftMemory(kept, 'abc').load()).toEqual(draft);
    expect(createDraftMemory(kept, 'xyz').load()).toBeUndefined();
    createDraftMemory(kept, 'abc').forget();
    expect(createDraftMemory(kept, 'abc').load()).toBeUndefined();
  });

  test('[BREAK-38] what was displaced by something else is there again as well, apart from what is being prepared', () => {
    const kept = storage();
    const [one, other] = [blankDraft(1, 1), blankDraft(4, 2)];
    createDraftMemory(kept, 'abc').save(one);
    createDraftMemory(kept, 'abc').aside.save(other);
    createDraftMemory(kept, 'abc').forget();
    expect(createDraftMemory(kept, 'abc').load()).toBeUndefined();
    expect(createDraftMemory(kept, 'abc').aside.load()).toEqual(other);
    createDraftMemory(kept, 'abc').aside.forget();
    expect(createDraftMemory(kept, 'abc').aside.load()).toBeUndefined();
  });

  test('[BREAK-34] what cannot be read is as if it were not there, and a closed storage costs no more', () => {
    for (const bad of [null, 1, 'x', {}, { rooms: [] }, { rooms: [{}], filling: 'x', late: 'own' }])
      expect(readDraft(bad), JSON.stringify(bad)).toBeUndefined();
    const twice = { ...blankDraft(1, 1), rooms: [{ key: 1 }, { key: 1 }] };
    expect(readDraft(twice)).toBeUndefined();
    const closed = { getItem: fail, setItem: fail, removeItem: fail } as unknown as Storage;
    const memory = createDraftMemory(closed, 'abc');
    memory.save(blankDraft(1, 1));
    expect(memory.load()).toBeUndefined();
    expect(createDraftMemory(undefined, 'abc').load()).toBeUndefined();
  });

  const fail = () => {
    throw new Error('closed');
  };
});

describe('a plan as a file', () => {
  test('[BREAK-1] comes back as it was, under no id of the meeting that it came from', async () => {
    const { name, text } = planToFile(PLAN);
    expect(name).toBe('Ateliers.json');
    const read = await planFromFile(new Blob([text]));
    expect(read).toMatchObject({
      ok: true,
      value: { title: 'Ateliers', minutes: 20, rooms: [{ name: 'Jardin' }, { name: 'Verger' }] },
    });
    expect(JSON.stringify(read)).not.toMatch(/planId|roomId|basedOn|version/);
  });

  test('[BREAK-1] what is no plan, or is too large, is refused', async () => {
    const bad = [
      '',
      'null',
      '[]',
      '{}',
      '{"kind":"relais-sous-groupes"}',
      JSON.stringify({ kind: 'other', plan: PLAN }),
    ];
    for (const text of bad)
      expect(await planFromFile(new Blob([text])), text).toEqual({ ok: false, error: 'noPlan' });
    const evil = planToFile({ ...PLAN, rooms: [{ ...PLAN.rooms[0]!, documentUrl: 'javascript:alert(1)' }] });
    expect(await planFromFile(new Blob([evil.text]))).toEqual({ ok: false, error: 'noPlan' });
    expect(await planFromFile(new Blob(['x'.repeat(300_000)]))).toEqual({ ok: false, error: 'tooLarge' });
  });
});
