import { randomUUID } from 'node:crypto';
import { fail, type Result } from '@relais/kit';
import { controlCalls, type Caller, type CallName, type LinkRefusal } from '@relais/protocol';
import { issuesOf } from '../issues-of.ts';
import { MAX_CALLS } from '../limits.ts';
import { Complaints, type Logger } from '../logger.ts';
import type { Handlers } from './handlers.ts';

/**
 * The calls of one known caller: name, schema, number under way, handler. Answers every call, once; a defect too, with
 * the number under which the log has it.
 */
export class CallDesk {
  readonly #handlers: Handlers;
  readonly #caller: Caller;
  readonly #logger: Logger;
  readonly #complaints: Complaints;
  #underWay = 0;

  constructor(deps: { handlers: Handlers; caller: Caller; logger: Logger }) {
    this.#handlers = deps.handlers;
    this.#caller = deps.caller;
    this.#logger = deps.logger;
    this.#complaints = new Complaints(deps.logger);
  }

  async answer(name: string, payload: unknown): Promise<Result<unknown, object>> {
    if (this.#underWay >= MAX_CALLS) return this.#refuse(name, { kind: 'busy' });
    this.#underWay += 1;
    try {
      return await this.#dispatch(name, payload);
    } catch (error) {
      const incident = randomUUID();
      this.#logger.error({ err: error, incident, call: name }, 'a call of the control link failed');
      return fail({ kind: 'internal', incident });
    } finally {
      this.#underWay -= 1;
    }
  }

  async #dispatch(name: string, payload: unknown): Promise<Result<unknown, object>> {
    const handler = isCallName(name) ? this.#handlers[name] : undefined;
    if (!isCallName(name) || !handler) return this.#refuse(name, { kind: 'unknownCall' });
    const parsed = controlCalls[name].request.safeParse(payload);
    if (!parsed.success) return this.#refuse(name, { kind: 'invalidCall', issues: issuesOf(parsed.error) });
    // The schema of this very name has just parsed the data: the compiler cannot follow that correlation.
    return handler(parsed.data as never);
  }

  #refuse(name: string, refusal: LinkRefusal): Result<never, LinkRefusal> {
    const call = name.slice(0, 64);
    this.#complaints.warn({ caller: this.#caller, call, refusal }, 'a call of the control link was refused');
    return fail(refusal);
  }
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(controlCalls, name);
}
