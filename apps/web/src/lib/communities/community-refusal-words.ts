import type { CommunityRefusal } from '@relais/protocol/communities';
import type { CommunityWords } from '#lib/i18n/fr-communities.ts';

/** What a person reads of a refusal: the catalogues' type holds words for each kind. */
export function communityRefusalWords<K extends CommunityRefusal['kind']>(
  words: CommunityWords,
  refusal: Extract<CommunityRefusal, { kind: K }> & { kind: K },
): string {
  const say: (refusal: Extract<CommunityRefusal, { kind: K }>) => string = words.refusals[refusal.kind];
  return say(refusal);
}
