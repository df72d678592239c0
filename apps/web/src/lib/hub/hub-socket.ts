import type { Line, LineEvents, Passed } from './line.ts';
import { openWebSocketLine } from './websocket-line.ts';

type Listener = (fact: never) => void;

/**
 * A socket to the hub that is connected when it is asked to, once each time: when to try again is its owner's affair.
 * A WebSocket first; where none passes, plain requests, whose code is fetched then.
 *
 * Beside the names of facts it tells `connect`, `connect_error` and `disconnect`, as Socket.IO's client does.
 */
export class HubSocket {
  connected = false;
  readonly passed: Passed = { frames: { up: 0, down: 0 }, bytes: { up: 0, down: 0 }, openings: 0 };
  readonly #origin: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #unanswered = new Set<() => void>();
  #line: Line | undefined;
  /** WebSockets that did not open, one after another. */
  #refused = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  on(name: string, listener: Listener): this {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return this;
  }

  off(name: string, listener: Listener): this {
    this.#listeners.get(name)?.delete(listener);
    return this;
  }

  /** Begins an attempt, unless one is under way or the line stands. */
  connect(): void {
    if (this.#line) return;
    this.#open(openWebSocketLine, () => {
      this.#refused += 1;
      if (this.#mayBeBlocked()) void this.#openByRequests();
      else this.#tell('connect_error');
    });
  }

  /** Tells the hub that one leaves, if it can be told, and gives up what is under way. */
  disconnect(): void {
    this.#line?.leave();
    this.#ended();
  }

  /** Closes without a word: the hub sees a line that fell, and holds the seat. */
  drop(): void {
    this.#line?.drop();
    this.#ended();
  }

  /** The answer; rejects after `timeoutMs`, and at once when the line falls. */
  ask(name: string, payload: unknown, timeoutMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const line = this.#line;
      if (!line) return reject(new Error(`no line for ${name}`));
      const end = () => {
        clearTimeout(timer);
        this.#unanswered.delete(fail);
        forget();
      };
      const fail = () => {
        end();
        reject(new Error(`no answer to ${name}`));
      };
      const forget = line.ask(name, payload, (answer) => {
        end();
        resolve(answer);
      });
      const timer = setTimeout(fail, timeoutMs);
      this.#unanswered.add(fail);
    });
  }

  #open(openLine: (origin: string, events: LineEvents) => Line, refused: () => void): void {
    const line = openLine(this.#origin, {
      passed: this.passed,
      opened: () => {
        this.#refused = 0;
        this.connected = true;
        this.#tell('connect');
      },
      told: (name, fact) => this.#tell(name, fact),
      closed: () => {
        if (line !== this.#line) return;
        if (this.connected) return this.#ended();
        this.#line = undefined;
        refused();
      },
    });
    this.#line = line;
  }

  /** A network that is there and took no WebSocket twice: at every second failure, other ways are tried. */
  #mayBeBlocked(): boolean {
    return navigator.onLine !== false && this.#refused % 2 === 0;
  }

  async #openByRequests(): Promise<void> {
    // Holds the place while the code comes: whoever gives up meanwhile takes it away.
    const place: Line = { ask: () => () => undefined, leave: () => undefined, drop: () => undefined };
    this.#line = place;
    const module = await import('./polling-line.ts').catch(() => undefined);
    if (this.#line !== place) return;
    this.#line = undefined;
    if (module) this.#open(module.openPollingLine, () => this.#tell('connect_error'));
    else this.#tell('connect_error');
  }

  #ended(): void {
    this.#line = undefined;
    const wasConnected = this.connected;
    this.connected = false;
    for (const fail of [...this.#unanswered]) fail();
    if (wasConnected) this.#tell('disconnect');
  }

  #tell(name: string, fact?: unknown): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(fact as never);
  }
}
