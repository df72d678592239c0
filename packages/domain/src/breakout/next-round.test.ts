import type { ParticipantId, RoundId } from '@relais/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../decide.ts';
import { ActedMeeting } from './acted-meeting.ts';
import { CLOSING_MS, nextDeadline } from './clock.ts';
import { roomOf } from './place.ts';
import { shownTo } from './shown.ts';
import { viewFor } from './view.ts';

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

const where = (participantId: ParticipantId) => roomOf(meeting.state, participantId);
const next = () => meeting.state.breakout?.next;

type SetNext = Extract<Command, { type: 'setNextRound' }>;

/** The rooms of the round that runs, or of the last one. */
function again(more: Partial<SetNext> = {}): SetNext {
  const former = meeting.round ?? meeting.state.breakout?.past.at(-1);
  if (!former) throw new Error('there was no round yet');
  return {
    type: 'setNextRound',
    after: former.roundId,
    roundId: meeting.fresh<RoundId>(),
    rooms: former.rooms.map(({ roomId, name }) => ({ roomId, name })),
    freshIds: [],
    filling: { kind: 'same' },
    seed: 1,
    withFacilitators: false,
    countdownMs: 10_000,
    minutes: 10,
    late: 'smallest',
    mayChoose: false,
    by: anim,
    at: meeting.at,
    ...more,
  };
}

