import type { CallFailure } from '#lib/hub/call-failure.ts';
import type { LateCatalogue } from '#lib/i18n/fr-late.ts';
import type { PrepareWords } from '#lib/i18n/fr-prepare.ts';
import { refusalWords } from '#lib/i18n/refusal-words.ts';

/** Why what one asked for did not become true, and what to do. */
export function failedWords(words: PrepareWords, late: LateCatalogue, failure: CallFailure): string {
  if (failure.kind === 'noAnswer') return words.failed.noAnswer;
  if (failure.kind === 'unknownRoom') return words.failed.unknownRoom;
  return refusalWords(late, failure);
}
