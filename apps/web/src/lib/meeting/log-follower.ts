import type { LiveFact, LiveSnapshot, MeetingState, ShownVersioned } from '@relais/protocol';
import { advanceBy, advanceLive, evolvePlain, type Evolve } from '@relais/domain';
import type { HubClient } from '../hub/hub-client.ts';
import { withTimeout } from '@relais/kit';
import { isPassing, retryDelay, type CallFailure } from '../hub/call-failure.ts';

/** What a join or a catching up answers of the log and the present. */
export interface Whole {
  version: number;
  meeting?: MeetingState | undefined;
  events?: ShownVersioned[] | undefined;
  live: LiveSnapshot;
  /** The hub's clock as it answered. */
  now: number;
}

/** Where the follower keeps what it knows. */
export interface Known {
  meeting: MeetingState | undefined;
  live: LiveSnapshot | undefined;
  /** The hub's clock is told with each answer. */
  hubNow: number;
}

export interface LogFollower {
  apply(whole: Whole): void;
  events(events: readonly ShownVersioned[]): void;
  liveFact(change: { epoch: string; seq: number; fact: LiveFact }): void;
  /** Asks for what was missed, one request at a time. Resolves to whether the hub answered. */
  catchUp(): Promise<boolean>;
}

/** A second answer came that was behind what had been heard: the third waits as if none had come. */
const OVERTAKEN = { kind: 'noAnswer' } as const;

const pause = (failure: CallFailure, attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, retryDelay(failure, attempt, Math.random())));

/** A few kilobytes, beside sound on a line that may be thin. */
const RULES_MS = 20_000;

const rulesOfGroups = async (): Promise<Evolve> =>
  (await import('@relais/domain/breakout/evolve-all')).evolve;

/** How often a catching up is tried before it is left to the next gap or the next connection. */
const CATCH_UP_ATTEMPTS = 6;

/**
 * Keeps the meeting and the present equal to the hub's [LOG-2, LOG-4, LIVE-3]: applies what follows, and asks
 * for what is missing. `known` is read and written through; `changed` is called after each change.
 */
export function createLogFollower(deps: {
  hub: HubClient;
  known: Known;
  isJoined: () => boolean;
  /** `isSnapshot`: the meeting was replaced by a whole one, not carried on by events. */
  changed: (isSnapshot: boolean) => void;
  /** The rules of sub-groups, fetched when there first are some [SHELL-1]. */
  loadRules?: () => Promise<Evolve>;
}): LogFollower {
  const { hub, known, isJoined, changed, loadRules = rulesOfGroups } = deps;
  let evolve: Evolve = evolvePlain;
  let lacksRules = false;
  let catching: Promise<boolean> | undefined;
  /** The newest that was heard of, applied or not: an answer that holds less was overtaken on its way. */
  let heardVersion = 0;
  let heardLive: { epoch: string; seq: number } | undefined;
  // Another socket may be another run of the hub, whose numbers begin again.
  hub.onConnection((connected) => {
    if (!connected) heardLive = undefined;
  });

  function isBehind(): boolean {
    const { meeting, live } = known;
    if (meeting && (meeting.version < heardVersion || lacksRules)) return true;
    return !!live && !!heardLive && (heardLive.epoch !== live.epoch || heardLive.seq > live.seq);
  }

  function advance(meeting: MeetingState, events: readonly ShownVersioned[]): boolean {
    const advanced = advanceBy(evolve, meeting, events);
    known.meeting = advanced.meeting;
    lacksRules ||= advanced.lacksRules;
    return advanced.gap || advanced.lacksRules;
  }

  /** False when they do not come, as over a line that is gone. */
  async function fetchRules(): Promise<boolean> {
    try {
      evolve = await withTimeout(loadRules(), RULES_MS, 'fetching the rules of sub-groups');
      lacksRules = false;
    } catch {
      // Tried again with the next attempt to catch up.
    }
    return !lacksRules;
  }

  function take(whole: Whole): void {
    known.hubNow = whole.now;
    if (whole.meeting) {
      // A snapshot that was overtaken by events on its way is not gone back to.
      if (whole.meeting.version >= (known.meeting?.version ?? 0)) known.meeting = whole.meeting;
    } else if (known.meeting && whole.events) {
      advance(known.meeting, whole.events);
    }
    lacksRules ||= evolve === evolvePlain && known.meeting?.breakout !== undefined;
    const overtaken = known.live?.epoch === whole.live.epoch && known.live.seq > whole.live.seq;
    if (!overtaken) known.live = whole.live;
    changed(whole.meeting !== undefined);
  }

  async function ask(): Promise<boolean> {
    let hasAnswered = false;
    for (let attempt = 0; attempt < CATCH_UP_ATTEMPTS && isJoined(); attempt += 1) {
      if (lacksRules && !(await fetchRules())) {
        await pause(OVERTAKEN, attempt);
        continue;
      }
      const result = await hub.request('meeting:catchUp', { sinceVersion: known.meeting?.version ?? 0 });
      if (result.ok) {
        hasAnswered = true;
        take(result.value);
        if (!isBehind()) return true;
        // Overtaken on its way: once more at once, which nearly always does.
        if (attempt === 0) continue;
      } else {
        if (!isPassing(result.error)) return true;
        if (result.error.kind === 'noAnswer') return hasAnswered;
      }
      const failure = result.ok ? OVERTAKEN : result.error;
      await pause(failure, attempt);
    }
    return hasAnswered;
  }

  /** Ends in the turn in which it last looked whether it is behind: a gap seen later begins another. */
  async function askOnce(): Promise<boolean> {
    try {
      return await ask();
    } finally {
      catching = undefined;
    }
  }

  function catchUp(): Promise<boolean> {
    if (!catching && !isJoined()) return Promise.resolve(false);
    catching ??= askOnce();
    return catching;
  }

  return {
    apply(whole) {
      take(whole);
      // In the next turn: the joining whose answer this is ends in this one.
      if (isBehind()) queueMicrotask(() => void catchUp());
    },
    catchUp,
    events(events) {
      heardVersion = Math.max(heardVersion, events.at(-1)?.version ?? 0);
      // Facts may overtake the answer to joining; what it does not hold is asked for after it.
      if (!known.meeting) return;
      if (advance(known.meeting, events)) void catchUp();
      changed(false);
    },
    liveFact(change) {
      const { epoch, seq } = change;
      if (heardLive?.epoch !== epoch || heardLive.seq < seq) heardLive = { epoch, seq };
      if (!known.live) return;
      const { live, gap } = advanceLive(known.live, change);
      known.live = live;
      if (gap) void catchUp();
      changed(false);
    },
  };
}
