import { nextDeadline } from '@relais/domain';
import { backoff } from '@relais/kit';
import type { Logger } from 'pino';
import type { Accounts } from '../../ports/accounts.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';
import { listedEmails } from './listed-emails.ts';

/** What a timer takes at most; a later deadline is looked at again then. */
const LONGEST_MS = 2 ** 31 - 1;

export interface BreakoutClockDeps {
  /** Milliseconds since 1970, as in the events. */
  now: () => number;
  accounts: Accounts;
  logger: Logger;
}

/**
 * [BREAK-10] Has the deadlines of sub-groups kept: one timer for each meeting that this hub has in memory. Every hub that has it
 * keeps the same one; the log takes it from the first, and to the others it is true already.
 */
export class BreakoutClock {
  readonly #deps: BreakoutClockDeps;
  readonly #timers = new Map<LiveMeeting, NodeJS.Timeout>();
  #closed = false;

  constructor(deps: BreakoutClockDeps) {
    this.#deps = deps;
  }

  /** To be called whenever the meeting's log has gone on, and when it comes into memory. */
  look(meeting: LiveMeeting): void {
    this.release(meeting);
    const deadline = nextDeadline(meeting.state);
    if (deadline !== undefined) this.#wait(meeting, deadline - this.#deps.now(), 0);
  }

  /** It goes from memory: who opens it again looks. */
  release(meeting: LiveMeeting): void {
    clearTimeout(this.#timers.get(meeting));
    this.#timers.delete(meeting);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #wait(meeting: LiveMeeting, ms: number, attempt: number): void {
    if (this.#closed) return;
    const timer = setTimeout(
      () => {
        this.#keep(meeting, timer, attempt).catch((error: unknown) => {
          this.#deps.logger.error({ err: error, meetingId: meeting.id }, 'keeping the time of rooms failed');
        });
      },
      Math.min(Math.max(ms, 0), LONGEST_MS),
    );
    timer.unref();
    this.#timers.set(meeting, timer);
  }

  /** While the log is away it is tried again; what becomes true makes `look` be called. */
  async #keep(meeting: LiveMeeting, timer: NodeJS.Timeout, attempt: number): Promise<void> {
    const next = meeting.state.breakout?.next;
    const emails = next && (await listedEmails(this.#deps.accounts, meeting.state, next));
    const kept = await meeting.aggregate.execute({ type: 'keepTime', emails, at: this.#deps.now() });
    if (this.#timers.get(meeting) !== timer) return;
    if (!kept.ok) return this.#wait(meeting, backoff(attempt, Math.random()), attempt + 1);
    // Too early by the clock that the events have, or a deadline further off than a timer goes.
    const left = (nextDeadline(meeting.state) ?? Infinity) - this.#deps.now();
    if (left < Infinity) this.#wait(meeting, Math.max(left, 1), 0);
  }
}
