import { Serial, withTimeout } from '@relais/kit';
import { nodeAnnouncement, type NodeAnnouncement, type NodeDirectory } from '@relais/protocol';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { issuesOf } from '../issues-of.ts';
import type { Logger } from '../logger.ts';
import { ANNOUNCE_INTERVAL_MS, ANNOUNCEMENT_TTL_MS, MAX_NODES } from './limits.ts';
import { NodeList } from './node-list.ts';

const KEY = 'relais:node:';
/** The ids of nodes that may have a key; one whose key has gone is taken out by whoever looks. */
const INDEX = 'relais:nodes';
/** Says that it is worth looking now. */
const CHANGED = 'relais:nodes:changed';

/** Redis answers within a millisecond or is in trouble. */
const ANSWER_TIMEOUT_MS = 1000;
/** Entries that were complained of are remembered up to this many. */
const MAX_COMPLAINTS = 1000;

/** Nodes by their announcements in a Redis that all hubs and nodes share. Each outage is logged once, and its end. */
export function createRedisNodeDirectory(deps: { url: string; logger: Logger }): NodeDirectory {
  return new RedisDirectory(deps);
}

class RedisDirectory implements NodeDirectory {
  readonly #logger: Logger;
  readonly #redis: Redis;
  /** Apart: a connection that listens may ask nothing. */
  readonly #ear: Redis;
  readonly #list = new NodeList();
  /** One command after another; while one is slow those that come are dropped, the next second brings another. */
  readonly #looking = new Serial(2);
  readonly #saying = new Serial(2);
  readonly #complained = new Set<string>();
  readonly #polling: ReturnType<typeof setInterval>;
  #current: (() => NodeAnnouncement) | undefined;
  #announcing: ReturnType<typeof setInterval> | undefined;
  #said: { nodeId: string; draining: boolean } | undefined;
  #away = false;
  #closed = false;

  constructor({ url, logger }: { url: string; logger: Logger }) {
    this.#logger = logger;
    this.#redis = connect(url);
    this.#ear = connect(url);
    for (const redis of [this.#redis, this.#ear]) {
      redis.on('error', (error: Error) => this.#outage(error.message));
      redis.on('close', () => this.#outage('the connection was closed'));
    }
    // An empty Redis after a restart, or news that were missed: said and looked at anew as soon as it is there.
    this.#redis.on('ready', () => {
      this.#say(true);
      this.#look();
    });
    this.#ear.on('ready', () => this.#listen());
    this.#ear.on('message', () => this.#look());
    this.#polling = setInterval(() => this.#look(), ANNOUNCE_INTERVAL_MS);
    this.#polling.unref();
  }

  announce(current: () => NodeAnnouncement): void {
    clearInterval(this.#announcing);
    this.#current = current;
    this.#announcing = setInterval(() => this.#say(false), ANNOUNCE_INTERVAL_MS);
    this.#announcing.unref();
    this.#say(false);
  }

  async withdraw(): Promise<void> {
    clearInterval(this.#announcing);
    this.#current = undefined;
    const said = this.#said;
    if (!said || this.#closed) return;
    this.#said = undefined;
    const gone = this.#saying.run(async () => {
      const { nodeId } = said;
      await this.#redis
        .pipeline()
        .del(KEY + nodeId)
        .srem(INDEX, nodeId)
        .publish(CHANGED, nodeId)
        .exec();
    });
    // While Redis is away it goes by itself, when the announcement holds no longer.
    await withTimeout(gone, 2 * ANSWER_TIMEOUT_MS, 'withdrawing the node').catch(() => undefined);
  }

  watch(listener: (nodes: readonly NodeAnnouncement[]) => void): () => void {
    return this.#list.watch(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#announcing);
    clearInterval(this.#polling);
    this.#list.close();
    this.#redis.disconnect();
    this.#ear.disconnect();
  }

  /** Announces; and has everybody look at once when the node is new or begins to drain. */
  #say(anew: boolean): void {
    this.#ask(this.#saying, async () => {
      const now = this.#current?.();
      if (!now) return;
      const { nodeId, draining } = now;
      const news = anew || this.#said?.nodeId !== nodeId || this.#said.draining !== draining;
      const asked = this.#redis
        .pipeline()
        .set(KEY + nodeId, JSON.stringify(now), 'PX', ANNOUNCEMENT_TTL_MS)
        .sadd(INDEX, nodeId);
      if (news) asked.publish(CHANGED, nodeId);
      throwIfFailed(await asked.exec());
      this.#said = { nodeId, draining };
    });
  }

  #look(): void {
    this.#ask(this.#looking, async () => {
      const ids = (await this.#redis.smembers(INDEX)).slice(0, MAX_NODES);
      const texts = ids.length === 0 ? [] : await this.#redis.mget(ids.map((id) => KEY + id));
      const gone = ids.filter((_, index) => texts[index] === null);
      if (gone.length > 0) await this.#redis.srem(INDEX, gone);
      this.#list.set(ids.flatMap((id, index) => this.#read(id, texts[index] ?? null)));
      this.#back();
    });
  }

  #read(id: string, text: string | null): NodeAnnouncement[] {
    if (text === null) return [];
    const parsed = announcementText.safeParse(text);
    if (parsed.success && parsed.data.nodeId === id) {
      this.#complained.delete(id);
      return [parsed.data];
    }
    if (!this.#complained.has(id) && this.#complained.size < MAX_COMPLAINTS) {
      this.#complained.add(id);
      const issues = parsed.success ? ['it is of another id'] : issuesOf(parsed.error);
      this.#logger.warn(
        { node: id.slice(0, 64), issues },
        'an announced node was passed over: it does not fit',
      );
    }
    return [];
  }

  #listen(): void {
    this.#ear.subscribe(CHANGED).then(
      () => this.#look(),
      (error: unknown) => this.#outage(String(error)),
    );
  }

  /** What fails is of no consequence but that Redis is away; nothing is asked of one that is known to be. */
  #ask(serial: Serial, question: () => Promise<void>): void {
    if (this.#closed || this.#redis.status !== 'ready' || serial.waiting >= 2) return;
    serial.run(question).catch((error: unknown) => {
      this.#outage(error instanceof Error ? error.message : String(error));
    });
  }

  #outage(reason: string): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    this.#logger.warn({ reason }, 'Redis is away: media nodes are those last known');
  }

  #back(): void {
    if (!this.#away || this.#ear.status !== 'ready') return;
    this.#away = false;
    this.#logger.info({}, 'Redis is back: media nodes are known again');
  }
}

const announcementText = z
  .string()
  .max(4096)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('it is not JSON');
      return z.NEVER;
    }
  })
  .pipe(nodeAnnouncement);

function throwIfFailed(answers: [Error | null, unknown][] | null): void {
  const failed = answers?.find(([error]) => error)?.[0];
  if (failed) throw failed;
}

function connect(url: string): Redis {
  return new Redis(url, {
    commandTimeout: ANSWER_TIMEOUT_MS,
    connectTimeout: 5000,
    // What was asked before an outage is of no use after it.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // The channel is subscribed to by `ready`, which looks as well.
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 4), 1000),
  });
}
