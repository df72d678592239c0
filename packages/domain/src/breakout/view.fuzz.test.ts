import type {
  MeetingState,
  ParticipantId,
  PersonId,
  RoomId,
  RoundId,
  RoomDraft,
  ClientMessageId,
} from '@relais/protocol';
import { meetingEvent, meetingState, shownEvent } from '@relais/protocol';
import { expect, test } from 'vitest';
import type { Command } from '../decide.ts';
import { evolve } from './evolve-all.ts';
import { ActedMeeting, drafts } from './acted-meeting.ts';
import { nextDeadline } from './clock.ts';
import { isFacilitator, roomOf } from './place.ts';
import { seeded } from './seeded.ts';
import { shownTo } from './shown.ts';
import { viewFor } from './view.ts';

const STEPS = 180;
const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);

/** Whoever sits there keeps a view from what they are shown, and never gets another whole but on joining. */
class Watchers {
  readonly views = new Map<ParticipantId, MeetingState>();

  see(event: Parameters<typeof shownTo>[1], after: MeetingState): void {
    for (const [viewer, view] of this.views) {
      const shown = shownTo(viewer, event, after);
      expect(shownEvent.safeParse(shown).error, 'it goes over the wire').toBeUndefined();
      this.views.set(viewer, evolve(view, { version: after.version, event: shown }));
    }
    if (event.type === 'participantLeft') this.views.delete(event.participantId);
    if (event.type === 'participantJoined')
      this.views.set(event.participantId, viewFor(after, event.participantId));
  }
}

