import type { ProducerId } from '@relais/protocol';

/** The best layer that is taken, from 0; null: none at this moment. */
export type Taken = number | null;

/** Above every layer that there may be: who has not said which takes all. */
export const ALL_LAYERS = 7;

interface Entry {
  takers: Map<object, Taken>;
  best: Taken;
}

/**
 * Who on one router takes what of each producer that can be had there: its peers' consumers, and the pipes that go out
 * from it. `changed` is called when the best of a producer has changed, also with its first and last taker.
 */
export class Takers {
  readonly #entries = new Map<ProducerId, Entry>();
  readonly #changed: (id: ProducerId) => void;

  constructor(changed: (id: ProducerId) => void) {
    this.#changed = changed;
  }

  /** Undefined: nobody has it. */
  best(id: ProducerId): Taken | undefined {
    return this.#entries.get(id)?.best;
  }

  want(id: ProducerId, taker: object, taken: Taken): void {
    const entry = this.#entries.get(id);
    if (!entry) {
      this.#entries.set(id, { takers: new Map([[taker, taken]]), best: taken });
      return this.#changed(id);
    }
    const former = entry.takers.get(taker);
    if (former === taken) return;
    entry.takers.set(taker, taken);
    this.#compare(id, entry, former ?? null, taken);
  }

  /** Who has gone takes nothing any more. */
  gone(id: ProducerId, taker: object): void {
    const entry = this.#entries.get(id);
    const former = entry?.takers.get(taker);
    if (!entry || former === undefined) return;
    entry.takers.delete(taker);
    if (entry.takers.size > 0) return this.#compare(id, entry, former, null);
    this.#entries.delete(id);
    this.#changed(id);
  }

  /** All are looked at only when the best one takes less: there may be hundreds. */
  #compare(id: ProducerId, entry: Entry, former: Taken, taken: Taken): void {
    const { best } = entry;
    if (isLess(best, taken)) entry.best = taken;
    else if (former === best && isLess(taken, former)) entry.best = bestOf(entry.takers.values());
    if (entry.best !== best) this.#changed(id);
  }
}

export function isLess(one: Taken, other: Taken): boolean {
  return (one ?? -1) < (other ?? -1);
}

function bestOf(all: Iterable<Taken>): Taken {
  let best: Taken = null;
  for (const taken of all) if (isLess(best, taken)) best = taken;
  return best;
}