describe('[BREAK-37] a round that follows the present one', () => {
  test('in one gesture the rooms close with their countdown, and are opened anew when they have closed', () => {
    meeting.open(anim, [[ana], [bea]]);
    const [one, two] = [meeting.room(0), meeting.room(1)];
    const asked = again();
    meeting.do(asked);
    expect(meeting.round).toMatchObject({ phase: 'closing', closesAt: meeting.at + CLOSING_MS });
    expect(where(ana)).toBe(one);
    const events = meeting.wait(30).map(({ type }) => type);
    expect(events).toEqual(['breakoutEnded', 'breakoutOpened']);
    expect(meeting.round).toMatchObject({ roundId: asked.roundId, number: 2, phase: 'opening' });
    expect([where(ana), next()]).toEqual(['plenary', undefined]);
    expect(nextDeadline(meeting.state)).toBe(meeting.at + 10_000);
    meeting.wait(10);
    expect([where(ana), where(bea)]).toEqual([one, two]);
    // What followed once does not follow again.
    expect(meeting.wait(600).map(({ type }) => type)).toEqual(['breakoutEnded']);
  });

  test('[BREAK-23] what rooms asked is over with their round, and is not asked in the next one', () => {
    meeting.open(anim, [[ana], [bea]]);
    const roomId = meeting.room(0);
    for (const kind of ['help', 'time'] as const)
      meeting.do({ type: 'askForRoom', by: ana, kind, at: meeting.at });
    meeting.do(again({ countdownMs: 0 }));
    meeting.wait(30);
    expect(where(ana)).toBe(roomId);
    for (const viewer of [anim, ana, bea]) expect(viewFor(meeting.state, viewer).breakout?.asks).toEqual([]);
    expect(meeting.do({ type: 'takeAsk', by: anim, kind: 'help', roomId, at: meeting.at })).toEqual([]);
    // Asked again it is a new request.
    meeting.do({ type: 'askForRoom', by: ana, kind: 'help', at: meeting.at });
    expect(meeting.state.breakout?.asks).toHaveLength(1);
  });

  test('while it closes the closing goes on as it was, and who is there at its end is placed', () => {
    meeting.open(anim, [[ana], [bea]]);
    meeting.do({ type: 'closeRooms', by: anim, at: meeting.at });
    const closesAt = meeting.round?.closesAt;
    meeting.seconds += 20;
    meeting.do(again({ countdownMs: 0 }));
    expect(meeting.round?.closesAt).toBe(closesAt);
    meeting.leave(bea);
    const cle = meeting.join('cle');
    meeting.leave(anim);
    meeting.wait(10);
    expect(meeting.round?.phase).toBe('running');
    expect(meeting.round?.placements).not.toHaveProperty('bea');
    // Who was not there last time goes to the smallest.
    expect(where(cle)).toBe(meeting.room(1));
  });

  test('it may be called off: the rooms stay open to the end that they had', () => {
    meeting.open(anim, [[ana], [bea]]);
    const end = meeting.round?.endsAt;
    meeting.do(again());
    meeting.seconds += 5;
    meeting.do({ type: 'dropNextRound', by: anim, at: meeting.at });
    expect(meeting.round).toMatchObject({ phase: 'running', endsAt: end });
    expect(meeting.round).not.toHaveProperty('closesAt');
    expect(meeting.do({ type: 'dropNextRound', by: anim, at: meeting.at })).toEqual([]);
    expect(meeting.wait(600).map(({ type }) => type)).toEqual(['breakoutEnded']);
  });

  test('it follows also when time was given, and the rooms ended by themselves', () => {
    meeting.open(anim, [[ana], [bea]]);
    meeting.do(again());
    meeting.do({ type: 'addTime', by: anim, byMs: 60_000, at: meeting.at });
    expect(meeting.round?.phase).toBe('running');
    meeting.do({ type: 'dropNextRound', by: anim, at: meeting.at });
    expect(meeting.round?.phase).toBe('running');
    meeting.do(again());
    meeting.do({ type: 'addTime', by: anim, byMs: 60_000, at: meeting.at });
    meeting.wait(780);
    expect(meeting.round).toMatchObject({ number: 2, phase: 'opening' });
  });

  test('mixed, nobody is with whom they were with in the round that it follows', () => {
    const [cle, dan] = [meeting.join('cle'), meeting.join('dan')];
    meeting.open(anim, [
      [ana, bea],
      [cle, dan],
    ]);
    meeting.do(again({ filling: { kind: 'mixing' }, countdownMs: 0 }));
    meeting.wait(30);
    expect(where(ana)).not.toBe(where(bea));
    expect(where(cle)).not.toBe(where(dan));
  });

  test('of two who ask for it the first one’s stands, and the same again changes nothing', () => {
    const other = meeting.join('eve', 'facilitator');
    meeting.open(anim, [[ana], [bea]]);
    const asked = again();
    meeting.do(asked);
    expect(meeting.do(asked)).toEqual([]);
    expect(meeting.try(again({ by: other }))).toMatchObject({ error: { kind: 'notNow', why: 'nextIsSet' } });
    expect(next()?.roundId).toBe(asked.roundId);
    meeting.do({ type: 'dropNextRound', by: other, at: meeting.at });
    expect(next()).toBeUndefined();
  });

  test('asked for when the round has just ended, it is opened at once; of any other round it is refused', () => {
    meeting.open(anim, [[ana], [bea]]);
    const late = again({ countdownMs: 0 });
    meeting.wait(600);
    meeting.do(late);
    expect(meeting.round).toMatchObject({ roundId: late.roundId, phase: 'running' });
    const refused = (after: string) => meeting.try(again({ after: after as RoundId }));
    expect(refused('une autre')).toMatchObject({ error: { kind: 'notNow', why: 'roundRuns' } });
    meeting.wait(600);
    expect(refused('une autre')).toMatchObject({ error: { kind: 'notNow', why: 'noRound' } });
  });

  test('before it has begun a round is followed by nothing, and only who runs the meeting asks for it', () => {
    meeting.open(anim, [[ana], [bea]], { countdownMs: 10_000 });
    expect(meeting.try(again())).toMatchObject({ error: { kind: 'notNow', why: 'roundRuns' } });
    meeting.wait(10);
    expect(meeting.attempt(again({ by: ana }))).toBe('notAllowed');
    expect(meeting.attempt({ type: 'dropNextRound', by: ana, at: meeting.at })).toBe('notAllowed');
  });

  test('[BREAK-12] nobody else is told of it', () => {
    meeting.open(anim, [[ana], [bea]]);
    const [event] = meeting.do(again());
    if (!event) throw new Error('nothing became true');
    expect(shownTo(ana, event, meeting.state)).toEqual({ type: 'veiled' });
    expect(viewFor(meeting.state, ana).breakout).not.toHaveProperty('next');
    expect(viewFor(meeting.state, anim).breakout?.next?.filling).toEqual({ kind: 'same' });
  });
});
