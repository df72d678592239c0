import type { ImportProblem } from '@relais/protocol/communities';
import type { CommunityWords } from '#lib/i18n/fr-communities.ts';

/** Why a line is left out, in words: the catalogues' type holds words for each kind. */
export function importProblemWords<K extends ImportProblem['kind']>(
  words: CommunityWords,
  problem: Extract<ImportProblem, { kind: K }> & { kind: K },
): string {
  const say: (problem: Extract<ImportProblem, { kind: K }>) => string = words.import.problems[problem.kind];
  return say(problem);
}
