import { setTimeout } from 'node:timers/promises';
import { backoff, fail, type Result } from '@relais/kit';
import {
  controlCalls,
  linkRefusal,
  type CallName,
  type CallRefusal,
  type CallRequest,
  type CallValue,
  type Caller,
  type LinkRefusal,
  type MediaFact,
  type NodeId,
  type PipeFact,
} from '@relais/protocol';
import { z } from 'zod';
import { issuesOf } from '../issues-of.ts';
import {
  CALL_TIMEOUT_MS,
  HELLO_TIMEOUT_MS,
  MAX_CALLS,
  RESUME_MS,
  RETRY_BASE_MS,
  RETRY_MAX_MS,
} from '../limits.ts';
import type { Logger } from '../logger.ts';
import { Listeners } from './listeners.ts';
import { openLine, type Line, type LineFailure } from './open-line.ts';

/**
 * `opening` until it is up for the first time. `broken`: its line was closed, and it tries to come back. `lost` is
 * final: there will be no answer from this run of the node on this link.
 */
export type LinkState = 'opening' | 'up' | 'broken' | 'lost';
export type LinkChange = 'up' | 'broken' | 'resumed' | 'lost';

export interface LinkDeps {
  controlUrl: string;
  nodeId: NodeId;
  caller: Caller;
  secret: string;
  logger: Logger;
}

/** No answer: the link is lost, or broke meanwhile, or the node took too long. What was asked may have been done. */
export type NoAnswer = { kind: 'noAnswer' };

/** A link to one run of a node over one line after another. */
export class Link {
  readonly nodeId: NodeId;
  readonly changes: Listeners<LinkChange>;
  readonly mediaFacts: Listeners<MediaFact>;
  readonly pipeFacts: Listeners<PipeFact>;
  readonly #deps: LinkDeps;
  readonly #closing = new AbortController();
  #state: LinkState = 'opening';
  #line: Line | undefined;
  #failure: LineFailure | 'closed' | undefined;
  /** Calls that wait for the link to come back, in the order in which they were made. */
  #waiting: (() => void)[] = [];
  #calls = 0;

