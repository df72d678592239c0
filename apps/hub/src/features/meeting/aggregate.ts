import { decide, evolve, isShownAlike, shownTo, type Command } from '@relais/domain';
import { fail, ok, Serial, SerialOverflow, type Result } from '@relais/kit';
import type {
  MeetingId,
  MeetingState,
  ParticipantId,
  Refusal,
  ShownVersioned,
  VersionedEvent,
} from '@relais/protocol';
import type { MeetingLog } from '../../ports/meeting-log.ts';

/** Events kept in memory, so that a socket that was away for a moment costs no reading of the log. */
const KEPT_EVENTS = 500;
/** Events read from the log at once. */
const PAGE = 1000;
/** Commands that may wait for the log at once; a meeting's 300 people write far fewer. */
const MAX_WAITING = 200;
/**
 * Another hub may win the same version this often in a row before we say that the log is busy. Of three hubs that all
 * write as fast as they can one loses two times of three: eight in a row within each hundred commands, as when a village
 * hall comes in at once; forty never. One attempt takes a few milliseconds.
 */
const ATTEMPTS = 40;

/** The log is away; the same request may succeed later. */
export const LOG_AWAY: Refusal = { kind: 'unavailable', what: 'log' };

/** What became true, and the whole meeting with it: what somebody is shown of it depends on where they were then. */
export interface Step extends VersionedEvent {
  after: MeetingState;
}

/**
 * What became true, in order, each event once, and the meeting before it; `isOwn`: this hub appended it, or may have done so (a
 * commit whose answer was lost), so that the other hubs are to be told.
 */
export type OnEvents = (steps: Step[], before: MeetingState, isOwn: boolean) => void;

/** [BREAK-12] Steps as one person is shown them. */
export function shownSteps(steps: readonly Step[], viewer: ParticipantId): ShownVersioned[] {
  return steps.map(({ version, event, after }) => ({ version, event: shownTo(viewer, event, after) }));
}

/**
 * One meeting's log and what it made: decides, appends, then says what happened. Commands are taken one after
 * another; another hub may write to the same log at any time, which optimistic versions make harmless [LOG-3].
 */
export class Aggregate {
  readonly #log: MeetingLog;
  readonly #serial = new Serial(MAX_WAITING);
  /** How often the log was found away: who was waiting then need not wait for the same again. */
  #timesAway = 0;
  readonly #onEvents: OnEvents;
  /** A reading on that is under way or waits for its turn: another one would find no more than it. */
  #refreshing: Promise<void> | undefined;
  #isBehind = false;
  #state: MeetingState;
  #recent: Step[];

  private constructor(log: MeetingLog, state: MeetingState, recent: Step[], onEvents: OnEvents) {
    this.#log = log;
    this.#state = state;
    this.#recent = recent;
    this.#onEvents = onEvents;
  }

  static async load(
    log: MeetingLog,
    meetingId: MeetingId,
    onEvents: OnEvents,
  ): Promise<Result<Aggregate, Refusal>> {
    let state: MeetingState | undefined;
    let recent: Step[] = [];
    for (;;) {
      const page = await log.read(meetingId, state?.version ?? 0, PAGE);
      if (!page.ok) return fail(LOG_AWAY);
      const steps = page.value.map((stored) => ({ ...stored, after: (state = evolve(state, stored)) }));
      recent = [...recent, ...steps].slice(-KEPT_EVENTS);
      if (page.value.length < PAGE) break;
    }
    if (!state) return fail({ kind: 'meetingNotFound' });
    return ok(new Aggregate(log, state, recent, onEvents));
  }

  get state(): MeetingState {
    return this.#state;
  }

  /** The log was away when it was to be read on: what others appended may not be known here [LOG-3]. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /**
   * The events after a version as one person is shown them, or undefined when they are not at hand, or when they took their
   * seat among them without having seen all of them: give a snapshot instead.
   */
  since(version: number, viewer: ParticipantId): ShownVersioned[] | undefined {
    if (version > this.#state.version) return undefined;
    if (version === this.#state.version) return [];
    const first = this.#recent[0]?.version ?? Infinity;
    if (first > version + 1) return undefined;
    const missed = this.#recent.filter((step) => step.version > version);
    const own = missed.flatMap(({ event }) =>
      event.type === 'participantJoined' && event.participantId === viewer ? [event] : [],
    );
    // Who runs the meeting from then on may know of before, too.
    if (own.some(({ role }) => role)) return undefined;
    const isAlike = missed.every(({ event, after }) => isShownAlike(event, after));
    return own.length > 0 && !isAlike ? undefined : shownSteps(missed, viewer);
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
        this.#apply(
          decided.value.map((event, i) => ({ version: before + 1 + i, event })),
          true,
        );
        return ok(undefined);
      }
      if (appended.error.kind === 'duplicateMessage') return ok(undefined); // [CHAT-2] beyond the kept messages
      if (appended.error.kind !== 'versionConflict') return fail(LOG_AWAY);
      // Another hub wrote, or a commit whose answer was lost did go through: read, and decide again.
      const caughtUp = await this.#catchUp(true);
      if (!caughtUp.ok) return caughtUp;
    }
    return fail(LOG_AWAY);
  }

  /** [LOG-2] Another hub told of what it appended: what follows is taken, and a gap is read from the log. */
  hear(events: VersionedEvent[]): void {
    this.#apply(events, false);
    if (events.some(({ version }) => version > this.#state.version)) void this.refresh();
  }

  /**
   * Reads on from the log, where what other hubs told may have been missed. Resolves when it has, or when the log is
   * away: then `isBehind` says so, for who asks again.
   */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    try {
      await this.#serial.run(async () => {
        // In its turn: a reading that is asked for from now on has to look again.
        this.#refreshing = undefined;
        this.#isBehind = !(await this.#catchUp(false)).ok;
      });
    } catch (error) {
      if (!(error instanceof SerialOverflow)) throw error;
      this.#isBehind = true;
    }
  }

  async #catchUp(isOwn: boolean): Promise<Result<void, Refusal>> {
    for (;;) {
      const page = await this.#log.read(this.#state.meetingId, this.#state.version, PAGE);
      if (!page.ok) return fail(LOG_AWAY);
      this.#apply(page.value, isOwn);
      if (page.value.length < PAGE) return ok(undefined);
    }
  }

  /** Takes what follows, as far as there is no gap; what was heard from elsewhere meanwhile is passed over. */
  #apply(events: VersionedEvent[], isOwn: boolean): void {
    const before = this.#state;
    const steps: Step[] = [];
    for (const stored of events) {
      if (stored.version <= this.#state.version) continue;
      if (stored.version > this.#state.version + 1) break;
      this.#state = evolve(this.#state, stored);
      steps.push({ ...stored, after: this.#state });
    }
    if (steps.length === 0) return;
    this.#recent = [...this.#recent, ...steps].slice(-KEPT_EVENTS);
    this.#onEvents(steps, before, isOwn);
  }
}
