import { randomUUID } from 'node:crypto';
import type { ChatClient } from './chat-client.ts';

/** As long as a message of two lines, the same for both servers. */
const TEXT =
  'Bonjour à toutes et à tous, le compte rendu de mardi est prêt ; dites-moi avant vendredi ce qui y manque, merci.';
const ARRIVAL_TIMEOUT_MS = 10_000;

/** What became of one message. All in milliseconds from just before it was posted. */
export interface Delivery {
  /** The poster has its answer. */
  taken: number;
  /** The one who sits next to the poster has it. */
  next: number;
  /** The last of all sockets has it, the poster's own included. */
  last: number;
}

interface Watched {
  at: (number | undefined)[];
  missing: number;
  complete: () => void;
}

/** All clients of one meeting on one server, and the account of what each has got. */
export class Room {
  readonly #clients: ChatClient[];
  readonly #watched = new Map<string, Watched>();
  #posts = 0;
  /** Messages that somebody did not get within ten seconds, times those who did not. */
  lost = 0;
  /** Messages that somebody got twice. */
  repeated = 0;

  constructor(clients: ChatClient[]) {
    this.#clients = clients;
    clients.forEach((client, place) => client.onMessage((id) => this.#arrived(id, place)));
  }

  /** Posted by each member in turn, so that nobody meets the limit of messages per person. */
  async post(): Promise<Delivery> {
    const poster = this.#posts % this.#clients.length;
    this.#posts += 1;
    const id = randomUUID();
    const watched: Watched = { at: [], missing: this.#clients.length, complete: () => undefined };
    const complete = new Promise<void>((resolve) => (watched.complete = resolve));
    this.#watched.set(id, watched);
    const began = performance.now();
    const taken = this.#clients[poster]!.post(id, TEXT).then(() => performance.now() - began);
    const late = setTimeout(watched.complete, ARRIVAL_TIMEOUT_MS);
    await complete;
    clearTimeout(late);
    this.lost += watched.missing;
    const arrivals = watched.at.map((at) => (at ?? Infinity) - began);
    return {
      taken: await taken,
      next: arrivals[(poster + 1) % this.#clients.length] ?? Infinity,
      last: Math.max(...arrivals),
    };
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  #arrived(id: string, place: number): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    if (watched.at[place] !== undefined) {
      this.repeated += 1;
      return;
    }
    watched.at[place] = performance.now();
    watched.missing -= 1;
    if (watched.missing === 0) watched.complete();
  }
}
