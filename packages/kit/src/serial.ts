/**
 * Runs tasks one after another, in the order given; a task's failure is its own and stops nothing. At most
 * `limit` may wait: one more is refused by a rejection, so that a stuck task cannot fill the memory.
 */
export class Serial {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  readonly #limit: number;

  constructor(limit = 1000) {
    this.#limit = limit;
  }

  get waiting(): number {
    return this.#waiting;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#limit) throw new SerialOverflow();
    this.#waiting += 1;
    const done = this.#tail.then(task).finally(() => {
      this.#waiting -= 1;
    });
    this.#tail = done.catch(() => undefined);
    return done;
  }
}

/** More tasks than `Serial` may hold. */
export class SerialOverflow extends Error {
  override readonly name = 'SerialOverflow';
}
