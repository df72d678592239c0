import type { ClientMessageId, ParticipantId, RoomId } from '@relais/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../decide.ts';
import { ActedMeeting } from './acted-meeting.ts';
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
