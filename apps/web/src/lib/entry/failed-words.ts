import type { CallFailure } from '#lib/hub/call-failure.ts';
import type { EntryWords } from '#lib/i18n/fr-entry.ts';
import type { LateCatalogue } from '#lib/i18n/fr-late.ts';
import { refusalWords } from '#lib/i18n/refusal-words.ts';

/** Why what one asked for did not become true, and what to do. */
export function failedWords(words: EntryWords, late: LateCatalogue, failure: CallFailure): string {
  return failure.kind === 'noAnswer' ? words.noAnswer : refusalWords(late, failure);
}
