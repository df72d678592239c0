import type { Result } from '@relais/kit';
import type { CallFailure } from '#lib/hub/call-failure.ts';
import type { DoorWords } from '#lib/i18n/fr-door.ts';
import type { LateCatalogue } from '#lib/i18n/fr-late.ts';
import { refusalWords } from '#lib/i18n/refusal-words.ts';

/** What a person reads of an answer that says no, or of none; undefined: it was accepted. */
export function problemOf(
  answered: Result<unknown, CallFailure>,
  late: LateCatalogue,
  words: DoorWords,
): string | undefined {
  if (answered.ok) return undefined;
  return answered.error.kind === 'noAnswer' ? words.failed : refusalWords(late, answered.error);
}
