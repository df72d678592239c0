import type { I18n } from '#lib/i18n/i18n.svelte.ts';
import type { RoomParts } from './room-parts.ts';

type Fetched = Omit<RoomParts, 'later'>;

/** The same parts, the list of which comes when the first of them is asked for: it names some thirty files [SHELL-1]. */
export function lateRoomParts(i18n: I18n): Fetched {
  const fetch = async (name: keyof Fetched) => (await import('./room-parts.ts')).roomParts(i18n)[name]();
  return new Proxy({} as Fetched, { get: (_parts, name) => () => fetch(name as keyof Fetched) });
}
