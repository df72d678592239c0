import { fail, ok } from '@relais/kit';
import { meetingCode, meetingId, participantId } from '@relais/protocol';
import { expect, test } from 'vitest';
import { createMemoryMeetingLog } from '../../adapters/memory-meeting-log.ts';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import { Aggregate } from './aggregate.ts';

const meeting = meetingId.parse('m1');
const join = (id: string) => ({
  type: 'join' as const,
  participantId: participantId.parse(id),
  name: id,
  at: 1,
});

/** A log to which others write first, so often, each time that one's own append is under way. */
async function contestedLog(losses: number): Promise<MeetingLog> {
  const log = createMemoryMeetingLog();
  const code = meetingCode.parse('abc-defg-hjk');
  await log.create({ type: 'meetingCreated', meetingId: meeting, code, title: 'Cercle', at: 1 });
  let lost = 0;
  return {
    ...log,
    append: async (id, version, events) => {
      if (lost < losses) {
        lost += 1;
        const rival = { ...join(`rival-${lost}`), type: 'participantJoined' as const };
        await log.append(id, version, [rival]);
      }
      return log.append(id, version, events);
    },
  };
}

test('[LOG-3] who loses the race for a version to other hubs, again and again, gets through in the end', async () => {
  const loaded = await Aggregate.load(await contestedLog(20), meeting, () => undefined);
  if (!loaded.ok) throw new Error('the log was not loaded');
  expect(await loaded.value.execute(join('ada'))).toEqual(ok(undefined));
  expect(loaded.value.state.participants.map((one) => one.participantId)).toHaveLength(21);
});

test('[LOG-3] who never gets through is told that the log is busy', async () => {
  const loaded = await Aggregate.load(await contestedLog(Infinity), meeting, () => undefined);
  if (!loaded.ok) throw new Error('the log was not loaded');
  expect(await loaded.value.execute(join('ada'))).toEqual(fail({ kind: 'unavailable', what: 'log' }));
});
