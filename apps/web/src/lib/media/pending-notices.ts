import type { ConsumerId } from '@relais/protocol';
import type { MediaPair } from './media-pair.ts';
import type { HeldConsumer } from './reconcile-plan.ts';

/** Consumers of which the hub has yet to be told something. */
export interface Notice {
  add(ids: readonly ConsumerId[]): void;
  /** All of them, in lists of at most `size`; what the hub does not take is to be added again. */
  take(size: number): ConsumerId[][];
}

export interface PendingNotices {
  /** Opened paused, so that no picture is lost before the browser can show it; to flow from now on. */
  resume: Notice;
  /** To stand still. */
  hold: Notice;
  /** Closed here already. */
  close: Notice;
  /** What is left of another pair, or waits for a consumer that was closed meanwhile, is nothing to tell any more. */
  begin(pair: MediaPair, held: readonly HeldConsumer[]): void;
}

/** What a socket that falls, or a media node that is away, leaves unsaid: a consumer must not stay paused for it. */
export function createPendingNotices(): PendingNotices {
  const resuming = new Set<ConsumerId>();
  const holding = new Set<ConsumerId>();
  const closing = new Set<ConsumerId>();
  let of: MediaPair | undefined;
  return {
    resume: notice(resuming, holding),
    hold: notice(holding, resuming),
    close: notice(closing),
    begin(pair, held) {
      if (pair !== of) closing.clear();
      of = pair;
      const open = new Set(held.map(({ consumerId }) => consumerId));
      for (const ids of [resuming, holding]) for (const id of ids) if (!open.has(id)) ids.delete(id);
    },
  };
}

/** What is said takes back what was to be said of the contrary. */
function notice(pending: Set<ConsumerId>, contrary?: Set<ConsumerId>): Notice {
  return {
    add(ids) {
      for (const id of ids) {
        pending.add(id);
        contrary?.delete(id);
      }
    },
    take(size) {
      const ids = [...pending];
      pending.clear();
      const lists: ConsumerId[][] = [];
      for (let start = 0; start < ids.length; start += size) lists.push(ids.slice(start, start + size));
      return lists;
    },
  };
}
