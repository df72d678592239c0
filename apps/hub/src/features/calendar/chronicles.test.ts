import type { MeetingCode, MeetingEvent, MeetingId, ParticipantId, PersonId } from '@relais/protocol';
import { expect, it } from 'vitest';
import { createMemoryMeetingLog } from '../../adapters/memory-meeting-log.ts';
import { Chronicles } from './chronicles.ts';

const M = 'm1' as MeetingId;
const created = {
  type: 'meetingCreated',
  code: 'abc-defg-hjk' as MeetingCode,
  title: 'Cercle',
  at: 1,
} as const;
const came = (name: string, at: number): MeetingEvent => ({
  type: 'participantJoined',
  participantId: name as ParticipantId,
  personId: `of-${name}` as PersonId,
  name,
  at,
});

it('[CAL-8] what a log says goes on with it, and is read anew after a moment: what was erased from it is gone then', async () => {
  let now = 0;
  let log = createMemoryMeetingLog();
  const reading = { read: (...asked: Parameters<typeof log.read>) => log.read(...asked) };
  const chronicles = new Chronicles({ log: reading, now: () => now });
  const names = async () => {
    const found = await chronicles.of(M);
    return found.ok ? found.value.people().map(({ name }) => name) : found.error;
  };
  await log.create({ ...created, meetingId: M });
  await log.append(M, 1, [came('ana', 2)]);
  expect(await names()).toEqual(['ana']);
  await log.append(M, 2, [came('bea', 3)]);
  now = 9_000;
  expect(await names()).toEqual(['ana', 'bea']);
  // The same versions, in which somebody was erased.
  log = createMemoryMeetingLog();
  await log.create({ ...created, meetingId: M });
  await log.append(M, 1, [came('Compte effacé', 2), came('bea', 3)]);
  now = 10_000;
  expect(await names()).toEqual(['Compte effacé', 'bea']);
});
