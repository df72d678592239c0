import type { LiveState, MeetingEvent, MeetingState, ParticipantId } from '@relais/protocol';
import { expect, test } from 'vitest';
import { digest, isEmptyDigest } from './digest.ts';
import { evolve } from './breakout/evolve-all.ts';

const id = (name: string) => name as ParticipantId;
const join = (name: string, participantId = name) =>
  ({ type: 'participantJoined', participantId: id(participantId), name, at: 1 }) as MeetingEvent;
const leave = (name: string) =>
  ({ type: 'participantLeft', participantId: id(name), reason: 'left', at: 1 }) as MeetingEvent;
const post = (name: string, text: string) =>
  ({
    type: 'messagePosted',
    participantId: id(name),
    name,
    clientMessageId: text,
    text,
    at: 1,
  }) as MeetingEvent;

function after(meeting: MeetingState | undefined, events: MeetingEvent[]): MeetingState {
  return events.reduce<MeetingState | undefined>(
    (state, event) => evolve(state, { version: (state?.version ?? 0) + 1, event }),
    meeting,
  )!;
}

const created = {
  type: 'meetingCreated',
  meetingId: 'm',
  code: 'abc-defg-hij',
  title: 'T',
  at: 1,
} as MeetingEvent;
const before = after(undefined, [created, join('Ana'), join('Béa'), post('Béa', 'avant')]);
const told = (events: MeetingEvent[], live: LiveState = {}) =>
  digest({ self: id('Ana'), before, after: after(before, events), live });

test('[BACK-3] what others wrote is counted, and its end is told; what one wrote oneself is not', () => {
  const found = told([
    post('Béa', 'un'),
    post('Ana', 'le mien'),
    ...['deux', 'trois', 'quatre'].map((t) => post('Béa', t)),
  ]);
  expect(found.messages).toBe(4);
  expect(found.last.map(({ text }) => text)).toEqual(['deux', 'trois', 'quatre']);
  expect(found.first?.text).toBe('un');
});

test('[BACK-3] it is the same after so much that the log answers with a whole', () => {
  const found = told(Array.from({ length: 700 }, (_, i) => post('Béa', `m${i}`)));
  expect(found.messages).toBe(700);
  expect(found.last.at(-1)?.text).toBe('m699');
  expect(found.first?.text).toBe('m500');
});

test('[BACK-3] who came and who left is told; who came in again, under the same seat or another, is not', () => {
  const found = told([join('Cléo'), leave('Béa'), join('Béa', 'Béa 2'), join('Dan'), leave('Dan')]);
  expect(found.arrived).toEqual(['Cléo']);
  expect(found.departed).toEqual([]);
  expect(told([leave('Béa')]).departed).toEqual(['Béa']);
});

test('[BACK-3] two people of one name are two', () => {
  expect(told([join('Béa', 'Béa 2')]).arrived).toEqual(['Béa']);
});

test('[BACK-3] coming back after the grace, under the seat given up, one is not told of oneself', () => {
  const found = told([leave('Ana'), join('Ana')]);
  expect(isEmptyDigest(found)).toBe(true);
});

test('[BACK-3] who shares a screen now is told', () => {
  const producers = [{ producerId: 'p' as never, source: 'screen' as const, paused: false }];
  expect(told([], { [id('Béa')]: { connected: true, producers } }).sharing).toEqual(['Béa']);
});
