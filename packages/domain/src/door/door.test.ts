import type { ParticipantId } from '@relais/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { ActedMeeting } from '../breakout/acted-meeting.ts';
import { shownTo } from '../breakout/shown.ts';
import { viewFor } from '../breakout/view.ts';

let meeting: ActedMeeting;
let anim: ParticipantId;
let ana: ParticipantId;
let bea: ParticipantId;

beforeEach(() => {
  meeting = new ActedMeeting();
  anim = meeting.join('anim', 'facilitator');
  ana = meeting.join('ana');
  bea = meeting.join('bea');
});

const lock = (locked: boolean, by = anim) =>
  meeting.attempt({ type: 'lockDoor', by, locked, at: meeting.at });
const remove = (participantId: ParticipantId, by = anim) =>
  meeting.attempt({ type: 'removeParticipant', by, participantId, at: meeting.at });
const letBack = (participantId: ParticipantId, by = anim) =>
  meeting.attempt({ type: 'letBack', by, participantId, at: meeting.at });
const join = (id: string, more: { role?: 'facilitator'; formerSeats?: ParticipantId[] } = {}) =>
  meeting.attempt({ type: 'join', participantId: id as ParticipantId, name: id, ...more, at: meeting.at });
const names = () => meeting.state.participants.map(({ name }) => name);

describe('a locked meeting', () => {
  test('[DOOR-1] lets nobody new in, until it is opened', () => {
    expect(lock(true)).toBe('accepted');
    expect(join('cle')).toBe('meetingLocked');
    expect(lock(false)).toBe('accepted');
    expect(meeting.state.door).toBeUndefined();
    expect(join('cle')).toBe('accepted');
  });

  test('[DOOR-1] lets back in who was in when it was locked, or came in since, and not who had left before', () => {
    meeting.leave(bea);
    lock(true);
    meeting.leave(ana);
    expect([join('ana'), join('bea')]).toEqual(['accepted', 'meetingLocked']);
    expect(join('anim2', { role: 'facilitator' })).toBe('accepted');
    meeting.leave('anim2' as ParticipantId);
    expect(join('anim2')).toBe('accepted');
  });

  test('[DOOR-1] what a browser says of seats that it held opens no door', () => {
    lock(true);
    expect(join('cle', { formerSeats: [ana] })).toBe('meetingLocked');
  });

  test('[DOOR-1] locked twice it is locked once, and nothing more becomes true', () => {
    lock(true);
    const { version } = meeting.state;
    expect(lock(true)).toBe('accepted');
    expect(meeting.state.version).toBe(version);
  });

  test('[DOOR-2] everybody knows that it is locked; who is inside is for who runs the meeting', () => {
    lock(true);
    expect(viewFor(meeting.state, ana).door).toEqual({ locked: true, inside: [], removed: [] });
    expect(viewFor(meeting.state, anim).door?.inside).toEqual([anim, ana, bea]);
  });
});

describe('somebody who is removed', () => {
  test('[DOOR-3] holds no seat any more, and does not come back by it or by the same browser', () => {
    expect(remove(ana)).toBe('accepted');
    expect(names()).toEqual(['anim', 'bea']);
    expect(join('ana')).toBe('removed');
    expect(join('new', { formerSeats: ['x' as ParticipantId, ana] })).toBe('removed');
    expect(join('other', { formerSeats: [bea] })).toBe('accepted');
  });

  test('[DOOR-5] comes in again once they are let back in, through a locked door too', () => {
    remove(ana);
    lock(true);
    expect(letBack(ana)).toBe('accepted');
    expect(meeting.state.door?.removed).toEqual([]);
    expect(join('ana')).toBe('accepted');
  });

  test('[DOOR-4] comes in with the key to run the meeting, and is not removed any more', () => {
    remove(ana);
    expect(join('ana', { role: 'facilitator' })).toBe('accepted');
    expect(meeting.state.door).toBeUndefined();
  });

  test('[DOOR-3] is to the others somebody who left; who runs the meeting knows who it was', () => {
    const [event] = meeting.do({ type: 'removeParticipant', by: anim, participantId: ana, at: meeting.at });
    expect(shownTo(bea, event!, meeting.state)).toEqual({
      type: 'participantLeft',
      participantId: ana,
      reason: 'left',
      at: meeting.at,
    });
    expect(viewFor(meeting.state, bea).door).toBeUndefined();
    expect(viewFor(meeting.state, anim).door?.removed).toEqual([
      { participantId: ana, name: 'ana', at: meeting.at },
    ]);
  });

  test('[DOOR-4] is never who runs the meeting, oneself neither', () => {
    const second = meeting.join('second', 'facilitator');
    expect([remove(second), remove(anim)]).toEqual(['runsMeeting', 'runsMeeting']);
    expect(names()).toContain('second');
  });

  test('[DOOR-4] is not the successor any more', () => {
    meeting.do({ type: 'nameSuccessor', by: anim, participantId: ana, at: meeting.at });
    remove(ana);
    expect(meeting.state.breakout?.successor).toBeUndefined();
  });

  test('[DOOR-3] removed by two at once is removed once', () => {
    const second = meeting.join('second', 'facilitator');
    remove(ana);
    const { version } = meeting.state;
    expect(remove(ana, second)).toBe('accepted');
    expect(meeting.state.version).toBe(version);
  });
});

test('[DOOR-6] what is asked by who does not run the meeting is refused, and what is about nobody here', () => {
  const { state } = meeting;
  expect([lock(true, ana), remove(bea, ana), letBack(bea, ana)]).toEqual(Array(3).fill('notAllowed'));
  const nobody = 'of-another-meeting' as ParticipantId;
  expect([lock(true, nobody), remove(bea, nobody)]).toEqual(['notJoined', 'notJoined']);
  expect([remove(nobody), letBack(nobody), letBack(ana)]).toEqual(Array(3).fill('unknownParticipant'));
  expect(meeting.state).toBe(state);
});
