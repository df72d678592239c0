import type { Person } from '@relais/domain';
import type { ParticipantId } from '@relais/protocol';
import { expect, test } from 'vitest';
import { handsNews, type HandsKnown } from './hands-news.ts';

const person = (name: string, hand?: number) =>
  ({ participantId: name as ParticipantId, name, joinedAt: 1, ...(hand && { hand }) }) as Person;
const self = 'Anim' as ParticipantId;
const told = (before: HandsKnown | undefined, people: Person[], runs = true) => {
  const { known, news } = handsNews(before, people, { self, runs });
  return { known, news: news && `${news.what} ${news.people.map(({ name }) => name).join(' ')}` };
};

test('[HAND-6] who comes in to run the meeting is told which hands wait, in their order, and then only of new ones', () => {
  const first = told(undefined, [person('Béa', 20), person('Ana', 10), person('Cléo')]);
  expect(first.news).toBe('waiting Ana Béa');
  const same = told(first.known, [person('Béa', 20), person('Ana', 10), person('Cléo')]);
  expect(same.news).toBeUndefined();
  const more = told(same.known, [person('Béa', 20), person('Cléo', 30), person('Anim', 31)]);
  expect(more.news).toBe('raised Cléo');
  // Down, and up again: asked anew.
  expect(told(told(more.known, [person('Béa')]).known, [person('Béa', 40)]).news).toBe('raised Béa');
});

test('[HAND-6] nobody else is told, until they run the meeting themselves: then of all that stand', () => {
  const other = told(undefined, [person('Ana', 10)], false);
  expect(other.news).toBeUndefined();
  expect(told(other.known, [person('Ana', 10), person('Béa', 20)]).news).toBe('waiting Ana Béa');
  expect(told(undefined, [person('Ana'), person('Anim', 5)]).news).toBeUndefined();
});
