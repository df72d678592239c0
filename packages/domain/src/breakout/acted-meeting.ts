import type { Result } from '@relais/kit';
import type {
  ClientMessageId,
  MeetingCode,
  MeetingEvent,
  MeetingId,
  MeetingRole,
  MeetingState,
  ParticipantId,
  PlanId,
  Refusal,
  RoomDraft,
  RoomId,
  RoundId,
} from '@relais/protocol';
import { decide, type Command } from '../decide.ts';
import { evolve } from './evolve-all.ts';

/** A meeting for tests: commands are decided and become true, and whoever watches is told of each event. */
export class ActedMeeting {
  state: MeetingState;
  /** In seconds, as tests speak; the commands get milliseconds. */
  seconds = 1000;
  readonly events: MeetingEvent[] = [];
  #ids = 0;
  readonly #watch: (event: MeetingEvent, after: MeetingState) => void;

  constructor(watch: (event: MeetingEvent, after: MeetingState) => void = () => undefined) {
    this.#watch = watch;
    const meetingId = 'm1' as MeetingId;
    const code = 'abc-defg-hjk' as MeetingCode;
    const created: MeetingEvent = { type: 'meetingCreated', meetingId, code, title: 'Table', at: 1 };
    this.state = evolve(undefined, { version: 1, event: created });
  }

  get at(): number {
    return this.seconds * 1000;
  }

  get round() {
    return this.state.breakout?.round;
  }

  /** The round's rooms, by their order. */
  room(index: number): RoomId {
    const room = this.round?.rooms[index];
    if (!room) throw new Error(`There is no room ${index}`);
    return room.roomId;
  }

  fresh<T>(): T {
    this.#ids += 1;
    return `id${this.#ids}` as T;
  }

  try(command: Command): Result<MeetingEvent[], Refusal> {
    const decided = decide(this.state, command);
    if (!decided.ok) return decided;
    for (const event of decided.value) {
      this.state = evolve(this.state, { version: this.state.version + 1, event });
      this.events.push(event);
      this.#watch(event, this.state);
    }
    return decided;
  }

  /** What became true; throws what was refused. */
  do(command: Command): MeetingEvent[] {
    const result = this.try(command);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  }

  /** The refusal's kind, or 'accepted'. */
  attempt(command: Command): string {
    const result = this.try(command);
    return result.ok ? 'accepted' : result.error.kind;
  }

  join(id: string, role?: MeetingRole, name = id): ParticipantId {
    const participantId = id as ParticipantId;
    this.do({ type: 'join', participantId, name, ...(role && { role }), at: this.at });
    return participantId;
  }

  leave(participantId: ParticipantId): void {
    this.do({ type: 'leave', participantId, reason: 'left', at: this.at });
  }

  say(participantId: ParticipantId, text = 'bonjour'): void {
    const clientMessageId = this.fresh<ClientMessageId>();
    this.do({ type: 'postMessage', participantId, clientMessageId, text, at: this.at });
  }

  /** Opens a round of rooms at once, with these people by the index of their room. */
  open(
    by: ParticipantId,
    rooms: readonly (readonly ParticipantId[])[],
    more: Partial<Extract<Command, { type: 'openRound' }>> = {},
  ): void {
    const placements = rooms.flatMap((people, room) =>
      people.map((participantId) => ({ participantId, room })),
    );
    this.do({
      type: 'openRound',
      roundId: this.fresh<RoundId>(),
      ...drafts(this, rooms.length),
      placements,
      countdownMs: 0,
      minutes: 10,
      late: 'smallest',
      mayChoose: false,
      by,
      at: this.at,
      ...more,
    });
  }

  savePlan(by: ParticipantId, rooms: readonly RoomDraft[], planId?: PlanId): void {
    this.do({
      type: 'savePlan',
      ...(planId && { planId }),
      title: 'Ateliers',
      rooms,
      minutes: 20,
      freshPlanId: this.fresh<PlanId>(),
      freshIds: rooms.map(() => this.fresh<RoomId>()),
      by,
      at: this.at,
    });
  }

  /** Lets time pass, and the hub's clock look. */
  wait(seconds: number): MeetingEvent[] {
    this.seconds += seconds;
    return this.do({ type: 'keepTime', at: this.at });
  }
}

/** So many rooms that are new. */
export function drafts(meeting: ActedMeeting, count: number): { rooms: RoomDraft[]; freshIds: RoomId[] } {
  const rooms = Array.from({ length: count }, (_, index) => ({ name: `Salle ${index + 1}` }));
  return { rooms, freshIds: rooms.map(() => meeting.fresh<RoomId>()) };
}
