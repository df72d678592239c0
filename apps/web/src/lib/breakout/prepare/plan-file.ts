import { fail, ok, type Result } from '@relais/kit';
import type { KeptPlan, RequestInput } from '@relais/protocol';
import { PLAN_MAX_BYTES } from '@relais/protocol/limits';
import { asNew } from './plan-keeper.ts';

const KIND = 'relais-sous-groupes';

/** A plan as a file, for another meeting or another time: no id of this one is in it. */
export function planToFile(plan: KeptPlan): { name: string; text: string } {
  const name = plan.title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'sous-groupes';
  return { name: `${name}.json`, text: JSON.stringify({ kind: KIND, plan: asNew(plan) }, null, 2) };
}

/** Parsed by the protocol's schema, which comes when somebody brings a file. */
export async function planFromFile(
  file: Pick<Blob, 'size' | 'text'>,
): Promise<Result<RequestInput<'breakout:savePlan'>, 'tooLarge' | 'noPlan'>> {
  if (file.size > PLAN_MAX_BYTES) return fail('tooLarge');
  const { breakoutRequests } = await import('@relais/protocol/breakout-requests');
  try {
    const { kind, plan } = JSON.parse(await file.text()) as Record<string, unknown>;
    const read = breakoutRequests['breakout:savePlan'].request.safeParse(plan);
    return kind === KIND && read.success ? ok(asNew(read.data)) : fail('noPlan');
  } catch {
    return fail('noPlan');
  }
}
