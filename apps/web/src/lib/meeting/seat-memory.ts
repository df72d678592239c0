import type { Seat } from '@relais/protocol';
import { attempt } from '../storage.ts';

/** The seat that this tab holds in a meeting: it survives a reload and ends with the tab [JOIN-7]. */
export interface SeatMemory {
  load(): Seat | undefined;
  save(seat: Seat): void;
  forget(): void;
}

export function createSeatMemory(code: string, storage: Storage | undefined): SeatMemory {
  const key = `relais:seat:${code}`;
  return {
    load() {
      const text = attempt(() => storage?.getItem(key));
      return text ? attempt(() => readSeat(JSON.parse(text))) : undefined;
    },
    save: (seat) => attempt(() => storage?.setItem(key, JSON.stringify(seat))),
    forget: () => attempt(() => storage?.removeItem(key)),
  };
}

function readSeat(value: unknown): Seat | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('participantId' in value) || typeof value.participantId !== 'string') return undefined;
  if (!('token' in value) || typeof value.token !== 'string') return undefined;
  return value as Seat;
}
