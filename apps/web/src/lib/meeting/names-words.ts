import { nameList } from '#lib/i18n/format.ts';
import type { I18n } from '#lib/i18n/i18n.svelte.ts';

/** So many are named, the others counted. */
const NAMED = 4;

/** "Ana, Marc, Léa et 5 autres", in their order. */
export function namesWords(i18n: Pick<I18n, 'tag' | 'late'>, people: readonly { name: string }[]): string {
  const named = people.length > NAMED ? people.slice(0, NAMED - 1) : people;
  const rest = people.length - named.length;
  const names = [...named.map(({ name }) => name), ...(rest > 0 ? [i18n.late.hands.more(rest)] : [])];
  return nameList(i18n.tag, names);
}
