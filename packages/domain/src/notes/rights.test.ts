import type { ParticipantId, RoomId } from '@relais/protocol';
import { beforeEach, expect, test } from 'vitest';
import { ActedMeeting } from '../breakout/acted-meeting.ts';
import { mayReadNotes, mayWriteNotes, notedRounds } from './rights.ts';

let meeting: ActedMeeting;
let anim: ParticipantId;
let ana: ParticipantId;
let bea: ParticipantId;

beforeEach(() => {
  meeting = new ActedMeeting();
  anim = meeting.join('anim', 'facilitator');
  [ana, bea] = ['ana', 'bea'].map((name) => meeting.join(name)) as [ParticipantId, ParticipantId];
});

const may = (who: ParticipantId, place: RoomId | 'plenary') => [
  mayReadNotes(meeting.state, who, place),
  mayWriteNotes(meeting.state, who, place),
];
const YES = [true, true];
const NO = [false, false];
const close = () => {
  meeting.do({ type: 'closeRooms', by: anim, at: meeting.at });
  meeting.seconds += 3600;
  meeting.do({ type: 'keepTime', at: meeting.at });
};

test('[NOTE-3] notes are read and written where one is, and by who runs the meeting everywhere', () => {
  expect(may(ana, 'plenary')).toEqual(YES);
  meeting.open(anim, [[ana], [bea]]);
  const [one, other] = [meeting.room(0), meeting.room(1)];
  expect(may(ana, one)).toEqual(YES);
  expect(may(ana, other)).toEqual(NO);
  expect(may(ana, 'plenary')).toEqual(NO);
  for (const place of [one, other, 'plenary'] as const) expect(may(anim, place)).toEqual(YES);
  expect(may(anim, 'elsewhere' as RoomId)).toEqual(NO);
  expect(may('nobody' as ParticipantId, 'plenary')).toEqual(NO);
});

test('[NOTE-6] once a round is over who is in the plenary reads the notes of all its rooms, and writes none', () => {
  meeting.open(anim, [[ana], [bea]]);
  const [one, other] = [meeting.room(0), meeting.room(1)];
  close();
  for (const room of [one, other]) expect(may(ana, room)).toEqual([true, false]);
  expect(may(anim, one)).toEqual(YES);
  const late = meeting.join('late');
  expect(may(late, other)).toEqual([true, false]);
});

test('[NOTE-6] in a room one does not read those of others, nor those of a room that is open again', () => {
  meeting.open(anim, [[ana], [bea]]);
  const [one, other] = [meeting.room(0), meeting.room(1)];
  close();
  meeting.do({
    type: 'openRound',
    by: anim,
    roundId: meeting.fresh(),
    rooms: [{ roomId: one, name: 'Salle 1' }, { name: 'Neuve' }],
    freshIds: [meeting.fresh(), meeting.fresh()],
    placements: [{ participantId: bea, room: 1 }],
    countdownMs: 0,
    minutes: null,
    late: 'choose',
    mayChoose: false,
    at: meeting.at,
  });
  // Ana stayed in the plenary: the closed room of before, not the one in which others write now.
  expect(may(ana, other)).toEqual([true, false]);
  expect(may(ana, one)).toEqual(NO);
  expect(may(bea, other)).toEqual(NO);
  expect(may(bea, meeting.room(1))).toEqual(YES);
  expect(notedRounds(meeting.state, ana).map(({ number, rooms }) => [number, rooms.length])).toEqual([
    [1, 1],
  ]);
});

test('[NOTE-7] the harvest names rounds in order and each room once, with the last round that it was in', () => {
  expect(notedRounds(meeting.state, anim)).toEqual([]);
  meeting.open(anim, [[ana], [bea]]);
  const [one, other] = [meeting.room(0), meeting.room(1)];
  expect(notedRounds(meeting.state, anim).map(({ rooms }) => rooms.map(({ roomId }) => roomId))).toEqual([
    [one, other],
  ]);
  expect(notedRounds(meeting.state, ana).map(({ rooms }) => rooms.map(({ roomId }) => roomId))).toEqual([
    [one],
  ]);
  close();
  meeting.do({
    type: 'openRound',
    by: anim,
    roundId: meeting.fresh(),
    rooms: [{ roomId: other, name: 'La même' }],
    freshIds: [meeting.fresh()],
    placements: [],
    countdownMs: 0,
    minutes: null,
    late: 'choose',
    mayChoose: false,
    at: meeting.at,
  });
  close();
  for (const who of [anim, ana])
    expect(notedRounds(meeting.state, who).map(({ number, rooms }) => [number, rooms])).toEqual([
      [1, [{ roomId: one, name: expect.any(String) as string }]],
      [2, [{ roomId: other, name: 'La même' }]],
    ]);
});
