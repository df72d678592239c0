import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withTimeout } from '@relais/kit';
import type { Place } from './person.ts';

export type CrowdCall =
  | { do: 'seat'; places: Place[] }
  | { do: 'post'; person: number; id: string; text: string }
  | { do: 'visit'; place: Place }
  | { do: 'cut' | 'back' | 'leave' | 'whoIs'; name: string }
  | { do: 'observed' | 'facts' | 'cpu' | 'disperse' };

/** What was heard, and who of this crowd heard it when, in turns. */
export type Observed = [key: string, times: number[]][];

export interface CrowdAnswer {
  call: number;
  value: number | string | Observed;
  error?: string;
}

const CALL_TIMEOUT_MS = 180_000;
const PROGRAM = fileURLToPath(new URL('./crowd.child.ts', import.meta.url));

/** People in a process of their own, so that what they cost is not the bench's and is known apart. */
export class Crowd {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: CrowdAnswer) => void>();
  #calls = 0;

  constructor(env: Record<string, string | undefined>) {
    this.#child = fork(PROGRAM, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
    this.#child.on('message', (answer: CrowdAnswer) => {
      this.#waiting.get(answer.call)?.(answer);
      this.#waiting.delete(answer.call);
    });
    this.#child.once('exit', () => {
      for (const [call, settle] of this.#waiting) settle({ call, value: 0, error: 'the crowd is gone' });
      this.#waiting.clear();
    });
  }

  /** Milliseconds of the shared clock, at which it was done. */
  async at(call: CrowdCall): Promise<number> {
    return Number(await this.#ask(call));
  }

  async whoIs(name: string): Promise<string> {
    return String(await this.#ask({ do: 'whoIs', name }));
  }

  async observed(): Promise<Observed> {
    const observed = await this.#ask({ do: 'observed' });
    if (!Array.isArray(observed)) throw new Error('the crowd answered something else');
    return observed;
  }

  /** How many facts its listeners were told, together. */
  facts(): Promise<number> {
    return this.at({ do: 'facts' });
  }

  /** Seconds of CPU since it was started. */
  cpu(): Promise<number> {
    return this.at({ do: 'cpu' });
  }

  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  async #ask(call: CrowdCall): Promise<CrowdAnswer['value']> {
    const number = (this.#calls += 1);
    const answered = new Promise<CrowdAnswer>((resolve) => this.#waiting.set(number, resolve));
    this.#child.send({ ...call, call: number });
    const { value, error } = await withTimeout(answered, CALL_TIMEOUT_MS, call.do);
    if (error !== undefined) throw new Error(`${call.do}: ${error}`);
    return value;
  }
}
