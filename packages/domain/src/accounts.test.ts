import type { ParticipantId, PersonId } from '@relais/protocol';
import { beforeEach, expect, test } from 'vitest';
import { accountOf } from './accounts.ts';
import { ActedMeeting } from './breakout/acted-meeting.ts';
import { shownTo } from './breakout/shown.ts';
import { viewFor } from './breakout/view.ts';

let meeting: ActedMeeting;
let anim: ParticipantId;

beforeEach(() => {
  meeting = new ActedMeeting();
  anim = meeting.join('anim', 'facilitator');
});

const OWN = 'person-1' as PersonId;
const come = (id: string, personId?: PersonId) =>
  meeting.attempt({ type: 'join', participantId: id as ParticipantId, name: id, personId, at: meeting.at });
const remove = (id: string) =>
  meeting.do({ type: 'removeParticipant', by: anim, participantId: id as ParticipantId, at: meeting.at });

test('[ACCOUNT-1] [DOOR-4] who was removed is known by their account on any device, until they are let back in', () => {
  come('phone', OWN);
  remove('phone');
  expect(come('laptop', OWN)).toBe('removed');
  expect(come('somebody', 'person-2' as PersonId)).toBe('accepted');
  expect(come('nobody')).toBe('accepted');
  meeting.do({ type: 'letBack', by: anim, participantId: 'phone' as ParticipantId, at: meeting.at });
  expect(come('laptop', OWN)).toBe('accepted');
});

test('[ACCOUNT-1] [DOOR-1] who was inside a locked meeting comes back with their account from another device', () => {
  come('phone', OWN);
  meeting.do({ type: 'lockDoor', by: anim, locked: true, at: meeting.at });
  meeting.leave('phone' as ParticipantId);
  expect(come('stranger', 'person-2' as PersonId)).toBe('meetingLocked');
  expect(come('laptop', OWN)).toBe('accepted');
});

test('[ACCOUNT-2] an account is in the log and in nobody’s view, not in theirs who run the meeting either', () => {
  const [joined] = meeting.do({
    type: 'join',
    participantId: 'ana' as ParticipantId,
    name: 'Ana',
    personId: OWN,
    email: 'ana@exemple.org',
    at: meeting.at,
  });
  expect(joined).toMatchObject({ personId: OWN });
  expect(JSON.stringify(meeting.events)).not.toContain('@');
  for (const viewer of [anim, 'ana' as ParticipantId]) {
    expect(
      JSON.stringify([shownTo(viewer, joined!, meeting.state), viewFor(meeting.state, viewer)]),
    ).not.toContain(OWN);
  }
});

test('[ACCOUNT-1] the account of who has left is not kept in the state of a meeting', () => {
  come('ana', OWN);
  expect(accountOf(meeting.state, 'ana' as ParticipantId)).toBe(OWN);
  meeting.leave('ana' as ParticipantId);
  expect(meeting.state.accounts).toBeUndefined();
});

test('[BREAK-36] [BREAK-37] a round that follows another is filled by the addresses of who is there then', () => {
  come('dan', OWN);
  const rooms = [{ name: 'Un' }, { name: 'Deux', people: ['dan@exemple.org'] }];
  const emails = new Map([['dan' as ParticipantId, 'dan@exemple.org']]);
  meeting.open(anim, [], { rooms, freshIds: [meeting.fresh(), meeting.fresh()] });
  meeting.do({
    type: 'setNextRound',
    by: anim,
    after: meeting.round!.roundId,
    roundId: meeting.fresh(),
    rooms,
    freshIds: [meeting.fresh(), meeting.fresh()],
    filling: { kind: 'byHand', placements: [] },
    seed: 1,
    withFacilitators: false,
    countdownMs: 0,
    minutes: null,
    late: 'smallest',
    mayChoose: false,
    at: meeting.at,
  });
  meeting.seconds += 60;
  meeting.do({ type: 'keepTime', emails, at: meeting.at });
  expect(meeting.round?.placements['dan' as ParticipantId]).toBe(meeting.room(1));
});
