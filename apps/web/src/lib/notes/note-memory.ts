import { attempt } from '../storage.ts';

/** What was written in one place and is not acknowledged yet, with the hub's word that one was there [NOTE-4]. */
export interface Unsent {
  updates: readonly Uint8Array[];
  grant: string | undefined;
}

/** Of this tab in a meeting: it survives a reload and ends with the tab [NOTE-2]. */
export interface NoteMemory {
  places(): string[];
  load(place: string): Unsent;
  save(place: string, unsent: Unsent): void;
}

const prefix = (code: string) => `relais:notes:${code}:`;

export function createNoteMemory(code: string, storage: Storage | undefined): NoteMemory {
  return {
    places: () => placesIn(code, storage),
    load(place) {
      const text = attempt(() => storage?.getItem(prefix(code) + place));
      const value: unknown = text ? attempt((): unknown => JSON.parse(text)) : undefined;
      if (typeof value !== 'object' || value === null || !('updates' in value)) return NOTHING;
      const { updates } = value;
      const grant = 'grant' in value && typeof value.grant === 'string' ? value.grant : undefined;
      if (!Array.isArray(updates)) return NOTHING;
      return { grant, updates: updates.flatMap((one: unknown) => attempt(() => decode(String(one))) ?? []) };
    },
    save(place, { updates, grant }) {
      const key = prefix(code) + place;
      const kept = () => JSON.stringify({ grant, updates: updates.map(encode) });
      attempt(() => (updates.length === 0 ? storage?.removeItem(key) : storage?.setItem(key, kept())));
    },
  };
}

/** Whether something waits to be sent: then the code that sends it is fetched, though nobody has asked for notes. */
export const hasUnsentNotes = (code: string, storage: Storage | undefined) =>
  placesIn(code, storage).length > 0;

const NOTHING: Unsent = { updates: [], grant: undefined };

function placesIn(code: string, storage: Storage | undefined): string[] {
  const keys = attempt(() => Object.keys(storage ?? {})) ?? [];
  return keys.filter((key) => key.startsWith(prefix(code))).map((key) => key.slice(prefix(code).length));
}

/** In parts: a call takes no more arguments than so many. */
function encode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}

const decode = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
