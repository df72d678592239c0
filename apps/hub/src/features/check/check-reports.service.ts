import { createHash } from 'node:crypto';
import { may, type Role } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import {
  CHECK_KEPT_DAYS,
  type CheckReport,
  type CheckReportBody,
  type MeetingCode,
  type MeetingId,
  type Refusal,
} from '@relais/protocol';
import type { Logger } from 'pino';
import type { CheckReports } from '../../ports/check-reports.ts';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import { LOG_AWAY } from '../meeting/aggregate.ts';

const KEPT_MS = CHECK_KEPT_DAYS * 24 * 60 * 60 * 1000;
/** What is too old is shown to nobody from the first moment; its row goes within the hour. */
const ERASE_EVERY_MS = 60 * 60 * 1000;

export interface CheckReportsServiceDeps {
  reports: CheckReports;
  log: Pick<MeetingLog, 'findByCode'>;
  /** Who somebody is to a meeting by the key that they give [ROLE-1]. */
  roleBy: (meetingId: MeetingId, key: string) => Role;
  now: () => number;
  logger: Logger;
}

/** Results that people agreed to tell the animator of a meeting [CHECK-6] [CHECK-7]. */
export class CheckReportsService {
  readonly #deps: CheckReportsServiceDeps;
  readonly #sweep: NodeJS.Timeout;

  constructor(deps: CheckReportsServiceDeps) {
    this.#deps = deps;
    this.#sweep = setInterval(() => void this.#eraseOld(), ERASE_EVERY_MS);
    this.#sweep.unref();
    void this.#eraseOld();
  }

  /** `owner`: the secret by which the same browser replaces or erases it later. */
  async tell(
    code: MeetingCode,
    owner: string,
    { name, verdict }: CheckReportBody,
  ): Promise<Result<CheckReport, Refusal>> {
    const meetingId = await this.#find(code);
    if (!meetingId.ok) return meetingId;
    const report = { name, verdict, at: this.#deps.now() };
    const kept = await this.#deps.reports.keep(meetingId.value, { ...report, owner: fingerprint(owner) });
    if (kept.ok) return ok(report);
    return fail(kept.error.kind === 'full' ? { kind: 'meetingFull' } : LOG_AWAY);
  }

  async erase(code: MeetingCode, owner: string): Promise<Result<void, Refusal>> {
    const meetingId = await this.#find(code);
    if (!meetingId.ok) return meetingId;
    const erased = await this.#deps.reports.erase(meetingId.value, fingerprint(owner));
    return erased.ok ? erased : fail(LOG_AWAY);
  }

  /** For who has the key of this meeting and for nobody else. */
  async list(code: MeetingCode, key: string): Promise<Result<CheckReport[], Refusal>> {
    const meetingId = await this.#find(code);
    if (!meetingId.ok) return meetingId;
    if (!may(this.#deps.roleBy(meetingId.value, key), 'GET /api/meetings/:code/checks'))
      return fail({ kind: 'seatUnknown' });
    const found = await this.#deps.reports.list(meetingId.value, this.#oldest());
    return found.ok ? found : fail(LOG_AWAY);
  }

  close(): void {
    clearInterval(this.#sweep);
  }

  #oldest(): number {
    return this.#deps.now() - KEPT_MS;
  }

  async #find(code: MeetingCode): Promise<Result<MeetingId, Refusal>> {
    const head = await this.#deps.log.findByCode(code);
    if (!head.ok) return fail(LOG_AWAY);
    return head.value ? ok(head.value.meetingId) : fail({ kind: 'meetingNotFound' });
  }

  /** A store that is away is asked again next time. */
  async #eraseOld(): Promise<void> {
    try {
      await this.#deps.reports.eraseBefore(this.#oldest());
    } catch (error) {
      this.#deps.logger.error({ err: error }, 'old results of checks could not be erased');
    }
  }
}

/** Whoever reads the table cannot replace or erase anybody's. */
function fingerprint(owner: string): string {
  return createHash('sha256').update(owner).digest('hex');
}
