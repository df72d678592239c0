import type { ParticipantId, PersonId, WaitingMode } from '@relais/protocol';
import { ASK_AGAIN_MS, WAITING_MAX } from '@relais/protocol/limits';
import { beforeEach, describe, expect, test } from 'vitest';
import { ActedMeeting } from '../breakout/acted-meeting.ts';
import { shownTo } from '../breakout/shown.ts';
import { viewFor } from '../breakout/view.ts';
import { entryOf } from './waiting-decide.ts';

let meeting: ActedMeeting;
let anim: ParticipantId;
let ana: ParticipantId;

beforeEach(() => {
  meeting = new ActedMeeting();
  anim = meeting.join('anim', 'facilitator');
  ana = meeting.join('ana');
});

const id = (name: string) => name as ParticipantId;
const person = (name: string) => name as PersonId;
const set = (mode: WaitingMode, by = anim) =>
  meeting.attempt({ type: 'setWaitingRoom', by, mode, at: meeting.at });
const wait = (
  name: string,
  more: { personId?: PersonId; guest?: true; formerSeats?: ParticipantId[]; again?: boolean } = {},
) => meeting.attempt({ type: 'wait', participantId: id(name), name, ...more, at: meeting.at });
const admit = (names: string[], by = anim) =>
  meeting.attempt({ type: 'admit', by, participantIds: names.map(id), at: meeting.at });
const refuse = (name: string, word?: string, by = anim) =>
  meeting.attempt({ type: 'refuseEntry', by, participantId: id(name), word, at: meeting.at });
const join = (
  name: string,
  more: { role?: 'facilitator'; personId?: PersonId; guest?: true } = {},
  called = name,
) => meeting.attempt({ type: 'join', participantId: id(name), name: called, ...more, at: meeting.at });
const lock = () => meeting.attempt({ type: 'lockDoor', by: anim, locked: true, at: meeting.at });
const entry = (name: string) => entryOf(meeting.state, id(name));
const waiting = () => meeting.state.door?.waitingRoom?.waiting.map(({ name }) => name);
const names = () => meeting.state.participants.map(({ name }) => name);

