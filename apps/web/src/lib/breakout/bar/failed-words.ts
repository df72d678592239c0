import type { CallFailure } from '#lib/hub/call-failure.ts';
import type { GroupsWords } from '#lib/i18n/fr-groups.ts';

/** Why what one asked for did not become true, and what to do. */
export function failedWords({ failed }: GroupsWords, { kind }: CallFailure): string {
  if (kind === 'unknownRoom' || kind === 'notNow' || kind === 'notInYourRoom') return failed.closed;
  return kind === 'notAllowed' ? failed.notAllowed : failed.noAnswer;
}