  constructor(deps: LinkDeps) {
    this.#deps = deps;
    this.nodeId = deps.nodeId;
    this.changes = new Listeners(deps.logger);
    this.mediaFacts = new Listeners(deps.logger);
    this.pipeFacts = new Listeners(deps.logger);
    void this.#open();
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Why it is lost. */
  get failure(): LineFailure | 'closed' | undefined {
    return this.#failure;
  }

  /** The pipes that the node had for this caller when the line was opened. */
  get pipeIds(): readonly string[] {
    return this.#line?.pipeIds ?? [];
  }

  /** Within `CALL_TIMEOUT_MS`. A call that is made while the link is broken waits for it to come back. */
  async call<N extends CallName>(
    name: N,
    request: CallRequest<N>,
  ): Promise<Result<CallValue<N>, CallRefusal<N> | LinkRefusal | NoAnswer>> {
    if (this.#calls >= MAX_CALLS) return fail({ kind: 'busy' });
    this.#calls += 1;
    try {
      return await this.#callOnce(name, request, performance.now() + CALL_TIMEOUT_MS);
    } finally {
      this.#calls -= 1;
    }
  }

  /** For what may be done twice and must be done once: asked again when the link broke before the answer came. */
  async deliver<N extends CallName>(name: N, request: CallRequest<N>): Promise<void> {
    for (;;) {
      const line = this.#line;
      const outcome = await this.call(name, request);
      if (outcome.ok || outcome.error.kind !== 'noAnswer') return;
      if (this.#state === 'lost' || (line !== undefined && line === this.#line)) return;
    }
  }

  close(): void {
    this.#lose('closed');
  }

  async #callOnce<N extends CallName>(
    name: N,
    request: CallRequest<N>,
    deadline: number,
  ): Promise<Result<CallValue<N>, CallRefusal<N> | LinkRefusal | NoAnswer>> {
    if (!this.#line) await this.#back(deadline);
    const left = deadline - performance.now();
    if (!this.#line || left <= 0) return fail({ kind: 'noAnswer' });
    const said = await this.#line.ask(name, request, left);
    return said === undefined ? fail({ kind: 'noAnswer' }) : this.#read(name, said);
  }

  #read<N extends CallName>(
    name: N,
    said: unknown,
  ): Result<CallValue<N>, CallRefusal<N> | LinkRefusal | NoAnswer> {
    const answer = ANSWERS[name].safeParse(said);
    // The schema of this very name: the compiler cannot follow that correlation.
    if (answer.success) return answer.data as Result<CallValue<N>, CallRefusal<N> | LinkRefusal>;
    const issues = issuesOf(answer.error);
    this.#deps.logger.error({ node: this.nodeId, call: name, issues }, 'an answer does not fit its schema');
    return fail({ kind: 'noAnswer' });
  }

  /** Until the link is up or lost, or the time is over. */
  #back(deadline: number): Promise<void> {
    if (this.#state === 'lost') return Promise.resolve();
    return new Promise((resolve) => {
      const timer = globalThis.setTimeout(resolve, Math.max(0, deadline - performance.now()));
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #open(): Promise<void> {
    const opened = await this.#tryLine(HELLO_TIMEOUT_MS);
    if (!opened.ok) this.#lose(opened.error);
    else if (!this.#up(opened.value, 'up')) this.#lose('unreachable');
  }

  async #comeBack(): Promise<void> {
    const deadline = performance.now() + RESUME_MS;
    let failure: LineFailure = 'unreachable';
    for (let attempt = 0; performance.now() < deadline; attempt += 1) {
      const opened = await this.#tryLine(deadline - performance.now());
      if (opened.ok && this.#up(opened.value, 'resumed')) return;
      failure = opened.ok ? 'unreachable' : opened.error;
      if (failure !== 'unreachable' || this.#state === 'lost') break;
      await this.#pause(
        Math.min(backoff(attempt, Math.random(), RETRY_BASE_MS, RETRY_MAX_MS), deadline - performance.now()),
      );
    }
    this.#lose(failure);
  }

  #tryLine(timeoutMs: number): Promise<Result<Line, LineFailure>> {
    const { controlUrl: url, nodeId, caller, secret, logger } = this.#deps;
    const listener = {
      onMediaFact: (fact: MediaFact) => this.mediaFacts.tell(fact),
      onPipeFact: (fact: PipeFact) => this.pipeFacts.tell(fact),
      onClosed: (saidSo: boolean) => this.#lineClosed(saidSo),
    };
    return openLine(
      { url, nodeId, caller, secret, logger, listener },
      { timeoutMs, signal: this.#closing.signal },
    );
  }

  /** False if the line was closed again before anybody knew of it: nobody would be told of that any more. */
  #up(line: Line, change: 'up' | 'resumed'): boolean {
    if (this.#state === 'lost') line.close();
    if (!line.isOpen) return false;
    this.#line = line;
    this.#state = 'up';
    this.changes.tell(change);
    this.#release();
    return true;
  }

  #lineClosed(saidSo: boolean): void {
    if (this.#state !== 'up') return;
    this.#line = undefined;
    if (saidSo) return this.#lose('refused');
    this.#state = 'broken';
    this.changes.tell('broken');
    void this.#comeBack();
  }

  #lose(failure: LineFailure | 'closed'): void {
    if (this.#state === 'lost') return;
    this.#state = 'lost';
    this.#failure = failure;
    this.#closing.abort();
    this.#line?.close();
    this.#line = undefined;
    this.#release();
    this.changes.tell('lost');
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#closing;
    await setTimeout(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
  }
}

/** What each call may be answered with. */
const ANSWERS = Object.fromEntries(
  Object.entries(controlCalls).map(([name, { value, refusal }]) => [
    name,
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value }),
      z.object({ ok: z.literal(false), error: z.union([refusal, linkRefusal]) }),
    ]),
  ]),
) as unknown as Record<CallName, z.ZodType>;
