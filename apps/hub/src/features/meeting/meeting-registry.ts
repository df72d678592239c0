import { isShownAlike, seatOf, withoutAccount } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type {
  MeetingCode,
  MeetingId,
  MeetingState,
  ParticipantId,
  Refusal,
  VersionedEvent,
} from '@relais/protocol';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import { Aggregate, LOG_AWAY, shownSteps, type Step } from './aggregate.ts';
import { LiveMeeting, type LiveMeetingDeps } from './live-meeting.ts';

export interface RegistryDeps extends LiveMeetingDeps {
  log: MeetingLog;
  /** Called when seats may be held by nobody of this hub: a meeting came into memory, or its log has a new seat. */
  onSeated: (meeting: LiveMeeting) => void;
  /** The log has gone on; `before`: the meeting as it was. */
  onHappened: (meeting: LiveMeeting, before: MeetingState) => void;
  /** A meeting came into memory, or goes from it. */
  onOpened: (meeting: LiveMeeting) => void;
  onReleased: (meeting: LiveMeeting) => void;
  /** Who runs the meeting has removed some [DOOR-3]; called before anybody is told. */
  onRemoved: (meeting: LiveMeeting, participantIds: ParticipantId[]) => void;
  /** The log says that some have left, who may sit here all the same. */
  onUnseated: (meeting: LiveMeeting, participantIds: ParticipantId[]) => void;
}

/** The meetings that somebody is in, on this hub. */
export class MeetingRegistry {
  readonly #deps: RegistryDeps;
  readonly #meetings = new Map<MeetingId, LiveMeeting>();
  /** How many are at work in a meeting without sitting in it yet. */
  readonly #users = new WeakMap<LiveMeeting, number>();
  readonly #opening = new Map<MeetingCode, Promise<Result<LiveMeeting, Refusal>>>();

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  get(meetingId: MeetingId): LiveMeeting | undefined {
    return this.#meetings.get(meetingId);
  }

  all(): Iterable<LiveMeeting> {
    return this.#meetings.values();
  }

  /**
   * Does something in the meeting of a code, loaded from its log if nobody is in it yet. It stays in memory until
   * that is done, even if the last person leaves meanwhile.
   */
  async within<T>(
    code: MeetingCode,
    use: (meeting: LiveMeeting) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    const opened = await this.#open(code);
    if (!opened.ok) return opened;
    const meeting = opened.value;
    // It may have been released between its opening and this line.
    if (this.#meetings.get(meeting.id) !== meeting) return this.within(code, use);
    return this.#use(meeting, use);
  }

  /**
   * [PRES-2] Brings a meeting into memory whose people were on a hub that is gone, so that their seats are held and, if
   * nobody comes back, given up. Nothing happens while the log is away.
   */
  async adopt(meetingId: MeetingId): Promise<void> {
    if (this.#meetings.has(meetingId)) return;
    const first = await this.#deps.log.read(meetingId, 0, 1);
    const created = first.ok ? first.value[0]?.event : undefined;
    if (created?.type === 'meetingCreated') await this.within(created.code, async () => ok(undefined));
  }

  async #use<T>(
    meeting: LiveMeeting,
    use: (meeting: LiveMeeting) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    this.#users.set(meeting, (this.#users.get(meeting) ?? 0) + 1);
    try {
      return await use(meeting);
    } finally {
      this.#users.set(meeting, (this.#users.get(meeting) ?? 1) - 1);
      this.releaseIfEmpty(meeting);
    }
  }

  /** Loaded once for all who ask at once. */
  async #open(code: MeetingCode): Promise<Result<LiveMeeting, Refusal>> {
    for (const meeting of this.#meetings.values()) if (meeting.state.code === code) return ok(meeting);
    const running = this.#opening.get(code);
    if (running) return running;
    const opening = this.#load(code).finally(() => this.#opening.delete(code));
    this.#opening.set(code, opening);
    return opening;
  }

  /** Drops a meeting from memory once nobody sits in it; its log stays. */
  releaseIfEmpty(meeting: LiveMeeting): void {
    const inUse =
      meeting.occupants.size > 0 ||
      meeting.waiters.size > 0 ||
      meeting.leaving.size > 0 ||
      (this.#users.get(meeting) ?? 0) > 0;
    if (inUse || this.#meetings.get(meeting.id) !== meeting) return;
    this.#meetings.delete(meeting.id);
    this.#deps.onReleased(meeting);
  }

  async #load(code: MeetingCode): Promise<Result<LiveMeeting, Refusal>> {
    const head = await this.#deps.log.findByCode(code);
    if (!head.ok) return fail(LOG_AWAY);
    if (!head.value) return fail({ kind: 'meetingNotFound' });
    const { meetingId } = head.value;
    const aggregate = await Aggregate.load(this.#deps.log, meetingId, (steps, before, isOwn) =>
      this.#happened(meeting, steps, before, isOwn),
    );
    if (!aggregate.ok) return aggregate;
    this.#forgetUnseated(aggregate.value);
    const meeting = new LiveMeeting(aggregate.value, this.#deps);
    this.#meetings.set(meetingId, meeting);
    this.#deps.onSeated(meeting);
    this.#deps.onOpened(meeting);
    // What another hub appended while this one was reading was told to nobody here.
    if (this.#deps.neighbours.hubIds.length > 0) void meeting.aggregate.refresh();
    return ok(meeting);
  }

  /** Whose hub was gone, and who has left since, without this hub having heard of it. */
  #forgetUnseated({ state }: Aggregate): void {
    const { neighbours } = this.#deps;
    for (const [participantId, { isOrphan }] of [...neighbours.of(state.meetingId)]) {
      if (isOrphan && !seatOf(state, participantId)) neighbours.forget(state.meetingId, participantId);
    }
  }

  #happened(meeting: LiveMeeting, steps: Step[], before: MeetingState, isOwn: boolean): void {
    const { neighbours, onSeated, onRemoved, onUnseated, onHappened } = this.#deps;
    const events = steps.map(({ version, event }) => ({ version, event }));
    // Nobody hears or sees any more what they are about to be told is elsewhere.
    onHappened(meeting, before);
    const removed = events.flatMap(({ event }) =>
      event.type === 'participantLeft' && event.reason === 'removed' ? event.participantId : [],
    );
    // Who was let back in since, and sits on another hub, is not put out by what was read late.
    const gone = removed.filter((participantId) => !seatOf(meeting.state, participantId));
    if (gone.length > 0) onRemoved(meeting, gone);
    this.#tell(meeting, steps, events);
    if (isOwn) neighbours.tellEvents(meeting.id, events);
    if (events.some(({ event }) => event.type === 'participantJoined')) onSeated(meeting);
    const left = events.flatMap(({ event }) => (event.type === 'participantLeft' ? event.participantId : []));
    if (left.length > 0) onUnseated(meeting, left);
  }

  /** [BREAK-12] All at once what all are shown alike; otherwise each what is theirs. */
  #tell(meeting: LiveMeeting, steps: Step[], events: VersionedEvent[]): void {
    if (steps.every(({ event, after }) => isShownAlike(event, after)))
      return this.#deps.fanOut.tellMeeting(meeting.id, 'meetingEvents', {
        events: events.map(({ version, event }) => ({ version, event: withoutAccount(event) })),
      });
    for (const { participantId, connection } of meeting.occupants.values())
      connection?.tell('meetingEvents', { events: shownSteps(steps, participantId) });
  }
}
