import { advance, decide, evolve, type Command } from '@relais/domain';
import { fail, ok, Serial, SerialOverflow, type Result } from '@relais/kit';
import type { MeetingId, MeetingState, Refusal, VersionedEvent } from '@relais/protocol';
import type { MeetingLog } from '../../ports/meeting-log.ts';

/** Events kept in memory, so that a socket that was away for a moment costs no reading of the log. */
const KEPT_EVENTS = 500;
/** Events read from the log at once. */
const PAGE = 1000;
/** Commands that may wait for the log at once; a meeting's 300 people write far fewer. */
const MAX_WAITING = 200;
/** Another hub may win the same version this often in a row before we say that the log is busy. */
const ATTEMPTS = 8;

/** The log is away; the same request may succeed later. */
export const LOG_AWAY: Refusal = { kind: 'unavailable', what: 'log' };

/**
 * One meeting's log and what it made: decides, appends, then says what happened. Commands are taken one after
 * another; another hub may write to the same log at any time, which optimistic versions make harmless [LOG-3].
 */
export class Aggregate {
  readonly #log: MeetingLog;
  readonly #serial = new Serial(MAX_WAITING);
  /** How often the log was found away: who was waiting then need not wait for the same again. */
  #timesAway = 0;
  readonly #onEvents: (events: VersionedEvent[]) => void;
  #state: MeetingState;
  #recent: VersionedEvent[];

  private constructor(
    log: MeetingLog,
    state: MeetingState,
    recent: VersionedEvent[],
    onEvents: (events: VersionedEvent[]) => void,
  ) {
    this.#log = log;
    this.#state = state;
    this.#recent = recent;
    this.#onEvents = onEvents;
  }

  /** `onEvents` is called with what became true, in order, each event once. */
  static async load(
    log: MeetingLog,
    meetingId: MeetingId,
    onEvents: (events: VersionedEvent[]) => void,
  ): Promise<Result<Aggregate, Refusal>> {
    let state: MeetingState | undefined;
    let recent: VersionedEvent[] = [];
    for (;;) {
      const page = await log.read(meetingId, state?.version ?? 0, PAGE);
      if (!page.ok) return fail(LOG_AWAY);
      state = page.value.reduce<MeetingState | undefined>(evolve, state);
      recent = [...recent, ...page.value].slice(-KEPT_EVENTS);
      if (page.value.length < PAGE) break;
    }
    if (!state) return fail({ kind: 'meetingNotFound' });
    return ok(new Aggregate(log, state, recent, onEvents));
  }

  get state(): MeetingState {
    return this.#state;
  }

  /** The events after a version, or undefined when they are no longer at hand: give a snapshot instead. */
  since(version: number): VersionedEvent[] | undefined {
    if (version > this.#state.version) return undefined;
    if (version === this.#state.version) return [];
    const first = this.#recent[0]?.version ?? Infinity;
    return first <= version + 1 ? this.#recent.filter((e) => e.version > version) : undefined;
  }

  /**
   * Ok when it is stored, or was true already. `applies` is asked when its turn has come: a command that the wait has
   * overtaken is passed over, and that is ok.
   */
  async execute(command: Command, applies: () => boolean = () => true): Promise<Result<void, Refusal>> {
    const timesAway = this.#timesAway;
    try {
      return await this.#serial.run(async () => {
        if (!applies()) return ok(undefined);
        if (timesAway !== this.#timesAway) return fail(LOG_AWAY);
        const done = await this.#decideAndAppend(command);
        if (!done.ok && done.error.kind === 'unavailable') this.#timesAway += 1;
        return done;
      });
    } catch (error) {
      if (error instanceof SerialOverflow) return fail(LOG_AWAY);
      throw error;
    }
  }

  async #decideAndAppend(command: Command): Promise<Result<void, Refusal>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const decided = decide(this.#state, command);
      if (!decided.ok) return decided;
      if (decided.value.length === 0) return ok(undefined);
      const before = this.#state.version;
      const appended = await this.#log.append(this.#state.meetingId, before, decided.value);
      if (appended.ok) {
        this.#apply(decided.value.map((event, i) => ({ version: before + 1 + i, event })));
        return ok(undefined);
      }
      if (appended.error.kind === 'duplicateMessage') return ok(undefined); // [CHAT-2] beyond the kept messages
      if (appended.error.kind !== 'versionConflict') return fail(LOG_AWAY);
      // Another hub wrote, or a commit whose answer was lost did go through: read, and decide again.
      const caughtUp = await this.#catchUp();
      if (!caughtUp.ok) return caughtUp;
    }
    return fail(LOG_AWAY);
  }

  async #catchUp(): Promise<Result<void, Refusal>> {
    const page = await this.#log.read(this.#state.meetingId, this.#state.version, PAGE);
    if (!page.ok) return fail(LOG_AWAY);
    this.#apply(page.value);
    return ok(undefined);
  }

  #apply(events: VersionedEvent[]): void {
    if (events.length === 0) return;
    this.#state = advance(this.#state, events).meeting;
    this.#recent = [...this.#recent, ...events].slice(-KEPT_EVENTS);
    this.#onEvents(events);
  }
}
