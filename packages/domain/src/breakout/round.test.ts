import type { ParticipantId, PlanId, RoomId, RoundId } from '@relais/protocol';
import { BREAKOUT_MAX_PLANS } from '@relais/protocol/limits';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../decide.ts';
import { ActedMeeting, drafts } from './acted-meeting.ts';
import { nextDeadline } from './clock.ts';
import { roomOf } from './place.ts';

let meeting: ActedMeeting;
let anim: ParticipantId;
let ana: ParticipantId;
let bea: ParticipantId;
let cle: ParticipantId;

beforeEach(() => {
  meeting = new ActedMeeting();
  anim = meeting.join('anim', 'facilitator');
  [ana, bea, cle] = ['ana', 'bea', 'cle'].map((name) => meeting.join(name)) as [
    ParticipantId,
    ParticipantId,
    ParticipantId,
  ];
});

const where = (participantId: ParticipantId) => roomOf(meeting.state, participantId);
const move = (by: ParticipantId, participantId: ParticipantId, roomId: RoomId | null): Command => ({
  type: 'movePeople',
  by,
  moves: [{ participantId, roomId }],
  at: meeting.at,
});

describe('a round', () => {
  test('[BREAK-2] [BREAK-10] it is announced, begins, is closed with a countdown, and everybody is back', () => {
    meeting.open(anim, [[ana], [bea, cle]], { countdownMs: 10_000 });
    expect([where(ana), where(bea)]).toEqual(['plenary', 'plenary']);
    expect(meeting.wait(9)).toEqual([]);
    expect(meeting.wait(1)).toMatchObject([{ type: 'breakoutStarted' }]);
    expect([where(ana), where(bea), where(cle), where(anim)]).toEqual([
      meeting.room(0),
      meeting.room(1),
      meeting.room(1),
      'plenary',
    ]);
    meeting.do({ type: 'closeRooms', by: anim, at: meeting.at });
    expect(meeting.round).toMatchObject({ phase: 'closing', closesAt: meeting.at + 30_000 });
    expect(meeting.wait(29)).toEqual([]);
    expect(meeting.wait(1)).toMatchObject([{ type: 'breakoutEnded' }]);
    expect([where(ana), where(bea)]).toEqual(['plenary', 'plenary']);
    expect(meeting.wait(600)).toEqual([]);
  });

  test('[BREAK-10] it ends by its clock, though nobody is there to say so; its next deadline is always known', () => {
    meeting.open(anim, [[ana], [bea]], { countdownMs: 5_000, minutes: 10 });
    const deadlines: number[] = [];
    for (let next = nextDeadline(meeting.state); next !== undefined; next = nextDeadline(meeting.state)) {
      deadlines.push(next / 1000 - 1000);
      meeting.do({ type: 'keepTime', at: next });
    }
    expect(deadlines).toEqual([5, 605]);
    expect(meeting.round).toBeUndefined();
  });

  test('[BREAK-10] after the server was away for long, what was due is done in its order', () => {
    meeting.open(anim, [[ana], [bea]], { countdownMs: 5_000, minutes: 10 });
    expect(meeting.wait(3600)).toMatchObject([{ type: 'breakoutStarted' }]);
    expect(meeting.wait(0)).toMatchObject([{ type: 'breakoutEnded' }]);
  });

  test('[BREAK-10] called off before it has begun, it is over at once, and is no last time to mix from', () => {
    meeting.open(anim, [[ana], [bea]], { countdownMs: 5_000 });
    meeting.do({ type: 'closeRooms', by: anim, at: meeting.at });
    expect(meeting.round).toBeUndefined();
    expect(meeting.state.breakout?.last).toEqual([]);
  });

  test('[BREAK-10] more time for all or for one room; a room with its own end outlasts the others', () => {
    meeting.open(anim, [[ana], [bea]], { minutes: 10 });
    const later = (roomId?: RoomId) =>
      meeting.do({ type: 'addTime', by: anim, byMs: 60_000, ...(roomId && { roomId }), at: meeting.at });
    later(meeting.room(1));
    later();
    const [first, second] = [meeting.room(0), meeting.room(1)];
    meeting.seconds += 659;
    expect(meeting.wait(0)).toEqual([]);
    expect(meeting.wait(1)).toMatchObject([{ type: 'breakoutRoomClosed', roomId: first }]);
    expect([where(ana), where(bea)]).toEqual(['plenary', second]);
    expect(meeting.attempt(move(anim, ana, first))).toBe('unknownRoom');
    expect(meeting.wait(60)).toMatchObject([{ type: 'breakoutEnded' }]);
  });

  test('[BREAK-10] less time never cuts a room off: half a minute is left, and a closing that has begun is called off by more', () => {
    meeting.open(anim, [[ana], [bea]], { minutes: 10 });
    meeting.do({ type: 'addTime', by: anim, byMs: -3_600_000, at: meeting.at });
    expect(meeting.round?.endsAt).toBe(meeting.at + 30_000);
    meeting.do({ type: 'closeRooms', by: anim, at: meeting.at });
    meeting.do({ type: 'closeRooms', by: anim, at: meeting.at + 5000 });
    expect(meeting.round?.closesAt).toBe(meeting.at + 30_000);
    meeting.do({ type: 'addTime', by: anim, byMs: 60_000, at: meeting.at });
    expect(meeting.round).toMatchObject({ phase: 'running', endsAt: meeting.at + 90_000 });
    expect(meeting.round).not.toHaveProperty('closesAt');
  });

  test('[BREAK-10] one room is closed alone; with the last one the round ends', () => {
    meeting.open(anim, [[ana], [bea]], { minutes: null });
    meeting.do({ type: 'closeRooms', by: anim, roomId: meeting.room(0), at: meeting.at });
    expect(meeting.wait(30)).toMatchObject([{ type: 'breakoutRoomClosed', roomId: meeting.room(0) }]);
    expect(nextDeadline(meeting.state)).toBeUndefined();
    meeting.do({ type: 'closeRooms', by: anim, roomId: meeting.room(1), at: meeting.at });
    expect(meeting.wait(30)).toMatchObject([{ type: 'breakoutEnded' }]);
  });

  test('[BREAK-2] one round at a time; the same request again changes nothing', () => {
    const roundId = 'r1' as RoundId;
    meeting.open(anim, [[ana], [bea]], { roundId });
    const before = meeting.state;
    meeting.open(anim, [[ana], [bea]], { roundId });
    expect(meeting.state).toBe(before);
    const again: Command = {
      type: 'openRound',
      by: anim,
      roundId: meeting.fresh(),
      ...drafts(meeting, 1),
      placements: [],
      countdownMs: 0,
      minutes: 5,
      late: 'own',
      mayChoose: false,
      at: meeting.at,
    };
    expect(meeting.attempt(again)).toBe('notNow');
  });

  test('[BREAK-16] a room that is opened again under its id is the same; one that was never this meeting’s is refused', () => {
    meeting.savePlan(anim, [{ name: 'Jardin' }, { name: 'Four à pain' }]);
    const [plan] = meeting.state.breakout!.plans;
    meeting.open(anim, [[ana], [bea]], { rooms: plan!.rooms, freshIds: [] });
    expect(meeting.round?.rooms.map(({ roomId }) => roomId)).toEqual(plan?.rooms.map(({ roomId }) => roomId));
    const foreign = [{ name: 'X', roomId: 'ailleurs' as RoomId }];
    const twice = [plan!.rooms[0]!, plan!.rooms[0]!];
    for (const rooms of [foreign, twice]) {
      const save: Command = {
        type: 'savePlan',
        by: anim,
        title: 'P',
        rooms,
        minutes: 5,
        freshPlanId: meeting.fresh(),
        freshIds: [],
        at: meeting.at,
      };
      expect(meeting.attempt(save)).toBe('unknownRoom');
    }
  });

  test('[BREAK-1] a plan is kept, changed under its id, removed; the one after the last is refused', () => {
    meeting.savePlan(anim, [{ name: 'Jardin', people: ['Ana'], instructions: 'Trois idées' }]);
    const { planId } = meeting.state.breakout!.plans[0]!;
    meeting.savePlan(anim, [{ name: 'Verger' }], planId);
    expect(meeting.state.breakout?.plans).toMatchObject([{ planId, rooms: [{ name: 'Verger' }] }]);
    for (let i = 1; i < BREAKOUT_MAX_PLANS; i += 1) meeting.savePlan(anim, [{ name: 'Autre' }]);
    expect(() => meeting.savePlan(anim, [{ name: 'De trop' }])).toThrow('tooManyPlans');
    meeting.do({ type: 'removePlan', by: anim, planId, at: meeting.at });
    expect(meeting.state.breakout?.plans).toHaveLength(BREAKOUT_MAX_PLANS - 1);
    expect(() => meeting.savePlan(anim, [{ name: 'X' }], planId)).toThrow('unknownId');
  });

  test('[BREAK-31] a plan that somebody else has changed since it was read is not written over; the same again is true already', () => {
    meeting.savePlan(anim, [{ name: 'Jardin' }]);
    const { planId, version, rooms } = meeting.state.breakout!.plans[0]!;
    const save = (name: string, basedOn?: number): Command => ({
      type: 'savePlan',
      planId,
      basedOn,
      title: 'Ateliers',
      rooms: [{ ...rooms[0]!, name }],
      minutes: 20,
      freshPlanId: meeting.fresh(),
      freshIds: [],
      by: anim,
      at: meeting.at,
    });
    expect(meeting.attempt(save('Verger', version))).toBe('accepted');
    expect(meeting.try(save('Rucher', version))).toMatchObject({
      error: { kind: 'notNow', why: 'planChanged' },
    });
    expect(meeting.try(save('Verger', version))).toMatchObject({ ok: true, value: [] });
    expect(meeting.attempt(save('Rucher', meeting.state.breakout!.plans[0]!.version))).toBe('accepted');
    expect(meeting.attempt(save('Sans dire'))).toBe('accepted');
    expect(meeting.state.breakout?.plans).toMatchObject([{ rooms: [{ name: 'Sans dire' }] }]);
  });

  test('[BREAK-30] who has the key and no seat keeps and removes plans; the facts name nobody', () => {
    const { at } = meeting;
    const freshPlanId = meeting.fresh<PlanId>();
    const saved = meeting.do({
      type: 'savePlan',
      title: 'Avant',
      rooms: [{ name: 'Jardin' }],
      minutes: null,
      freshPlanId,
      freshIds: [meeting.fresh<RoomId>()],
      at,
    });
    expect(saved).toMatchObject([{ type: 'breakoutPlanSaved', planId: freshPlanId }]);
    expect(saved[0]).not.toHaveProperty('by');
    expect(meeting.do({ type: 'removePlan', planId: freshPlanId, at })).toEqual([
      { type: 'breakoutPlanRemoved', planId: freshPlanId, at },
    ]);
  });
});
