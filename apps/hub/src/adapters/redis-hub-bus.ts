import { randomUUID } from 'node:crypto';
import { backoff, withTimeout } from '@relais/kit';
import { hubId as hubIdSchema, type HubId } from '@relais/protocol';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { hubEnvelope, type HubBus, type HubBusListener, type HubEnvelope } from '../ports/hub-bus.ts';

/** What this adapter asks of a logger; pino's fits. */
interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const STREAM = 'relais:hubs';
/** Messages kept in Redis: some minutes of a busy evening; a hub that was away for longer asks the others. */
const KEPT = 10_000;
/** The longest that Redis holds an empty reading open, and that we then wait for its answer. */
const BLOCK_MS = 500;
const READ_TIMEOUT_MS = 2000;
const READ_COUNT = 500;
/** The longest that a writing may take; then the bus is taken for down. */
const WRITE_TIMEOUT_MS = 1500;
/** Writings that may be under way at once; one more is dropped, which the readers notice by its number. */
const MAX_UNDER_WAY = 2000;

/** What XREAD answers: for the one stream, entries of an id and the fields `m` and its value. */
const readAnswer = z
  .array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.array(z.string())]))]))
  .nullable();
const lastAnswer = z.array(z.tuple([z.string(), z.array(z.string())]));

/**
 * The hubs' messages on one Redis stream, capped: every hub reads all of it in the stream's order, and after a cut from
 * where it stood.
 */
export function createRedisHubBus(deps: { url: string; logger: Logger; hubId?: HubId }): HubBus {
  return new RedisHubBus(deps.url, deps.logger, deps.hubId ?? hubIdSchema.parse(randomUUID()));
}

class RedisHubBus implements HubBus {
  readonly hubId: HubId;
  readonly #logger: Logger;
  readonly #writer: Redis;
  readonly #reader: Redis;
  #listener: HubBusListener | undefined;
  #offset: string | undefined;
  #isUp = false;
  #wasUp = false;
  #isClosed = false;
  #underWay = 0;
  #lastWriting: Promise<void> = Promise.resolve();
  readonly #reading: Promise<void>;
  #wake: () => void = () => undefined;

  constructor(url: string, logger: Logger, hubId: HubId) {
    this.hubId = hubId;
    this.#logger = logger;
    this.#writer = connect(url, { commandTimeout: WRITE_TIMEOUT_MS, enableAutoPipelining: true });
    this.#reader = connect(url, { commandTimeout: READ_TIMEOUT_MS });
    for (const redis of [this.#writer, this.#reader]) {
      redis.on('error', () => undefined); // What it means is seen by whoever asks.
      redis.on('close', () => this.#down('the connection was closed'));
    }
    this.#reading = this.#read();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  publish(envelope: HubEnvelope): void {
    if (!this.#isUp || this.#underWay >= MAX_UNDER_WAY) return;
    this.#underWay += 1;
    this.#lastWriting = this.#writer
      .xadd(STREAM, 'MAXLEN', '~', KEPT, '*', 'm', JSON.stringify(envelope))
      .then(
        () => undefined,
        (error: unknown) => this.#down(reasonOf(error)),
      )
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  subscribe(listener: HubBusListener): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isUp = false;
    // What was said last (that this hub leaves) is handed over first: a quit would overtake what waits to be pipelined.
    await withTimeout(this.#lastWriting, WRITE_TIMEOUT_MS, 'the last writing').catch(() => undefined);
    await withTimeout(this.#writer.quit(), WRITE_TIMEOUT_MS, 'closing the bus').catch(() => undefined);
    this.#writer.disconnect();
    this.#reader.disconnect();
    this.#wake();
    await this.#reading;
  }

  async #read(): Promise<void> {
    for (let failures = 0; !this.#isClosed;) {
      try {
        await this.#standBy();
        for (const { id, text } of await this.#next()) {
          this.#offset = id;
          this.#tell(text);
        }
        failures = 0;
      } catch (error) {
        if (this.#isClosed) return;
        this.#down(reasonOf(error));
        await this.#pause(backoff(failures, Math.random(), 50, 1000));
        failures += 1;
      }
    }
  }

  /** Both connections stand, Redis takes what is written, and the place in the stream from which to read is known. */
  async #standBy(): Promise<void> {
    if (this.#isUp) return;
    // A writing, for a Redis that answers may still take none: a replica, or one whose disk is full.
    await this.#writer.xtrim(STREAM, 'MAXLEN', '~', KEPT);
    const last =
      lastAnswer.parse(await this.#reader.xrevrange(STREAM, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0-0';
    // A stream that ends before our place is another one: Redis was started again, perhaps with another clock.
    if (this.#offset === undefined || isBefore(last, this.#offset)) this.#offset = last;
    this.#isUp = true;
    if (this.#wasUp) this.#logger.info({}, 'Redis is back: hubs hear each other again');
    this.#wasUp = true;
    this.#listener?.changed(true);
  }

  async #next(): Promise<{ id: string; text: string }[]> {
    const offset = this.#offset ?? '$';
    const answer = readAnswer.parse(
      await this.#reader.xread('COUNT', READ_COUNT, 'BLOCK', BLOCK_MS, 'STREAMS', STREAM, offset),
    );
    return (answer?.[0]?.[1] ?? []).map(([id, fields]) => ({ id, text: fields[1] ?? '' }));
  }

  #tell(text: string): void {
    const parsed = hubEnvelope.safeParse(jsonOf(text));
    if (!parsed.success) {
      this.#logger.warn(
        { issues: parsed.error.issues.slice(0, 3) },
        'a message on the bus was not understood',
      );
      return;
    }
    if (parsed.data.from === this.hubId) return;
    try {
      this.#listener?.message(parsed.data);
    } catch (error) {
      // A listener's defect is its own: the messages after this one are to be heard.
      this.#logger.error(
        { err: error, type: parsed.data.message.type },
        'a message on the bus could not be taken',
      );
    }
  }

  #down(reason: string): void {
    if (!this.#isUp || this.#isClosed) return;
    this.#isUp = false;
    this.#logger.warn({ reason }, 'Redis is away: hubs do not hear each other');
    // A peer that hangs answers late what nobody waits for any more: begin on fresh connections.
    this.#writer.disconnect(true);
    this.#reader.disconnect(true);
    this.#listener?.changed(false);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function connect(url: string, options: { commandTimeout: number; enableAutoPipelining?: boolean }): Redis {
  return new Redis(url, {
    connectTimeout: 2000,
    keepAlive: 10_000,
    // What was to be said during an outage is of no use after it: readers ask for the whole.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1000),
    ...options,
  });
}

function isBefore(a: string, b: string): boolean {
  const [aTime = 0, aCount = 0] = a.split('-').map(Number);
  const [bTime = 0, bCount = 0] = b.split('-').map(Number);
  return aTime < bTime || (aTime === bTime && aCount < bCount);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
