/** One conversation with the hub, from its opening to its end; another one is another line. */
export interface Line {
  /** `answered` is called once, or never; what is returned stops waiting for it. */
  ask(name: string, payload: unknown, answered: (value: unknown) => void): () => void;
  /** Tells the hub that one leaves, and closes. */
  leave(): void;
  /** Closes without a word, as a line that falls. */
  drop(): void;
}

/** What has passed on WebSockets, which a browser counts nothing of: frames each way, the bytes in them, openings. */
export interface Passed {
  frames: { up: number; down: number };
  bytes: { up: number; down: number };
  openings: number;
}

/** What a line tells; nothing any more after `closed`, nor after `leave` or `drop`. */
export interface LineEvents {
  /** Added to by a line whose requests are not in the browser's own list of what the page fetched. */
  passed: Passed;
  opened(): void;
  told(name: string, fact: unknown): void;
  /** It never opened, fell, or the hub ended it. */
  closed(): void;
}

/** Where the hub takes sockets. */
export const SOCKET_PATH = '/socket.io/';
