import { readLang, type Lang } from '../i18n/lang.ts';

/** What the server knows of a meeting before anybody enters, as the page carries it. */
export interface JoinData {
  code: string;
  title: string;
  lang: Lang;
  /** How the door stands, where it is not open to all who have the link [DOOR-7] [ENTRY-5]. */
  door?: string | undefined;
}

export type DoorTold = 'locked' | 'waiting' | 'guestsWait' | 'reserved';

/** The element that the server fills and the browser wakes, and the one that holds its data. */
export const TARGET_ID = 'join';
export const DATA_ID = 'join-data';

/** As the content of a script element that is no script: nothing in it may end the element. */
export function writeJoinData(data: JoinData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** Undefined when it is not ours. */
export function readJoinData(text: string): JoinData | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, title, lang }: Record<string, unknown> = { ...value };
  if (typeof code !== 'string' || typeof title !== 'string' || typeof lang !== 'string') return undefined;
  // What else the page carries is for who shows it to read.
  return { ...value, code, title, lang: readLang(lang) };
}
