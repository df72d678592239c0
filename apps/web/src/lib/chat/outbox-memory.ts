import { attempt } from '../storage.ts';
import { restore, type Outbox, type OutboxEntry } from './outbox.ts';

/** The outbox of this tab in a meeting: it survives a reload and ends with the tab. */
export interface OutboxMemory {
  load(): Outbox;
  save(outbox: Outbox): void;
}

export function createOutboxMemory(code: string, storage: Storage | undefined): OutboxMemory {
  const key = `relais:outbox:${code}`;
  return {
    load() {
      const text = attempt(() => storage?.getItem(key));
      const value: unknown = text ? attempt((): unknown => JSON.parse(text)) : undefined;
      return Array.isArray(value) ? restore(value.filter(isEntry).map(placed)) : [];
    },
    save(outbox) {
      attempt(() =>
        outbox.length === 0 ? storage?.removeItem(key) : storage?.setItem(key, JSON.stringify(outbox)),
      );
    },
  };
}

function isEntry(value: unknown): value is Omit<OutboxEntry, 'place'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'clientMessageId' in value &&
    typeof value.clientMessageId === 'string' &&
    'text' in value &&
    typeof value.text === 'string' &&
    'at' in value &&
    typeof value.at === 'number' &&
    'state' in value
  );
}

/** Before there were rooms everything was written in the plenary. */
function placed(entry: Omit<OutboxEntry, 'place'>): OutboxEntry {
  return { place: 'plenary', ...entry };
}
