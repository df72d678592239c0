type Listener = (...args: unknown[]) => void;

/**
 * Node's EventEmitter as far as mediasoup-client's classes reach it (slim-media-client.ts puts it in the place of the
 * `events` package, which weighs three times as much). Its tests run the same over Node's own.
 */
export class EventEmitter {
  #listeners = new Map<unknown, { listener: Listener; once: boolean }[]>();

  on(name: unknown, listener: Listener): this {
    return this.#put(name, [...this.#of(name), { listener, once: false }]);
  }

  once(name: unknown, listener: Listener): this {
    return this.#put(name, [...this.#of(name), { listener, once: true }]);
  }

  prependListener(name: unknown, listener: Listener): this {
    return this.#put(name, [{ listener, once: false }, ...this.#of(name)]);
  }

  prependOnceListener(name: unknown, listener: Listener): this {
    return this.#put(name, [{ listener, once: true }, ...this.#of(name)]);
  }

  /** The last one that is this listener. */
  off(name: unknown, listener: Listener): this {
    const kept = this.#of(name);
    const index = kept.findLastIndex((one) => one.listener === listener);
    return index < 0 ? this : this.#put(name, kept.toSpliced(index, 1));
  }

  removeAllListeners(name?: unknown): this {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  /** To those that listened when it was called; what one of them throws is thrown. */
  emit(name: unknown, ...args: unknown[]): boolean {
    const told = this.#of(name);
    for (const one of told) {
      if (one.once)
        this.#put(
          name,
          this.#of(name).filter((other) => other !== one),
        );
      one.listener.apply(this, args);
    }
    return told.length > 0;
  }

  listeners(name: unknown): Listener[] {
    return this.#of(name).map(({ listener }) => listener);
  }

  rawListeners(name: unknown): Listener[] {
    return this.listeners(name);
  }

  listenerCount(name: unknown): number {
    return this.#of(name).length;
  }

  /** There is no limit to warn of. */
  setMaxListeners(): this {
    return this;
  }

  #of(name: unknown) {
    return this.#listeners.get(name) ?? [];
  }

  #put(name: unknown, listeners: { listener: Listener; once: boolean }[]): this {
    this.#listeners.set(name, listeners);
    return this;
  }
}
