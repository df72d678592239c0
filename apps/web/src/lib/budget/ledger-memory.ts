import { EMPTY_LEDGER, spend, sumOf, usedOf, type Bytes, type Ledger, type Used } from '@relais/domain';
import { attempt } from '../storage.ts';

const PREFIX = 'relais:used:';
/** What former pages have used, as one. */
const FORMER = `${PREFIX}former`;
/** A page that has not added to its ledger for so long, in milliseconds, is gone, or asleep. */
const GONE_MS = 15 * 60_000;

export interface LedgerMemory {
  spend(added: Bytes): void;
  /** All pages of this browser together. */
  used(): Used;
  /** Another page has written. */
  changed(): void;
  /** Writes what has been spent since the last time. */
  save(): void;
}

export interface LedgerMemoryDeps {
  code: string;
  storage: Storage | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Of this page alone, another one each time that it is loaded. */
  pageId: string;
}

/**
 * [DATA-3] What this device has used, over reloads and in several tabs. Each page writes a ledger of its own, which no other
 * one touches, so that nothing is counted twice and nothing lost between two that write at once; what is read is their sum.
 * `fold` makes one of those whose page is gone.
 */
export function createLedgerMemory({ code, storage, now, pageId }: LedgerMemoryDeps): LedgerMemory {
  const key = `${PREFIX}${pageId}`;
  /** Spent, and not written yet. */
  let unsaved: Ledger = EMPTY_LEDGER;
  let others = sumOf(
    ledgersIn(storage)
      .filter(([one]) => one !== key)
      .map(([, ledger]) => ledger),
  );
  let own: Ledger = EMPTY_LEDGER;
  let isWritten = false;
  const moment = () => ({ at: now(), day: dayOf(new Date(now())), code });

  return {
    spend(added) {
      unsaved = spend(unsaved, added, moment());
    },
    used: () => usedOf(sumOf([others, own, unsaved]), moment()),
    changed() {
      const all = ledgersIn(storage);
      others = sumOf(all.filter(([one]) => one !== key).map(([, ledger]) => ledger));
    },
    save() {
      if (unsaved === EMPTY_LEDGER) return;
      // A page that slept long was taken for gone, and what it had written is among the former pages' now.
      if (isWritten && attempt(() => storage?.getItem(key)) === null) {
        own = EMPTY_LEDGER;
        this.changed();
      }
      own = sumOf([own, unsaved]);
      unsaved = EMPTY_LEDGER;
      attempt(() => {
        storage?.setItem(key, JSON.stringify(own));
        isWritten = true;
      });
    },
  };
}

/** Makes one ledger of those whose page is gone; one page at a time, where the browser can keep them from each other. */
export async function foldLedgers(
  storage: Storage | undefined,
  locks: LockManager | undefined,
  now: number,
): Promise<void> {
  const fold = () => attempt(() => foldNow(storage, now));
  if (!locks) return void fold();
  await locks
    .request(`${PREFIX}fold`, { ifAvailable: true }, (lock) => lock && fold())
    .catch(() => undefined);
}

function foldNow(storage: Storage | undefined, now: number): void {
  const gone = ledgersIn(storage).filter(([key, { at }]) => key === FORMER || now - at > GONE_MS);
  if (gone.every(([key]) => key === FORMER)) return;
  storage?.setItem(FORMER, JSON.stringify(sumOf(gone.map(([, ledger]) => ledger))));
  for (const [key] of gone) if (key !== FORMER) storage?.removeItem(key);
}

function ledgersIn(storage: Storage | undefined): [string, Ledger][] {
  if (!storage) return [];
  const keys = Array.from({ length: attempt(() => storage.length) ?? 0 }, (_, i) =>
    attempt(() => storage.key(i)),
  );
  return keys.flatMap((key) => {
    if (!key?.startsWith(PREFIX)) return [];
    const ledger = readLedger(attempt(() => storage.getItem(key)) ?? '');
    return ledger ? [[key, ledger] as [string, Ledger]] : [];
  });
}

/** Whether a change in the storage is one of a ledger; null: it was emptied. */
export const isLedgerKey = (key: string | null) => key === null || key.startsWith(PREFIX);

/** Undefined when it is not ours. */
export function readLedger(text: string): Ledger | undefined {
  const value = attempt((): unknown => JSON.parse(text));
  if (!isRecord(value) || !isRecord(value['days']) || !isRecord(value['meetings'])) return undefined;
  const days = Object.entries(value['days']).filter((day): day is [string, number] => isCount(day[1]));
  const meetings = Object.entries(value['meetings']).flatMap(([code, one]) => {
    if (!isRecord(one)) return [];
    const { up, down, since, at } = one;
    return isCount(up) && isCount(down) && isCount(since) && isCount(at)
      ? [[code, { up, down, since, at }] as const]
      : [];
  });
  const at = value['at'];
  return { days: Object.fromEntries(days), meetings: Object.fromEntries(meetings), at: isCount(at) ? at : 0 };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** The day where the device is: `2026-11-22`. */
export function dayOf(date: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
