import type { ParticipantId } from '@relais/protocol';

/**
 * Milliseconds that somebody who has media again is held up for the others who lost theirs at the same time: about a round
 * trip of most lines. Who is slower is received a little later than the rest.
 */
const GATHER_MS = 150;
/** Milliseconds after which nobody waits for one who has not come back. */
const FORGOTTEN_MS = 1000;

/**
 * Who lost media and has not opened it again, by meeting [MEDIA-9]. Those who lost it together open it within moments
 * of each other: each one that waits for the last of them receives all in one negotiation, where a browser would else
 * negotiate once for each, which is most of what it has to compute.
 */
export class Reopenings<Meeting extends object> {
  readonly #awaited = new WeakMap<Meeting, Map<ParticipantId, number>>();
  readonly #waiting = new WeakMap<Meeting, Set<() => void>>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  lost(meeting: Meeting, participantId: ParticipantId): void {
    const awaited = this.#awaited.get(meeting) ?? new Map<ParticipantId, number>();
    awaited.set(participantId, this.#now() + FORGOTTEN_MS);
    this.#awaited.set(meeting, awaited);
  }

  /** What they send is known again, or nobody is to wait for them any more. */
  back(meeting: Meeting, participantId: ParticipantId): void {
    this.#awaited.get(meeting)?.delete(participantId);
    if (this.#isOver(meeting)) for (const go of [...(this.#waiting.get(meeting) ?? [])]) go();
  }

  /** Resolves when nobody is awaited in the meeting, or a moment later. */
  gathered(meeting: Meeting): Promise<void> {
    if (this.#isOver(meeting)) return Promise.resolve();
    const waiting = this.#waiting.get(meeting) ?? new Set();
    this.#waiting.set(meeting, waiting);
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, GATHER_MS);
      waiting.add(go);
    });
  }

  #isOver(meeting: Meeting): boolean {
    const awaited = this.#awaited.get(meeting);
    for (const [participantId, until] of awaited ?? [])
      if (until <= this.#now()) awaited?.delete(participantId);
    return !awaited || awaited.size === 0;
  }
}
