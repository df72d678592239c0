import type { ParticipantId, Seat } from '@relais/protocol';
import { FORMER_SEATS } from '@relais/protocol/limits';
import { attempt } from '../storage.ts';

/** The seat that this tab holds in a meeting: it survives a reload, and the tab if that was lost [JOIN-7] [JOIN-8]. */
export interface SeatMemory {
  /** This tab's own. */
  load(): Seat | undefined;
  /**
   * This tab's own, or the one that a lost tab of this browser held under the same name: a telephone closes pages behind
   * one's back, and the seat that waits for its owner is to be theirs again, not a ghost beside them [JOIN-8].
   */
  find(name: string): Promise<Seat | undefined>;
  /** Seats that this browser has held in this meeting, the newest last: who was removed is known by them [DOOR-4]. */
  former(): ParticipantId[];
  save(seat: Seat, name: string): void;
  forget(): void;
  /** Left on purpose: nothing is kept for another tab, whoever sits at this computer next. */
  left(): void;
}

export interface SeatMemoryDeps {
  code: string;
  /** Of this tab alone. */
  tab: Storage | undefined;
  /** Of all tabs of this browser. */
  browser: Storage | undefined;
  /** True once this tab has the seat for itself; false while another tab sits in it. Held until the tab is gone. */
  take: (participantId: ParticipantId) => Promise<boolean>;
}

export function createSeatMemory({ code, tab, browser, take }: SeatMemoryDeps): SeatMemory {
  const key = `relais:seat:${code}`;
  const formerKey = `relais:seats:${code}`;
  const former = () => {
    const text = attempt(() => browser?.getItem(formerKey));
    return readIds(text && attempt((): unknown => JSON.parse(text)));
  };
  const read = (storage: Storage | undefined) => {
    const text = attempt(() => storage?.getItem(key));
    return text ? attempt(() => readSeat(JSON.parse(text))) : undefined;
  };
  /** What another tab has left there since is that tab's. */
  function forgetInBrowser(): void {
    const own = read(tab);
    const left = read(browser);
    if (!own || own.participantId === left?.participantId) attempt(() => browser?.removeItem(key));
  }

  return {
    load: () => read(tab),
    async find(name) {
      const own = read(tab);
      if (own) return seatOf(own);
      const left = read(browser);
      return left && left.name === name && (await take(left.participantId)) ? seatOf(left) : undefined;
    },
    former,
    save(seat, name) {
      const ids = [...former().filter((id) => id !== seat.participantId), seat.participantId];
      attempt(() => browser?.setItem(formerKey, JSON.stringify(ids.slice(-FORMER_SEATS))));
      attempt(() => tab?.setItem(key, JSON.stringify(seat)));
      attempt(() => browser?.setItem(key, JSON.stringify({ ...seat, name })));
      void take(seat.participantId);
    },
    forget() {
      forgetInBrowser();
      attempt(() => tab?.removeItem(key));
    },
    left: forgetInBrowser,
  };
}

/** A lock that ends with the tab, however it ends; where the browser has none, seats of lost tabs are not taken up. */
export function takeSeatLock(locks: LockManager | undefined, participantId: ParticipantId): Promise<boolean> {
  if (!locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    locks
      .request(`relais:seat:${participantId}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise<void>(() => undefined) : undefined;
      })
      .catch(() => resolve(false));
  });
}

const seatOf = ({ participantId, token }: Seat): Seat => ({ participantId, token });

/** What is no id would keep one out of the meeting. */
function readIds(value: unknown): ParticipantId[] {
  const isId = (id: unknown): id is ParticipantId => typeof id === 'string' && /^[\w-]{1,64}$/.test(id);
  return Array.isArray(value) ? value.filter(isId).slice(-FORMER_SEATS) : [];
}

function readSeat(value: unknown): (Seat & { name?: unknown }) | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('participantId' in value) || typeof value.participantId !== 'string') return undefined;
  if (!('token' in value) || typeof value.token !== 'string') return undefined;
  return value as Seat & { name?: unknown };
}
