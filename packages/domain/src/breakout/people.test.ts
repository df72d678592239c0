import type { ParticipantId, RoomId } from '@relais/protocol';
import { MEETING_MAX_SEATS } from '@relais/protocol/limits';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../decide.ts';
import { ActedMeeting } from './acted-meeting.ts';
import { homeOf, roomOf } from './place.ts';
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
