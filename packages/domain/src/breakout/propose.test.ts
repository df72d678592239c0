import type { ParticipantId, RoomId } from '@relais/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { ActedMeeting } from './acted-meeting.ts';
import { propose } from './propose.ts';

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
