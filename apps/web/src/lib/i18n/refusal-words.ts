import type { Refusal } from '@relais/protocol';
import type { LateCatalogue } from './fr-late.ts';

/** What a person reads of a refusal: the catalogues' type holds words for each kind. */
export function refusalWords<K extends Refusal['kind']>(
  t: LateCatalogue,
  refusal: Extract<Refusal, { kind: K }> & { kind: K },
): string {
  const say: (refusal: Extract<Refusal, { kind: K }>) => string = t.refusals[refusal.kind];
  return say(refusal);
}
