import type { KeptPlan, PlanId, RoomId } from '@relais/protocol';
import { expect, test } from 'vitest';
import { adopted, isAsSent, sentOf } from './adopted.ts';
import { blankDraft, moveRoom, withRooms } from './draft.ts';

const planId = 'p' as PlanId;
const kept: KeptPlan = {
  planId,
  title: 'Ateliers',
  rooms: ['a', 'b'].map((id) => ({ roomId: id as RoomId, name: id })),
  minutes: 15,
  version: 7,
};
const draft = { ...blankDraft(2, 1), title: 'Ateliers' };

test('what was kept is what one changes from now on', () => {
  const now = adopted(draft, sentOf(draft), { planId, kept });
  expect(now).toMatchObject({ planId, basedOn: 7, title: 'Ateliers' });
  expect(now.rooms.map(({ roomId }) => roomId)).toEqual(['a', 'b']);
  expect(isAsSent(draft, sentOf(draft))).toBe(true);
});

test('what is written while the answer is on its way stays, and each room is the one that it was', () => {
  const sent = sentOf(draft);
  const rooms = withRooms(moveRoom(draft.rooms, 0, 1), 3);
  const later = { ...draft, title: 'Ateliers du mardi', rooms };
  expect(isAsSent(later, sent)).toBe(false);
  const now = adopted(later, sent, { planId, kept });
  expect(now.title).toBe('Ateliers du mardi');
  expect(now.rooms.map(({ key, roomId }) => [key, roomId])).toEqual([
    [2, 'b'],
    [1, 'a'],
    [3, undefined],
  ]);
});

test('what it became is not known yet: the next saving is of whichever version there is', () => {
  const now = adopted({ ...draft, basedOn: 3 }, sentOf(draft), { planId, kept: undefined });
  expect(now.planId).toBe(planId);
  expect(now).not.toHaveProperty('basedOn');
});
