import { LISTED_MAX_LENGTH, NAME_MAX_LENGTH } from '@relais/protocol/limits';

/** Case, accents, and how the blanks lie make no difference, as where the hub looks for a name [BREAK-7]. */
export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

/** What lists begin their lines with: "1.", "2)", "-", "•". */
const BULLET = /^(?:\d{1,3}[.)]\s+|[-–•*·]\s+)/u;
/** One entry, in which a comma within quotes is none: "Côté, Louise" <louise@exemple.org>. */
const ENTRY = /(?:"[^"\n]*"|[^,;\n"]|")+/gu;
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

/**
 * The people of a pasted list: one a line, or between commas or semicolons. Of "Louise Côté <louise@exemple.org>" both are kept: the
 * name that one gives on joining, and the address of an account. Whoever is there twice is there once.
 */
export function readPeople(text: string): string[] {
  const seen = new Map<string, string>();
  const lines = text.replaceAll('\r', '\n').replaceAll('\t', ' ');
  for (const entry of lines.match(ENTRY) ?? []) {
    const person = personIn(entry).slice(0, LISTED_MAX_LENGTH).trim();
    const key = folded(nameIn(person));
    // With an address it says more than without.
    if (person && (!seen.has(key) || person.length > seen.get(key)!.length)) seen.set(key, person);
  }
  return [...seen.values()];
}

function personIn(entry: string): string {
  const bare = clean(entry).replace(BULLET, '');
  const [, name = '', address = ''] = /^(.*?)<([^<>]*)>$/.exec(bare) ?? [];
  const meant = (address ? name.trim() || address : bare).trim();
  const named = nameOf(meant);
  const whole = `${named} <${address.trim()}>`;
  return name.trim() && isAddress(address) && whole.length <= LISTED_MAX_LENGTH ? whole : named;
}

function nameOf(meant: string): string {
  const quoted = /^"(.*)"$/.exec(meant)?.[1] ?? meant;
  // "Côté, Louise" is how address books write it; on joining one writes "Louise Côté".
  const [last, first, ...more] = quoted.split(',').map((part) => part.trim());
  return first && last && more.length === 0 ? `${first} ${last}` : quoted.replaceAll('"', '').trim();
}

/** What an entry says without its address: "Louise Côté" of "Louise Côté <louise@exemple.org>". */
export const nameIn = (entry: string): string => entry.replace(/<[^<>]*>$/, '').trim() || entry;

/** The names of rooms in a pasted list: one a line, or between semicolons. A comma is part of a name. */
export function readRoomNames(text: string): string[] {
  return text
    .split(/[\r\n;]/)
    .map((line) => clean(line).replace(BULLET, '').slice(0, NAME_MAX_LENGTH).trim())
    .filter((name) => name !== '');
}

/** Who is of which organisation or group: "Louise Côté ; Maison des jeunes", one a line. Lines that say only one thing are given back. */
export function readLabels(text: string): { labels: { name: string; label: string }[]; unread: string[] } {
  const labels: { name: string; label: string }[] = [];
  const unread: string[] = [];
  for (const line of text.split(/[\r\n]/)) {
    const [, name, label] = /^([^;,\t:]+)[;,\t:](.+)$/.exec(line.replace(BULLET, '')) ?? [];
    if (name?.trim() && label?.trim()) labels.push({ name: clean(name), label: clean(label) });
    else if (line.trim()) unread.push(line.trim());
  }
  return { labels, unread };
}

export const isAddress = (entry: string): boolean => /^\S+@\S+\.\S+$/.test(entry.trim());

const clean = (text: string) => text.replaceAll(CONTROL, ' ').replaceAll(/\s+/g, ' ').trim();
