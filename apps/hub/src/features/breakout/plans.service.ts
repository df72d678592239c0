import { randomUUID } from 'node:crypto';
import { may, type HttpRoute, type Role } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type {
  AnswerValue,
  KeptPlan,
  MeetingCode,
  MeetingId,
  PlanId,
  Refusal,
  Request,
} from '@relais/protocol';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import { LOG_AWAY } from '../meeting/aggregate.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';
import type { MeetingRegistry } from '../meeting/meeting-registry.ts';
import { fresh } from './breakout.service.ts';

export interface PlansServiceDeps {
  log: Pick<MeetingLog, 'findByCode'>;
  registry: Pick<MeetingRegistry, 'within'>;
  /** Who somebody is to a meeting by the key that they give [ROLE-1]. */
  roleBy: (meetingId: MeetingId, key: string) => Role;
  now: () => number;
}

/** [BREAK-30] Plans of sub-groups, read and written days before the meeting by who has its key, without a seat in it. */
export class PlansService {
  readonly #deps: PlansServiceDeps;

  constructor(deps: PlansServiceDeps) {
    this.#deps = deps;
  }

  async list(code: MeetingCode, key: string): Promise<Result<{ plans: KeptPlan[] }, Refusal>> {
    return this.#within('GET /api/meetings/:code/plans', { code, key }, async (meeting) => {
      // What another hub was told a moment ago is in the log, and may not be in this one's memory.
      await meeting.aggregate.refresh();
      return meeting.aggregate.isBehind ? fail(LOG_AWAY) : ok({ plans: meeting.state.breakout?.plans ?? [] });
    });
  }

  async save(
    code: MeetingCode,
    key: string,
    request: Request<'breakout:savePlan'>,
  ): Promise<Result<AnswerValue<'breakout:savePlan'>, Refusal>> {
    return this.#within('PUT /api/meetings/:code/plans', { code, key }, async ({ aggregate }) => {
      const freshPlanId = randomUUID() as PlanId;
      const done = await aggregate.execute({
        type: 'savePlan',
        ...request,
        freshPlanId,
        freshIds: fresh(request.rooms),
        at: this.#deps.now(),
      });
      return done.ok ? ok({ planId: request.planId ?? freshPlanId }) : done;
    });
  }

  async remove(
    code: MeetingCode,
    key: string,
    planId: PlanId,
  ): Promise<Result<Record<string, never>, Refusal>> {
    return this.#within('DELETE /api/meetings/:code/plans/:planId', { code, key }, async ({ aggregate }) => {
      const done = await aggregate.execute({ type: 'removePlan', planId, at: this.#deps.now() });
      return done.ok ? ok({}) : done;
    });
  }

  /** The key is looked at before the meeting is brought into memory for somebody. */
  async #within<T>(
    route: HttpRoute,
    { code, key }: { code: MeetingCode; key: string },
    use: (meeting: LiveMeeting) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    const head = await this.#deps.log.findByCode(code);
    if (!head.ok) return fail(LOG_AWAY);
    if (!head.value) return fail({ kind: 'meetingNotFound' });
    if (!may(this.#deps.roleBy(head.value.meetingId, key), route)) return fail({ kind: 'seatUnknown' });
    return this.#deps.registry.within(code, use);
  }
}
