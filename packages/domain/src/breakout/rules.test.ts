import type { ClientMessageId, ParticipantId, PlanId, RoomId, RoundId } from '@relais/protocol';
import { BREAKOUT_MAX_PLANS, MEETING_MAX_SEATS } from '@relais/protocol/limits';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../decide.ts';
import { ActedMeeting, drafts } from './acted-meeting.ts';
import { nextDeadline } from './clock.ts';
import { homeOf, roomOf } from './place.ts';
import { propose } from './propose.ts';
import { mayReadBefore } from './shown.ts';
import { viewFor } from './view.ts';

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

describe('rights', () => {
  test('[BREAK-4] what only who runs the meeting may do is refused to everybody else, and changes nothing', () => {
    meeting.open(anim, [[ana], [bea]]);
    const { at } = meeting;
    const [room] = [meeting.room(0)];
    const id = 'x' as ClientMessageId;
    const commands: Command[] = [
      {
        type: 'savePlan',
        by: ana,
        title: 'P',
        rooms: [],
        minutes: 5,
        freshPlanId: meeting.fresh(),
        freshIds: [],
        at,
      },
      { type: 'removePlan', by: ana, planId: meeting.fresh(), at },
      {
        type: 'openRound',
        by: ana,
        roundId: meeting.fresh(),
        rooms: [],
        freshIds: [],
        placements: [],
        countdownMs: 0,
        minutes: 5,
        late: 'own',
        mayChoose: true,
        at,
      },
      { type: 'addTime', by: ana, byMs: 60_000, at },
      { type: 'closeRooms', by: ana, at },
      { type: 'closeRooms', by: ana, roomId: room, at },
      { type: 'announce', by: ana, clientMessageId: id, text: 'À tous', at },
      { type: 'takeAsk', by: ana, kind: 'help', roomId: room, at },
      { type: 'giveRoomRole', by: ana, participantId: ana, role: 'host', at },
      { type: 'labelParticipant', by: ana, participantId: ana, label: 'x', at },
      { type: 'nameSuccessor', by: ana, participantId: ana, at },
      move(ana, bea, room),
      move(ana, ana, meeting.room(1)),
      { type: 'stepIn', by: ana, isUnattended: true, at },
    ];
    const before = meeting.state;
    for (const command of commands) expect(meeting.attempt(command), command.type).toBe('notAllowed');
    expect(meeting.state).toBe(before);
  });

  test('[BREAK-18] a role in a room is nothing of who runs the meeting', () => {
    meeting.open(anim, [[ana], [bea]]);
    meeting.do({ type: 'giveRoomRole', by: anim, participantId: ana, role: 'host', at: meeting.at });
    expect(meeting.round?.roles).toEqual({ ana: 'host' });
    expect(meeting.attempt(move(ana, bea, meeting.room(0)))).toBe('notAllowed');
    expect(meeting.attempt({ type: 'closeRooms', by: ana, roomId: meeting.room(0), at: meeting.at })).toBe(
      'notAllowed',
    );
    // It was given for the room where they were.
    meeting.do(move(anim, ana, meeting.room(1)));
    expect(meeting.round?.roles).toEqual({});
    expect(
      meeting.attempt({ type: 'giveRoomRole', by: anim, participantId: cle, role: 'host', at: meeting.at }),
    ).toBe('notInYourRoom');
  });

  test('[BREAK-4] a room of another round, or of nobody, and a person without a seat are refused', () => {
    meeting.open(anim, [[ana], [bea]]);
    const former = meeting.room(0);
    meeting.do({ type: 'closeRooms', by: anim, at: meeting.at });
    meeting.wait(30);
    meeting.open(anim, [[ana], [bea]]);
    for (const roomId of [former, 'nulle-part' as RoomId, '__proto__' as RoomId]) {
      expect(meeting.attempt(move(anim, ana, roomId))).toBe('unknownRoom');
      expect(meeting.attempt({ type: 'closeRooms', by: anim, roomId, at: meeting.at })).toBe('unknownRoom');
      expect(meeting.attempt({ type: 'addTime', by: anim, byMs: 1, roomId, at: meeting.at })).toBe(
        'unknownRoom',
      );
      expect(
        meeting.attempt({
          type: 'announce',
          by: anim,
          clientMessageId: meeting.fresh(),
          text: 'x',
          places: [roomId],
          at: meeting.at,
        }),
      ).toBe('unknownRoom');
      expect(meeting.attempt({ type: 'takeAsk', by: anim, kind: 'help', roomId, at: meeting.at })).toBe(
        'unknownRoom',
      );
    }
    for (const nobody of ['parti', '__proto__', 'constructor'] as ParticipantId[]) {
      expect(meeting.attempt(move(anim, nobody, meeting.room(0)))).toBe('unknownParticipant');
      expect(
        meeting.attempt({
          type: 'labelParticipant',
          by: anim,
          participantId: nobody,
          label: 'x',
          at: meeting.at,
        }),
      ).toBe('unknownParticipant');
      expect(
        meeting.attempt({
          type: 'giveRoomRole',
          by: anim,
          participantId: nobody,
          role: 'host',
          at: meeting.at,
        }),
      ).toBe('unknownParticipant');
      expect(
        meeting.attempt({ type: 'nameSuccessor', by: anim, participantId: nobody, at: meeting.at }),
      ).toBe('unknownParticipant');
      expect(meeting.attempt({ type: 'askForRoom', by: nobody, kind: 'help', at: meeting.at })).toBe(
        'notJoined',
      );
    }
  });

  test('[BREAK-4] of several moves all are made or none', () => {
    meeting.open(anim, [[ana], [bea]]);
    const moves = [
      { participantId: ana, roomId: meeting.room(1) },
      { participantId: bea, roomId: 'nulle-part' as RoomId },
    ];
    expect(meeting.attempt({ type: 'movePeople', by: anim, moves, at: meeting.at })).toBe('unknownRoom');
    expect(where(ana)).toBe(meeting.room(0));
  });
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

describe('who moves', () => {
  test('[BREAK-8] whoever may choose goes where they want, and nobody else with them', () => {
    meeting.open(anim, [[ana], [bea]], { mayChoose: true });
    meeting.do(move(ana, ana, meeting.room(1)));
    expect(where(ana)).toBe(meeting.room(1));
    meeting.do(move(ana, ana, null));
    expect(where(ana)).toBe('plenary');
    expect(meeting.attempt(move(ana, bea, meeting.room(0)))).toBe('notAllowed');
  });

  test('[BREAK-8] who comes late is placed by their own list, else in the smallest room, as the round has it', () => {
    const rooms = [{ name: 'A' }, { name: 'B', people: ['Élodie', 'zoe'] }];
    meeting.open(anim, [[ana], [bea, cle]], { rooms, late: 'own' });
    expect(where(meeting.join('late1', undefined, 'Elodie'))).toBe(meeting.room(1));
    expect(where(meeting.join('late2', undefined, 'Inconnue'))).toBe(meeting.room(0));
    expect(where(meeting.join('late3', 'facilitator'))).toBe('plenary');
    expect(meeting.events.filter(({ type }) => type === 'participantsMoved')).toHaveLength(2);
  });

  test('[BREAK-8] [BREAK-36] who comes late with an account is placed by its address before their name; the address stands in no event', () => {
    const rooms = [
      { name: 'Un', people: ['Dan'] },
      { name: 'Deux', people: ['Dan <dan@exemple.org>', 'eve@exemple.org'] },
    ];
    meeting.open(anim, [], { rooms, freshIds: [meeting.fresh(), meeting.fresh()], late: 'own' });
    const come = (id: string, name: string, email?: string) => {
      const participantId = id as ParticipantId;
      meeting.do({ type: 'join', participantId, name, email, at: meeting.at });
      return where(participantId);
    };
    expect(come('d1', 'Daniel', 'DAN@exemple.org')).toBe(meeting.room(1));
    expect(come('d2', 'Dan')).toBe(meeting.room(0));
    expect(come('e', 'Ève', 'eve@exemple.org')).toBe(meeting.room(1));
    expect(
      JSON.stringify(meeting.events.slice(-6).filter(({ type }) => type !== 'breakoutOpened')),
    ).not.toContain('@');
  });

  test('[BREAK-8] who comes late and may choose is in the plenary, chooses once, and is not moved by anybody else’s choice', () => {
    meeting.open(anim, [[ana], [bea]], { late: 'choose' });
    const late = meeting.join('late');
    expect(where(late)).toBe('plenary');
    meeting.do(move(late, late, meeting.room(1)));
    expect(where(late)).toBe(meeting.room(1));
    expect(meeting.attempt(move(late, late, meeting.room(0)))).toBe('notAllowed');
  });

  test('[BREAK-8] who comes while a round is announced goes with the others when it begins', () => {
    meeting.open(anim, [[ana, bea], [cle]], { countdownMs: 10_000 });
    const late = meeting.join('late');
    expect(where(late)).toBe('plenary');
    meeting.wait(10);
    expect(where(late)).toBe(meeting.room(1));
  });

  test('[BREAK-35] who runs the meeting visits where they went by themselves, and is a member where they were placed', () => {
    const co = meeting.join('co', 'facilitator');
    meeting.open(anim, [[ana, anim], [bea]]);
    const [own, other] = [meeting.room(0), meeting.room(1)];
    const home = (id: ParticipantId) => homeOf(meeting.state, id);
    expect([home(anim), home(co), home(ana)]).toEqual([undefined, undefined, undefined]);

    meeting.do(move(anim, anim, other));
    meeting.do(move(co, co, own));
    expect([home(anim), home(co)]).toEqual([own, 'plenary']);
    // From one visit to another, through the plenary, home stays home.
    meeting.do(move(co, co, other));
    meeting.do(move(anim, anim, null));
    expect([home(anim), home(co)]).toEqual([own, 'plenary']);
    meeting.do(move(anim, anim, own));
    expect([where(anim), home(anim)]).toEqual([own, undefined]);

    // A co-animator gives a room: one is a member there.
    meeting.do(move(anim, co, own));
    expect([where(co), home(co)]).toEqual([own, undefined]);
    // Whose room is closed meanwhile belongs to the plenary.
    meeting.do(move(co, co, other));
    meeting.do({ type: 'closeRooms', by: anim, roomId: own, at: meeting.at });
    meeting.wait(31);
    expect(home(co)).toBe('plenary');
    // Others visit nothing: where they choose to be they are.
    expect(home(bea)).toBeUndefined();
  });

  test('[BREAK-9] who leaves and takes the same seat again is in their room', () => {
    meeting.open(anim, [[ana], [bea]]);
    meeting.leave(ana);
    meeting.join('ana');
    expect(where(ana)).toBe(meeting.room(0));
  });

  test('[BREAK-9] seats that come and go without end leave no trail without end', () => {
    meeting.open(anim, [[ana], [bea]]);
    for (let i = 0; i < 3 * MEETING_MAX_SEATS; i += 1) meeting.leave(meeting.join(`passant${i}`));
    expect(Object.keys(meeting.round!.placements).length).toBeLessThanOrEqual(2 * MEETING_MAX_SEATS + 1);
  });
});

describe('what is said', () => {
  test('[BREAK-14] a message is read where its author is; who was moved before it came does not say it elsewhere', () => {
    meeting.open(anim, [[ana], [bea]]);
    meeting.say(ana, 'entre nous');
    meeting.say(anim, 'au plénier');
    expect(meeting.state.messages.map(({ text }) => text)).toEqual(['au plénier']);
    expect(meeting.state.breakout?.talk[meeting.room(0)]?.messages.map(({ text }) => text)).toEqual([
      'entre nous',
    ]);
    const post: Command = {
      type: 'postMessage',
      participantId: ana,
      clientMessageId: meeting.fresh(),
      text: 'x',
      place: 'plenary',
      at: meeting.at,
    };
    expect(meeting.attempt(post)).toBe('notInYourRoom');
    expect(meeting.attempt({ ...post, place: meeting.room(1) })).toBe('notInYourRoom');
    expect(meeting.attempt({ ...post, place: meeting.room(0) })).toBe('accepted');
    expect(meeting.try({ ...post, place: meeting.room(0) })).toEqual({ ok: true, value: [] }); // [CHAT-2]
  });

  test('[BREAK-14] one reads what was written where one is, and in a room what the plenary wrote before', () => {
    meeting.say(ana, 'avant');
    meeting.open(anim, [[ana], [bea]]);
    const left = meeting.state.version;
    expect(mayReadBefore(meeting.state, ana, meeting.room(0))).toBe(Infinity);
    expect(mayReadBefore(meeting.state, ana, meeting.room(1))).toBeUndefined();
    expect(mayReadBefore(meeting.state, ana, 'plenary')).toBe(left);
    expect(mayReadBefore(meeting.state, anim, meeting.room(1))).toBe(Infinity);
    // From room to room the plenary's is what it was on leaving it.
    meeting.say(anim, 'pendant');
    meeting.do(move(anim, ana, meeting.room(1)));
    expect(mayReadBefore(meeting.state, ana, 'plenary')).toBe(left);
    meeting.do(move(anim, ana, null));
    expect(mayReadBefore(meeting.state, ana, 'plenary')).toBe(Infinity);
    expect(mayReadBefore(meeting.state, ana, meeting.room(1))).toBeUndefined();
  });

  test('[BREAK-15] an announcement is read in each place that it is for, and by those who run the meeting', () => {
    meeting.open(anim, [[ana], [bea]]);
    const announce = (places?: RoomId[]): Command => ({
      type: 'announce',
      by: anim,
      clientMessageId: meeting.fresh(),
      text: places ? 'à l’une' : 'à toutes',
      ...(places && { places }),
      at: meeting.at,
    });
    meeting.do(announce());
    meeting.do(announce([meeting.room(1)]));
    const read = (participantId: ParticipantId) => {
      const view = viewFor(meeting.state, participantId);
      const here = roomOf(view, participantId);
      const said = here === 'plenary' ? view : view.breakout?.talk[here];
      return said?.messages.map(({ text, announcement }) => `${text} ${announcement}`);
    };
    expect(read(ana)).toEqual(['à toutes true']);
    expect(read(bea)).toEqual(['à toutes true', 'à l’une true']);
    expect(read(cle)).toEqual(['à toutes true']);
  });
});

describe('asking', () => {
  test('[BREAK-17] a room asks once; one comes, the room sees who, and it is over when they say so', () => {
    const other = meeting.join('autre', 'facilitator');
    meeting.open(anim, [[ana, bea], [cle]]);
    const roomId = meeting.room(0);
    const ask: Command = {
      type: 'askForRoom',
      by: ana,
      kind: 'help',
      reason: 'Le document ne s’ouvre pas',
      at: meeting.at,
    };
    meeting.do(ask);
    expect(meeting.try({ ...ask, by: bea })).toEqual({ ok: true, value: [] });
    expect(viewFor(meeting.state, cle).breakout?.asks).toEqual([]);
    const take: Command = { type: 'takeAsk', by: anim, kind: 'help', roomId, at: meeting.at };
    meeting.do(take);
    expect(meeting.try({ ...take, by: other })).toEqual({ ok: true, value: [] });
    expect(viewFor(meeting.state, bea).breakout?.asks).toMatchObject([
      { name: 'ana', taken: { name: 'anim' } },
    ]);
    expect(meeting.attempt({ type: 'endAsk', by: cle, kind: 'help', roomId, at: meeting.at })).toBe(
      'notAllowed',
    );
    meeting.do({ type: 'endAsk', by: anim, kind: 'help', roomId, at: meeting.at });
    expect(meeting.state.breakout?.asks).toEqual([]);
    expect(meeting.attempt({ type: 'askForRoom', by: anim, kind: 'help', at: meeting.at })).toBe(
      'notInYourRoom',
    );
  });

  test('[BREAK-11] more time that is given answers the room that asked for it', () => {
    meeting.open(anim, [[ana], [bea]]);
    for (const by of [ana, bea]) meeting.do({ type: 'askForRoom', by, kind: 'time', at: meeting.at });
    meeting.do({ type: 'addTime', by: anim, byMs: 60_000, roomId: meeting.room(0), at: meeting.at });
    expect(meeting.state.breakout?.asks.map(({ roomId }) => roomId)).toEqual([meeting.room(1)]);
    meeting.do({ type: 'addTime', by: anim, byMs: 60_000, at: meeting.at });
    expect(meeting.state.breakout?.asks).toEqual([]);
  });
});

describe('nothing hangs on one person', () => {
  test('[BREAK-19] the successor steps in when nobody who runs the meeting is there, and then runs it', () => {
    meeting.open(anim, [[ana], [bea]]);
    meeting.do({ type: 'nameSuccessor', by: anim, participantId: ana, at: meeting.at });
    const step = (by: ParticipantId, isUnattended: boolean): Command => ({
      type: 'stepIn',
      by,
      isUnattended,
      at: meeting.at,
    });
    expect(meeting.attempt(step(ana, false))).toBe('notAllowed');
    expect(meeting.attempt(step(bea, true))).toBe('notAllowed');
    expect(meeting.attempt(step(ana, true))).toBe('accepted');
    expect(meeting.attempt({ type: 'closeRooms', by: ana, at: meeting.at })).toBe('accepted');
    // Once: the next successor is named anew.
    expect(meeting.state.breakout?.successor).toBeUndefined();
  });
});

describe('a proposal', () => {
  test('[BREAK-5] it is made of who is there, without those who run the meeting unless asked, and changes nothing', () => {
    const draft = { rooms: [{ name: 'A' }, { name: 'B' }], filling: { kind: 'even' }, seed: 4 } as const;
    const before = meeting.state;
    const found = propose(meeting.state, { ...draft, withFacilitators: false });
    expect(found.ok && found.value.placements.map(({ participantId }) => participantId).sort()).toEqual([
      'ana',
      'bea',
      'cle',
    ]);
    const all = propose(meeting.state, { ...draft, withFacilitators: true });
    expect(all.ok && all.value.placements).toHaveLength(4);
    expect(meeting.state).toBe(before);
    const foreign = {
      ...draft,
      rooms: [{ name: 'A', roomId: 'ailleurs' as RoomId }],
      withFacilitators: false,
    };
    expect(propose(meeting.state, foreign)).toMatchObject({ error: { kind: 'unknownRoom' } });
  });

  test('[BREAK-36] an entry with an address means who has it, else who bears its name; nobody’s is named and stays in the list', () => {
    const people = ['Ana <perso@exemple.org>', 'bea@exemple.org', 'zoe@exemple.org'];
    const draft = {
      rooms: [{ name: 'Un', people }],
      filling: { kind: 'byHand' as const },
      seed: 1,
      withFacilitators: false,
    };
    const placed = (emails?: Map<ParticipantId, string>) => {
      const proposed = propose(meeting.state, draft, emails);
      if (!proposed.ok) throw new Error('refused');
      const { placements, unplaced } = proposed.value;
      return [
        placements.map(({ participantId }) => participantId),
        unplaced.map(({ name, why }) => `${name} ${why}`),
      ];
    };
    expect(placed()).toEqual([
      [ana],
      ['bea@exemple.org notHere', 'zoe@exemple.org notHere', 'bea notListed', 'cle notListed'],
    ]);
    const emails = new Map([
      [bea, 'Bea@exemple.org'],
      [cle, 'perso@exemple.org'],
    ]);
    expect(placed(emails)).toEqual([
      [cle, bea],
      ['zoe@exemple.org notHere', 'ana notListed'],
    ]);
  });

  test('[BREAK-5] who left between the proposal and the opening is passed over', () => {
    const found = propose(meeting.state, {
      rooms: [{ name: 'A' }],
      filling: { kind: 'even' },
      seed: 1,
      withFacilitators: false,
    });
    meeting.leave(cle);
    const placements = found.ok ? found.value.placements : [];
    meeting.open(anim, [[]], { placements });
    expect(Object.keys(meeting.round!.placements).sort()).toEqual(['ana', 'bea']);
  });

  test('[BREAK-7] mixing goes by the labels that people were given, and by the round before', () => {
    for (const id of [ana, bea])
      meeting.do({ type: 'labelParticipant', by: anim, participantId: id, label: 'CLSC', at: meeting.at });
    const draft = {
      rooms: [{ name: 'A' }, { name: 'B' }],
      filling: { kind: 'mixing' },
      seed: 4,
      withFacilitators: false,
    } as const;
    const together = (one: ParticipantId, other: ParticipantId) => {
      const found = propose(meeting.state, draft);
      if (!found.ok) throw new Error(found.error.kind);
      const room = (id: ParticipantId) => found.value.placements.find((p) => p.participantId === id)?.room;
      return room(one) === room(other);
    };
    expect(together(ana, bea)).toBe(false);
    meeting.open(anim, [[ana, cle], [bea]]);
    meeting.do({ type: 'closeRooms', by: anim, at: meeting.at });
    meeting.wait(30);
    expect([together(ana, bea), together(ana, cle)]).toEqual([false, false]);
  });
});
