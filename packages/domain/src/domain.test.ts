import type {
  ClientMessageId,
  MeetingCode,
  MeetingEvent,
  MeetingId,
  MeetingState,
  ParticipantId,
  ProducerId,
} from '@relais/protocol';
import { MEETING_MAX_SEATS, RECENT_MESSAGES } from '@relais/protocol/limits';
import { describe, expect, test } from 'vitest';
import {
  advance,
  advanceLive,
  decide,
  evolve,
  evolveLive,
  firstCameras,
  people,
  wantedProducers,
} from './index.ts';

const ana = 'ana' as ParticipantId;
const bea = 'bea' as ParticipantId;
const created: MeetingEvent = {
  type: 'meetingCreated',
  meetingId: 'm1' as MeetingId,
  code: 'abc-defg-hij' as MeetingCode,
  title: 'Table de quartier',
  at: 1,
};

const empty = evolve(undefined, { version: 1, event: created });

function play(meeting: MeetingState, events: MeetingEvent[]): MeetingState {
  return events.reduce((m, event) => evolve(m, { version: m.version + 1, event }), meeting);
}
const joined = (participantId: ParticipantId, name = 'Ana'): MeetingEvent => ({
  type: 'participantJoined',
  participantId,
  name,
  at: 2,
});
const post = (id: string, participantId = ana) =>
  ({
    type: 'postMessage',
    participantId,
    clientMessageId: id as ClientMessageId,
    text: `texte ${id}`,
    at: 3,
  }) as const;
const must = (result: ReturnType<typeof decide>): MeetingEvent[] => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};

describe('the log', () => {
  test('[LOG-1] an event that does not follow is a defect', () => {
    expect(() => evolve(empty, { version: 3, event: joined(ana) })).toThrow();
    expect(() => evolve(undefined, { version: 1, event: joined(ana) })).toThrow();
  });

  test('[LOG-2] a reader passes over what it knows and stops at a gap', () => {
    const two = { version: 2, event: joined(ana) };
    const three = { version: 3, event: joined(bea) };
    expect(advance(empty, [two, two, three]).meeting.participants).toHaveLength(2);
    expect(advance(empty, [three])).toMatchObject({ meeting: empty, gap: true });
  });
});

describe('the title', () => {
  test('[CAL-11] is the last one that was given, with a closed door and in sub-groups as well', () => {
    const locked = play(empty, [joined(ana), { type: 'doorLocked', by: ana, at: 3 }]);
    const renamed = play(locked, [{ type: 'meetingRenamed', title: 'Table du bail', at: 4 }]);
    expect(renamed).toEqual({ ...locked, version: locked.version + 1, title: 'Table du bail' });
  });
});

describe('seats', () => {
  test('[JOIN-1] joining takes a seat', () => {
    const events = must(decide(empty, { type: 'join', participantId: ana, name: 'Ana', at: 2 }));
    expect(play(empty, events).participants.map((p) => p.name)).toEqual(['Ana']);
  });

  test('[JOIN-2] joining with a seat still held changes nothing', () => {
    const meeting = play(empty, [joined(ana)]);
    expect(must(decide(meeting, { type: 'join', participantId: ana, name: 'Autre', at: 9 }))).toEqual([]);
  });

  test('[JOIN-3] the seat after the last is refused', () => {
    const full = play(
      empty,
      Array.from({ length: MEETING_MAX_SEATS }, (_, i) => joined(`p${i}` as ParticipantId)),
    );
    const result = decide(full, { type: 'join', participantId: ana, name: 'Ana', at: 2 });
    expect(result).toEqual({ ok: false, error: { kind: 'meetingFull' } });
  });

  test('[JOIN-4] two people may bear the same name', () => {
    const meeting = play(empty, [joined(ana), joined(bea)]);
    expect(meeting.participants).toHaveLength(2);
  });

  test('[LEAVE-1] [LEAVE-2] leaving gives the seat up, once', () => {
    const leave = { type: 'leave', participantId: ana, reason: 'left', at: 4 } as const;
    const meeting = play(empty, [joined(ana)]);
    const after = play(meeting, must(decide(meeting, leave)));
    expect(after.participants).toEqual([]);
    expect(must(decide(after, leave))).toEqual([]);
  });
});

