import { randomUUID } from 'node:crypto';
import { may, propose, roleIn, seatOf, type BreakoutCommand, type Proposal } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type {
  AnswerValue,
  ParticipantId,
  PlanId,
  Refusal,
  Request,
  RequestName,
  RoomDraft,
  RoomId,
  RoundId,
} from '@relais/protocol';
import type { Accounts } from '../../ports/accounts.ts';
import type { Seated } from '../../socket/handlers.ts';
import { listedEmails } from './listed-emails.ts';

const MINUTE_MS = 60_000;
/** Pairs that an answer names: more are nothing that a person reads. */
const MOST_BREACHES = 1000;

type Done<N extends RequestName> = Promise<Result<AnswerValue<N>, Refusal>>;
/** A command without who asks and when, which the hub says. */
type Asked<C = BreakoutCommand> = C extends { type: 'keepTime' } ? never : Omit<C, 'by' | 'at'>;

export interface BreakoutServiceDeps {
  /** Milliseconds since 1970. */
  now: () => number;
  accounts: Accounts;
}

/** What people ask of sub-groups; who may, and what becomes true, is decided by `decide`. */
export class BreakoutService {
  readonly #deps: BreakoutServiceDeps;

  constructor(deps: BreakoutServiceDeps) {
    this.#deps = deps;
  }

  async ask({ meeting, occupant }: Seated, asked: Asked): Promise<Result<Record<string, never>, Refusal>> {
    const command = { ...asked, by: occupant.participantId, at: this.#deps.now() };
    const done = await meeting.aggregate.execute(command);
    return done.ok ? ok({}) : done;
  }

  async savePlan(seated: Seated, request: Request<'breakout:savePlan'>): Done<'breakout:savePlan'> {
    const freshPlanId = randomUUID() as PlanId;
    const freshIds = fresh(request.rooms);
    const done = await this.ask(seated, { type: 'savePlan', ...request, freshPlanId, freshIds });
    return done.ok ? ok({ planId: request.planId ?? freshPlanId }) : done;
  }

  async propose(seated: Seated, request: Request<'breakout:propose'>): Done<'breakout:propose'> {
    const emails = await listedEmails(this.#deps.accounts, seated.meeting.state, request);
    const found = proposed(seated, request, emails);
    if (!found.ok) return found;
    return ok({ placements: found.value.placements, ...outcomeOf(found.value) });
  }

  /** Who is there is placed as a proposal of now would; who leaves meanwhile is passed over. */
  async open(seated: Seated, request: Request<'breakout:open'>): Done<'breakout:open'> {
    const { after, countdownSeconds, ...asked } = request;
    const emails = await listedEmails(this.#deps.accounts, seated.meeting.state, asked);
    const found = proposed(seated, asked, emails);
    if (!found.ok) return found;
    const roundId = randomUUID() as RoundId;
    const { filling, seed, withFacilitators, ...rules } = asked;
    const round = { ...rules, roundId, freshIds: fresh(asked.rooms), countdownMs: countdownSeconds * 1000 };
    const done = await this.ask(
      seated,
      after
        ? { type: 'setNextRound', after, ...round, filling, seed, withFacilitators, emails }
        : { type: 'openRound', ...round, placements: found.value.placements },
    );
    return done.ok ? ok({ roundId, ...outcomeOf(found.value) }) : done;
  }

  addTime(seated: Seated, { minutes, roomId }: Request<'breakout:addTime'>): Done<'breakout:addTime'> {
    return this.ask(seated, { type: 'addTime', byMs: minutes * MINUTE_MS, roomId });
  }

  /** [BREAK-19] */
  stepIn(seated: Seated): Done<'breakout:stepIn'> {
    const { state, live } = seated.meeting;
    const isUnattended = !state.participants.some(
      ({ role, participantId }) => role === 'facilitator' && live[participantId]?.connected,
    );
    return this.ask(seated, { type: 'stepIn', isUnattended });
  }
}

function proposed(
  { meeting, occupant }: Seated,
  draft: Request<'breakout:propose'>,
  emails: ReadonlyMap<ParticipantId, string>,
): Result<Proposal, Refusal> {
  if (!seatOf(meeting.state, occupant.participantId)) return fail({ kind: 'notJoined' });
  if (!may(roleIn(meeting.state, occupant.participantId), 'breakout:propose'))
    return fail({ kind: 'notAllowed' });
  return propose(meeting.state, draft, emails);
}

function outcomeOf({ unplaced, breaches }: Proposal) {
  return { unplaced, breaches: breaches.slice(0, MOST_BREACHES) };
}

/** One for each room that may turn out to be new. */
export function fresh(rooms: readonly RoomDraft[]): RoomId[] {
  return rooms.map(() => randomUUID() as RoomId);
}