test.each(SEEDS)(
  '[BREAK-2] [BREAK-12] [BREAK-13] [DOOR-3] [WAIT-3] whatever happens, each view that events made is the view of the whole, and holds nothing of another room (seed %i)',
  (seed) => {
    const random = seeded(seed);
    const watchers = new Watchers();
    const meeting = new ActedMeeting((event, after) => {
      expect(meetingEvent.safeParse(event).error, 'the log takes it').toBeUndefined();
      watchers.see(event, after);
    });
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const some = (odds: number) => random() < odds;
    const heard = new Map<ParticipantId, Set<string>>();
    let names = 0;
    for (let i = 0; i < 6; i += 1) meeting.join(`p${(names += 1)}`, i < 2 ? 'facilitator' : undefined);

    for (let step = 0; step < STEPS; step += 1) {
      act(step);
      check();
    }

    function act(step: number): void {
      meeting.seconds += Math.floor(random() * 40);
      const seated = meeting.state.participants.map(({ participantId }) => participantId);
      const removed = meeting.state.door?.removed.map(({ participantId }) => participantId) ?? [];
      const waits = meeting.state.door?.waitingRoom?.waiting.map(({ participantId }) => participantId) ?? [];
      const waiter = waits.length > 0 ? pick(waits) : ('nobody' as ParticipantId);
      const anybody = seated.length > 0 ? pick(seated) : ('nobody' as ParticipantId);
      const rooms = meeting.round?.rooms.map(({ roomId }) => roomId) ?? [];
      const roomId = rooms.length > 0 && some(0.95) ? pick(rooms) : ('nowhere' as RoomId);
      const by = anybody;
      const { at } = meeting;
      const text = `texte ${step}`;
      const clientMessageId = `c${some(0.9) ? step : step - 1}` as ClientMessageId;
      const draft = drafts(meeting, 1 + Math.floor(random() * 4));
      const kind = pick(['help', 'time'] as const);
      const known: RoomDraft[] = (meeting.state.breakout?.past.at(-1)?.rooms ?? []).map((room) => ({
        ...room,
      }));
      const again = meeting.round
        ? meeting.round.rooms.map(({ roomId: id, name }) => ({ roomId: id, name }))
        : known;
      const listed = draft.rooms.map((room, i) => ({ ...room, people: [`p${i + 3}`, `p${names + 1}`] }));
      const commands: (() => Command)[] = [
        () => ({ type: 'postMessage', participantId: by, clientMessageId, text, at }),
        () => ({ type: 'postMessage', participantId: by, clientMessageId, text, at }),
        () => ({ type: 'postMessage', participantId: by, clientMessageId, text, place: roomId, at }),
        () => ({
          type: 'announce',
          by,
          clientMessageId,
          text,
          ...(some(0.5) && { places: [roomId, 'plenary'] }),
          at,
        }),
        () => ({
          type: 'join',
          participantId: `p${(names += 1)}` as ParticipantId,
          name: `p${names}`,
          ...(some(0.3) && { personId: `account-${names % 5}` as PersonId }),
          at,
        }),
        () => ({
          type: 'join',
          participantId: `p${1 + Math.floor(random() * names)}` as ParticipantId,
          name: 'Retour',
          at,
          ...(some(0.3) && { role: 'facilitator' as const }),
        }),
        () => ({ type: 'leave', participantId: by, reason: 'left', at }),
        () => ({
          type: 'movePeople',
          by,
          moves: [{ participantId: anybody, roomId: some(0.2) ? null : roomId }],
          at,
        }),
        () => ({
          type: 'movePeople',
          by,
          moves: seated.map((participantId) => ({ participantId, roomId: pick([...rooms, null]) })),
          at,
        }),
        () => ({
          type: 'openRound',
          by,
          roundId: meeting.fresh<RoundId>(),
          rooms: some(0.4) && known.length > 0 ? known : listed,
          freshIds: draft.freshIds,
          placements: seated.map((participantId) => ({ participantId, room: Math.floor(random() * 5) })),
          countdownMs: some(0.5) ? 0 : 20_000,
          minutes: some(0.5) ? 3 : null,
          late: pick(['own', 'choose', 'smallest'] as const),
          mayChoose: some(0.4),
          at,
        }),
        () => ({
          type: 'openRound',
          by,
          roundId: meeting.fresh<RoundId>(),
          ...draft,
          placements: [],
          countdownMs: 0,
          minutes: 1,
          late: 'smallest',
          mayChoose: true,
          at,
        }),
        () => ({
          type: 'setNextRound',
          by,
          after:
            meeting.round?.roundId ??
            meeting.state.breakout?.past.at(-1)?.roundId ??
            meeting.fresh<RoundId>(),
          roundId: meeting.fresh<RoundId>(),
          rooms: some(0.7) && again.length > 0 ? again : listed,
          freshIds: draft.freshIds,
          filling: { kind: pick(['same', 'mixing', 'even', 'choice'] as const) },
          seed: step,
          withFacilitators: some(0.3),
          countdownMs: some(0.5) ? 0 : 10_000,
          minutes: some(0.5) ? 3 : null,
          late: 'smallest',
          mayChoose: some(0.4),
          at,
        }),
        () => ({ type: 'dropNextRound', by, at }),
        () => ({ type: 'addTime', by, byMs: pick([-60_000, 60_000]), ...(some(0.5) && { roomId }), at }),
        () => ({ type: 'closeRooms', by, ...(some(0.7) && { roomId }), at }),
        () => ({ type: 'askForRoom', by, kind, reason: 'pourquoi', at }),
        () => ({ type: 'takeAsk', by, kind, roomId, at }),
        () => ({ type: 'endAsk', by, kind, roomId, at }),
        () => ({
          type: 'giveRoomRole',
          by,
          participantId: anybody,
          role: pick(['host', 'noteTaker', null] as const),
          at,
        }),
        () => ({
          type: 'labelParticipant',
          by,
          participantId: anybody,
          label: some(0.8) ? 'Groupe' : null,
          at,
        }),
        () => ({ type: 'nameSuccessor', by, participantId: some(0.8) ? anybody : null, at }),
        () => ({ type: 'stepIn', by, isUnattended: some(0.5), at }),
        () => ({
          type: 'savePlan',
          // Now and then by who has the key and no seat [BREAK-30].
          ...(some(0.7) && { by }),
          title: 'Plan',
          rooms: listed,
          minutes: 5,
          freshPlanId: meeting.fresh(),
          freshIds: draft.freshIds,
          at,
        }),
        () => ({ type: 'keepTime', at }),
        () => ({ type: 'keepTime', at }),
        () => ({ type: 'lockDoor', by, locked: some(0.5), at }),
        () => ({ type: 'setWaitingRoom', by, mode: pick(['off', 'on', 'on', 'guests'] as const), at }),
        () => ({
          type: 'wait',
          participantId: `p${1 + Math.floor(random() * (names + 3))}` as ParticipantId,
          name: `p${names}`,
          ...(some(0.3) && { personId: `account-${Math.floor(random() * 5)}` as PersonId }),
          again: some(0.5),
          at,
        }),
        () => ({ type: 'admit', by, participantIds: [waiter, anybody], at }),
        () => ({ type: 'refuseEntry', by, participantId: waiter, word: 'plus tard', at }),
        () => ({ type: 'stopWaiting', participantIds: [waiter], at }),
        () => ({ type: 'removeParticipant', by, participantId: anybody, at }),
        () => ({ type: 'letBack', by, participantId: removed.length > 0 ? pick(removed) : anybody, at }),
      ];
      const before = meeting.state;
      const command = pick(commands)();
      // Where a co-facilitator would be refused most of the time little would ever happen.
      const facilitator = seated.find((id) => isFacilitator(meeting.state, id));
      const asked = 'by' in command && facilitator && some(0.7) ? { ...command, by: facilitator } : command;
      const result = meeting.try(asked);
      if (!result.ok) expect(meeting.state, 'what is refused changes nothing').toBe(before);
      else for (const event of result.value) if (event.type === 'messagePosted') note(event.text, event.to);
    }

    /** Who was there when it was said. */
    function note(text: string, to: readonly string[] = ['plenary']): void {
      for (const { participantId } of meeting.state.participants) {
        const texts = heard.get(participantId) ?? new Set();
        if (to.includes(roomOf(meeting.state, participantId))) texts.add(text);
        heard.set(participantId, texts);
      }
    }

    function check(): void {
      if (meeting.state.version % 10 === 0)
        expect(meetingState.safeParse(meeting.state).error).toBeUndefined();
      for (const { participantId } of meeting.state.participants) {
        const whole = viewFor(meeting.state, participantId);
        const view = watchers.views.get(participantId);
        expect(view).toEqual(whole);
        const here = roomOf(meeting.state, participantId);
        expect(roomOf(whole, participantId), 'the view says where one is').toBe(here);
        const rooms: string[] = meeting.round?.rooms.map(({ roomId }) => roomId) ?? [];
        expect([...rooms, 'plenary']).toContain(here);
        if (isFacilitator(meeting.state, participantId)) continue;
        const said = JSON.stringify(view);
        const { breakout } = meeting.state;
        for (const [roomId, { messages }] of Object.entries(breakout?.talk ?? {})) {
          const secret = messages.filter(
            ({ to }) => roomId !== here && !to?.includes(here) && !to?.includes('plenary'),
          );
          for (const { clientMessageId, participantId: author } of secret)
            expect(said).not.toContain(`"clientMessageId":"${clientMessageId}","participantId":"${author}"`);
          for (const { text } of secret) expect(said).not.toContain(`"${text}"`);
        }
        expect([view?.door?.removed ?? [], view?.door?.inside ?? []], 'who was removed').toEqual([[], []]);
        const { waiting = [], admitted = [], known = [], refused = [] } = view?.door?.waitingRoom ?? {};
        expect([waiting, admitted, known, refused], 'who waits').toEqual([[], [], [], []]);
        for (const { people } of meeting.round?.rooms ?? [])
          if (people) expect(said).not.toContain('"people"');
        for (const ask of breakout?.asks ?? [])
          if (ask.roomId !== here) expect(view?.breakout?.asks).not.toContainEqual(ask);
        const own = view?.breakout?.talk[here as RoomId]?.messages ?? [];
        for (const { text } of own) expect(heard.get(participantId), 'one was there').toContain(text);
      }
      const deadline = nextDeadline(meeting.state);
      if (meeting.round && meeting.round.endsAt !== null) expect(deadline).toBeDefined();
    }
  },
);
