import { randomInt, randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@relais/kit';
import {
  CODE_LETTERS,
  type CreatedMeeting,
  type MeetingCode,
  type MeetingDoor,
  type MeetingId,
  type MeetingPresent,
  type MeetingSummary,
  type Refusal,
} from '@relais/protocol';
import type { Logger } from 'pino';
import type { Accounts } from '../../ports/accounts.ts';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import { LOG_AWAY } from './aggregate.ts';
import type { FacilitatorKeys } from './facilitator-key.ts';

export interface MeetingDirectoryDeps {
  log: MeetingLog;
  keys: FacilitatorKeys;
  /** How many are in a meeting, on whichever hub. */
  presentIn: (meetingId: MeetingId) => MeetingPresent;
  /** How the door of a meeting stands that this hub has in mind. */
  doorIn: (meetingId: MeetingId) => MeetingDoor | undefined;
  /** [ENTRY-5] Whether somebody may enter, as far as their account says. */
  mayKnow: (meetingId: MeetingId, whoAsks: WhoAsks) => Promise<Result<boolean, Refusal>>;
  now: () => number;
  logger: Logger;
}

/** The account of whoever asks, looked for where it counts alone. */
export type WhoAsks = () => ReturnType<Accounts['cameWith']>;

/** Making meetings, and finding them by their code. */
export class MeetingDirectory {
  readonly #deps: MeetingDirectoryDeps;

  constructor(deps: MeetingDirectoryDeps) {
    this.#deps = deps;
  }

  async create(title: string): Promise<Result<CreatedMeeting, Refusal>> {
    const made = await makeMeeting(this.#deps, title);
    if (!made.ok) return made;
    const { meetingId, ...meeting } = made.value;
    return ok({ ...meeting, facilitatorKey: this.#deps.keys.sign(meetingId) });
  }

  /** [ENTRY-5] To whom may not enter, by their account or by the animator's `key`, that there is a meeting, and no more. */
  async find(code: MeetingCode, whoAsks: WhoAsks, key?: string): Promise<Result<MeetingSummary, Refusal>> {
    const head = await this.#deps.log.findByCode(code);
    if (!head.ok) return fail(LOG_AWAY);
    if (!head.value) return fail({ kind: 'meetingNotFound' });
    const { meetingId, title, createdAt } = head.value;
    const runsIt = key !== undefined && this.#deps.keys.verify(meetingId, key);
    const mayKnow = runsIt ? ok(true) : await this.#deps.mayKnow(meetingId, whoAsks);
    if (!mayKnow.ok) return mayKnow;
    if (!mayKnow.value) return ok({ code, title: '', createdAt });
    const door = await this.#doorOf(meetingId);
    if (!door.ok) return door;
    const isOpen = !door.value.locked && door.value.waiting === 'off';
    const present = this.#deps.presentIn(meetingId);
    return ok({ code, title, createdAt, present, ...(!isOpen && { door: door.value }) });
  }

  /** [DOOR-7] As this hub has it in mind, or as its last events in the log left it. */
  async #doorOf(meetingId: MeetingId): Promise<Result<MeetingDoor, Refusal>> {
    const known = this.#deps.doorIn(meetingId);
    if (known) return ok(known);
    const { log } = this.#deps;
    const [lock, set] = await Promise.all([
      log.lastOf(meetingId, ['doorLocked', 'doorUnlocked']),
      log.lastOf(meetingId, ['waitingRoomSet']),
    ]);
    if (!lock.ok || !set.ok) return fail(LOG_AWAY);
    const waiting = set.value?.type === 'waitingRoomSet' ? set.value.mode : 'off';
    return ok({ locked: lock.value?.type === 'doorLocked', waiting });
  }
}

/** A new meeting under a code that nobody has. */
export async function makeMeeting(
  { log, now, logger }: Pick<MeetingDirectoryDeps, 'log' | 'now' | 'logger'>,
  title: string,
): Promise<Result<{ meetingId: MeetingId; code: MeetingCode; title: string; createdAt: number }, Refusal>> {
  // Two of 10 letters drawn from 23 meet once in 4e13: three tries are for a log that somebody filled.
  for (let attempt = 0; attempt < 3; attempt++) {
    const createdAt = now();
    const code = newCode();
    const meetingId = randomUUID() as MeetingId;
    const created = await log.create({ type: 'meetingCreated', meetingId, code, title, at: createdAt });
    if (created.ok) {
      logger.info({ meetingId, code }, 'meeting created');
      return ok({ meetingId, code, title, createdAt });
    }
    if (created.error.kind === 'unavailable') break;
  }
  return fail(LOG_AWAY);
}

function newCode(): MeetingCode {
  const letters = (count: number) =>
    Array.from({ length: count }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
  return `${letters(3)}-${letters(4)}-${letters(3)}` as MeetingCode;
}