describe('a waiting room', () => {
  test('[WAIT-1] lets nobody new in who was not let in; who has the key never waits', () => {
    expect(set('on')).toBe('accepted');
    expect([join('cle'), join('dan', { personId: person('dan') })]).toEqual(['mustWait', 'mustWait']);
    expect(join('second', { role: 'facilitator' })).toBe('accepted');
  });

  test('[WAIT-1] for guests only is passed by who has an account', () => {
    set('guests');
    expect([join('cle'), join('dan', { personId: person('dan') })]).toEqual(['mustWait', 'accepted']);
    expect(join('eve', { personId: person('eve'), guest: true }), 'by a link for guests').toBe('mustWait');
    wait('cle');
    expect(meeting.state.door?.waitingRoom?.waiting).toEqual([
      { participantId: 'cle', name: 'cle', isGuest: true, since: meeting.at },
    ]);
  });

  test('[WAIT-1] who was in when it was set, or came in since, comes back by their seat or their account', () => {
    join('dan', { personId: person('dan') });
    set('on');
    wait('cle');
    admit(['cle']);
    join('cle');
    for (const name of ['ana', 'cle', 'dan']) meeting.leave(id(name));
    expect([join('ana'), join('cle'), join('elsewhere', { personId: person('dan') })]).toEqual(
      Array(3).fill('accepted'),
    );
  });

  test('[WAIT-1] set twice to the same it is set once', () => {
    set('on');
    const { version } = meeting.state;
    expect(set('on')).toBe('accepted');
    expect(meeting.state.version).toBe(version);
  });

  test('[WAIT-4] who is let in comes in, under the name that was let in and no other', () => {
    set('on');
    wait('Cléo');
    expect(entry('Cléo')).toEqual({ entry: 'waiting', since: meeting.at });
    expect(admit(['Cléo'])).toBe('accepted');
    expect(entry('Cléo')).toEqual({ entry: 'admitted' });
    expect(join('Cléo', {}, 'Une autre')).toBe('accepted');
    expect(names()).toEqual(['anim', 'ana', 'Cléo']);
  });

  test('[WAIT-4] two who let the same person in at once let them in once; who went meanwhile is not let in', () => {
    const second = meeting.join('second', 'facilitator');
    set('on');
    for (const name of ['cle', 'dan', 'eve']) wait(name);
    meeting.do({ type: 'stopWaiting', participantIds: [id('eve')], at: meeting.at });
    expect(admit(['cle'])).toBe('accepted');
    const { version } = meeting.state;
    expect(admit(['cle'], second)).toBe('accepted');
    expect(meeting.state.version).toBe(version);
    expect(admit(['cle', 'dan', 'eve'], second)).toBe('accepted');
    expect([join('dan'), join('eve')]).toEqual(['accepted', 'mustWait']);
    expect(admit(['eve'])).toBe('unknownParticipant');
  });

  test('[WAIT-5] who is refused reads the word, and may ask again after a while', () => {
    set('on');
    wait('cle');
    expect(refuse('cle', 'Revenez à 10 h')).toBe('accepted');
    expect(entry('cle')).toEqual({ entry: 'refused', word: 'Revenez à 10 h' });
    expect([join('cle'), wait('cle'), wait('cle', { again: true })]).toEqual([
      'mustWait',
      'refusedEntry',
      'tooMany',
    ]);
    meeting.seconds += ASK_AGAIN_MS / 1000;
    expect(wait('cle', { again: true })).toBe('accepted');
    expect(waiting()).toEqual(['cle']);
  });

  test('[WAIT-5] two who refuse at once refuse once, and the first word is read; who was let in meanwhile is not refused', () => {
    const second = meeting.join('second', 'facilitator');
    set('on');
    wait('cle');
    wait('dan');
    refuse('cle', 'un');
    expect(refuse('cle', 'deux', second)).toBe('accepted');
    expect(entry('cle')).toEqual({ entry: 'refused', word: 'un' });
    admit(['dan']);
    expect(refuse('dan', 'non', second)).toBe('unknownParticipant');
  });

  test('[WAIT-6] who asks again while they wait keeps their place, also when the meeting was locked since', () => {
    set('on');
    wait('cle');
    meeting.seconds += 90;
    wait('dan');
    lock();
    expect(wait('cle')).toBe('accepted');
    expect(waiting()).toEqual(['cle', 'dan']);
    expect(wait('eve')).toBe('meetingLocked');
    admit(['cle']);
    expect([join('cle'), join('dan')]).toEqual(['accepted', 'meetingLocked']);
  });

  test('[WAIT-7] turned off it lets in all who wait, through a locked door too; for guests only, those who are none', () => {
    set('on');
    wait('cle');
    wait('dan', { personId: person('dan') });
    expect(set('guests')).toBe('accepted');
    expect([entry('cle').entry, entry('dan').entry]).toEqual(['waiting', 'admitted']);
    lock();
    expect(set('off')).toBe('accepted');
    expect([entry('cle').entry, join('cle'), join('dan'), join('eve')]).toEqual([
      'admitted',
      'accepted',
      'accepted',
      'meetingLocked',
    ]);
  });

  test('[WAIT-7] [DOOR-1] who was let in just before the door was locked comes in', () => {
    set('on');
    wait('cle');
    admit(['cle']);
    lock();
    expect(join('cle')).toBe('accepted');
  });

  test('[WAIT-8] so many wait, and no more', () => {
    set('on');
    for (let i = 0; i < WAITING_MAX; i += 1) wait(`p${i}`);
    expect(wait('late')).toBe('waitingFull');
    refuse('p0');
    expect(wait('late')).toBe('accepted');
  });

  test('[WAIT-8] [DOOR-4] who was removed cannot wait, by their seat, their browser or their account', () => {
    join('dan', { personId: person('dan') });
    set('on');
    for (const name of ['ana', 'dan'])
      meeting.do({ type: 'removeParticipant', by: anim, participantId: id(name), at: meeting.at });
    expect([
      wait('ana'),
      wait('new', { formerSeats: [ana] }),
      wait('other', { personId: person('dan') }),
    ]).toEqual(Array(3).fill('removed'));
    meeting.do({ type: 'letBack', by: anim, participantId: ana, at: meeting.at });
    expect(join('ana')).toBe('accepted');
  });

  test('[WAIT-2] who may come in anyway need not wait', () => {
    expect([wait('cle'), entry('cle').entry]).toEqual(['accepted', 'admitted']);
    set('on');
    expect([wait('ana'), entry('ana').entry, waiting()]).toEqual(['accepted', 'admitted', []]);
  });
});

test('[WAIT-3] who does not run the meeting knows that there is a waiting room, and neither who waits nor what became of them', () => {
  const seen: string[] = [];
  const watched = new ActedMeeting((event, after) => {
    if (after.participants.some(({ participantId }) => participantId === ana))
      seen.push(JSON.stringify([shownTo(ana, event, after), viewFor(after, ana)]));
  });
  watched.join('anim', 'facilitator');
  watched.join('ana');
  const { at } = watched;
  watched.do({ type: 'setWaitingRoom', by: anim, mode: 'on', at });
  for (const name of ['secret-1', 'secret-2', 'secret-3'])
    watched.do({ type: 'wait', participantId: id(name), name, at });
  watched.do({ type: 'admit', by: anim, participantIds: [id('secret-1')], at });
  watched.do({ type: 'refuseEntry', by: anim, participantId: id('secret-2'), word: 'secret', at });
  watched.do({ type: 'stopWaiting', participantIds: [id('secret-3')], at });
  expect(seen.join()).not.toContain('secret');
  expect(viewFor(watched.state, ana).door?.waitingRoom?.mode).toBe('on');
  expect(viewFor(watched.state, anim).door?.waitingRoom?.admitted).toEqual([
    { participantId: 'secret-1', name: 'secret-1' },
  ]);
});

test('[WAIT-9] what is asked by who does not run the meeting is refused, and what is about nobody who waits', () => {
  set('on');
  wait('cle');
  const { state } = meeting;
  expect([set('off', ana), admit(['cle'], ana), refuse('cle', 'non', ana)]).toEqual(
    Array(3).fill('notAllowed'),
  );
  expect([set('off', id('x')), admit(['cle'], id('cle'))]).toEqual(['notJoined', 'notJoined']);
  expect([admit(['of-another-meeting']), refuse('of-another-meeting')]).toEqual(
    Array(2).fill('unknownParticipant'),
  );
  expect(meeting.state).toBe(state);
});