describe('messages', () => {
  const meeting = play(empty, [joined(ana), joined(bea, 'Béa')]);

  test('[CHAT-1] only who holds a seat posts', () => {
    expect(decide(empty, post('a'))).toEqual({ ok: false, error: { kind: 'notJoined' } });
  });

  test('[CHAT-2] the same message again changes nothing, the same id of another person does', () => {
    const once = play(meeting, must(decide(meeting, post('a'))));
    expect(must(decide(once, post('a')))).toEqual([]);
    expect(must(decide(once, post('a', bea)))).toHaveLength(1);
  });

  test('[CHAT-4] the state keeps the last 200 and counts them all', () => {
    let long = meeting;
    for (let i = 0; i < RECENT_MESSAGES + 5; i++) long = play(long, must(decide(long, post(`m${i}`))));
    expect(long.messages).toHaveLength(RECENT_MESSAGES);
    expect(long.messages[0]?.clientMessageId).toBe('m5');
    expect(long.messageCount).toBe(RECENT_MESSAGES + 5);
  });
});

describe('the present', () => {
  const opened = (producerId: string, source: 'microphone' | 'camera') =>
    ({
      type: 'producerOpened',
      participantId: ana,
      producerId: producerId as ProducerId,
      source,
      paused: false,
    }) as const;

  test('[LIVE-2] a newer producer of a source stands in the place of the older', () => {
    const state = [opened('1', 'camera'), opened('2', 'camera')].reduce(evolveLive, {});
    expect(state[ana]?.producers.map((p) => p.producerId)).toEqual(['2']);
  });

  test('[LIVE-3] another epoch or a missed number is a gap, a repeated one is passed over', () => {
    const live = { epoch: 'e', seq: 4, state: {} };
    const fact = opened('1', 'camera');
    expect(advanceLive(live, { epoch: 'e', seq: 6, fact }).gap).toBe(true);
    expect(advanceLive(live, { epoch: 'f', seq: 5, fact }).gap).toBe(true);
    expect(advanceLive(live, { epoch: 'e', seq: 4, fact })).toEqual({ live, gap: false });
    expect(advanceLive(live, { epoch: 'e', seq: 5, fact }).live.seq).toBe(5);
  });

  test('a person is shown muted, cut off or without a microphone, as it is', () => {
    const meeting = play(empty, [joined(ana), joined(bea)]);
    const live = evolveLive(evolveLive({}, opened('1', 'microphone')), {
      type: 'producerPaused',
      participantId: ana,
      producerId: '1' as ProducerId,
      paused: true,
    });
    expect(people(meeting, live).map((p) => [p.connected, p.microphone])).toEqual([
      [false, 'muted'],
      [false, 'none'],
    ]);
  });

  test('[LIVE-1] a person who is not connected and sends nothing leaves no trace in the present', () => {
    const on = evolveLive({}, { type: 'connectionChanged', participantId: ana, connected: true });
    expect(evolveLive(on, { type: 'connectionChanged', participantId: ana, connected: false })).toEqual({});
  });
});

describe('what is received', () => {
  const person = (...producers: [string, 'microphone' | 'camera' | 'screen'][]) => ({
    connected: true,
    producers: producers.map(([id, source]) => ({ producerId: id as ProducerId, source, paused: false })),
  });
  const live = {
    ana: person(['a-mic', 'microphone'], ['a-cam', 'camera']),
    bea: person(['b-cam', 'camera'], ['b-mic', 'microphone'], ['b-screen', 'screen']),
    cle: person(['c-cam', 'camera'], ['c-mic', 'microphone']),
  };
  const cle = 'cle' as ParticipantId;
  const participantIds = [ana, bea, cle];

  test('[MEDIA-1] [MEDIA-2] [MEDIA-3] every sound first, the screen, then the cameras that have a place; never one’s own', () => {
    const wanted = wantedProducers({
      self: ana,
      participantIds,
      live,
      camerasOf: new Set([cle]),
      screens: true,
    });
    expect(wanted.map((w) => w.producerId)).toEqual(['b-mic', 'c-mic', 'b-screen', 'c-cam']);
  });

  test('[MEDIA-4] where places are few, the cameras of those who joined first come first', () => {
    expect([...firstCameras(cle, participantIds, live, 1)]).toEqual([ana]);
    expect([...firstCameras(cle, participantIds, live, 9)]).toEqual([ana, bea]);
  });
});
