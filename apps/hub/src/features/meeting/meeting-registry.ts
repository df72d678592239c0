import { fail, ok, type Result } from '@relais/kit';
import type { MeetingCode, MeetingId, Refusal } from '@relais/protocol';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import type { FanOut } from '../../socket/connection.ts';
import { Aggregate, LOG_AWAY } from './aggregate.ts';
import { LiveMeeting } from './live-meeting.ts';

export interface RegistryDeps {
  log: MeetingLog;
  fanOut: FanOut;
  /** Called when seats may be held by nobody of this hub: a meeting came into memory, or its log has a new seat. */
  onSeated: (meeting: LiveMeeting) => void;
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
      meeting.occupants.size > 0 || meeting.leaving.size > 0 || (this.#users.get(meeting) ?? 0) > 0;
    if (!inUse && this.#meetings.get(meeting.id) === meeting) this.#meetings.delete(meeting.id);
  }

  async #load(code: MeetingCode): Promise<Result<LiveMeeting, Refusal>> {
    const head = await this.#deps.log.findByCode(code);
    if (!head.ok) return fail(LOG_AWAY);
    if (!head.value) return fail({ kind: 'meetingNotFound' });
    const { meetingId } = head.value;
    const aggregate = await Aggregate.load(this.#deps.log, meetingId, (events) => {
      this.#deps.fanOut.tellMeeting(meetingId, 'meetingEvents', { events });
      if (events.some(({ event }) => event.type === 'participantJoined')) this.#deps.onSeated(meeting);
    });
    if (!aggregate.ok) return aggregate;
    const meeting = new LiveMeeting(aggregate.value, this.#deps.fanOut);
    this.#meetings.set(meetingId, meeting);
    this.#deps.onSeated(meeting);
    return ok(meeting);
  }
}
