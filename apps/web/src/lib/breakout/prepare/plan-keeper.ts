import type { CallFailure } from '#lib/hub/call-failure.ts';
import { asRecord } from '#lib/meeting/as-record.ts';
import type { BreakoutView } from '#lib/meeting/view-model.ts';
import { fail, ok, type Result } from '@relais/kit';
import type { KeptPlan, PlanId, Refusal, RequestInput } from '@relais/protocol';

type PlanToSave = RequestInput<'breakout:savePlan'>;
type Done<T> = Promise<Result<T, CallFailure>>;

/** Where plans are kept: through the meeting that one is in, or before it, by its key. */
export interface PlanKeeper {
  save(plan: PlanToSave): Done<{ planId: PlanId }>;
  remove(planId: PlanId): Done<unknown>;
}

export function keepInMeeting({ request }: Pick<BreakoutView, 'request'>): PlanKeeper {
  return {
    save: (plan) => request('breakout:savePlan', plan),
    remove: (planId) => request('breakout:removePlan', { planId }),
  };
}

/** Milliseconds: a satellite link takes 600 for one way, and a plan may be 100 kB. */
const TIMEOUT = 20_000;

/** [BREAK-30] By the animator's key, which goes in a header and never in an address. Never rejects. */
export function keepByKey(code: string, key: string): PlanKeeper & { list(): Done<KeptPlan[]> } {
  async function ask(method: string, path = '', body?: object): Done<unknown> {
    try {
      const response = await fetch(`/api/meetings/${code}/plans${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const answer = asRecord(await response.json());
      return answer['ok'] === true ? ok(answer['value']) : fail(answer['refusal'] as Refusal);
    } catch {
      return fail({ kind: 'noAnswer' });
    }
  }
  return {
    async list() {
      const listed = await ask('GET');
      if (!listed.ok) return listed;
      const { plans } = asRecord(listed.value);
      // The hub's word is taken, as on the socket: its schemas stay on the server.
      return ok(Array.isArray(plans) ? (plans as KeptPlan[]) : []);
    },
    async save(plan) {
      const saved = await ask('PUT', '', plan);
      return saved.ok ? ok({ planId: asRecord(saved.value)['planId'] as PlanId }) : saved;
    },
    remove: (planId) => ask('DELETE', `/${encodeURIComponent(planId)}`),
  };
}

/** A plan under no id, nor its rooms: another one, or one that is no more. */
export function asNew({ title, rooms, minutes }: PlanToSave | KeptPlan, named = title): PlanToSave {
  return { title: named, minutes, rooms: rooms.map(({ roomId: _, ...room }) => room) };
}

/** As it was, its rooms with their ids, and where nothing of the meeting knows these any more, without them. */
export async function putBack(
  keeper: PlanKeeper,
  { title, rooms, minutes }: KeptPlan,
): Done<{ planId: PlanId }> {
  const saved = await keeper.save({ title, rooms, minutes });
  const isForgotten = !saved.ok && saved.error.kind === 'unknownRoom';
  return isForgotten ? keeper.save(asNew({ title, rooms, minutes })) : saved;
}
