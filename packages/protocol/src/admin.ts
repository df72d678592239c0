import { z } from 'zod';
import { hubId, nodeId } from './ids.ts';

/**
 * What the admin page shows, and what hubs and media nodes tell of themselves for it. Numbers, and names of processes:
 * never a meeting, a person, a code or an address. Times are milliseconds, rates bits per second, shares 0 to 1.
 */

const count = z.int().min(0);
const ms = z.number().min(0);

/** Of the last five minutes; null when nothing was measured. */
const quantiles = z.strictObject({ p50: ms, p99: ms, count }).nullable();

export const hubOverview = z.strictObject({
  hubId,
  version: z.string().max(64),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** Meetings that have somebody of this hub's in them. */
  meetings: count,
  /** `held`: seats of those whose network was cut, until their grace ends. */
  people: z.strictObject({ connected: count, held: count }),
  sockets: count,
  /** Joinings of the last five minutes. */
  joins: z.strictObject({ accepted: count, refused: count }),
  joinMs: quantiles,
  logAppendMs: quantiles,
  /** Since the last telling, ten seconds or so. */
  eventLoopDelayMs: z.strictObject({ p50: ms, p99: ms }),
  /** One processor that is fully used is 1. */
  cpu: z.number().min(0),
  memoryBytes: count,
  /** Requests that were refused since the start, by the refusal's kind. */
  errors: z.record(z.string().max(64), count),
});
export type HubOverview = z.infer<typeof hubOverview>;

export const workerOverview = z.strictObject({
  index: count,
  /** `down`: it died and the next one is not up yet. */
  state: z.enum(['up', 'down']),
  restarts: count,
  rooms: count,
  peers: count,
  producers: count,
  consumers: count,
  /** Ends of pipes to other workers and nodes. */
  pipes: count,
  cpu: z.number().min(0).nullable(),
});
export type WorkerOverview = z.infer<typeof workerOverview>;

const spread = z.strictObject({ p50: z.number().min(0), p99: z.number().min(0) }).nullable();

export const nodeOverview = z.strictObject({
  nodeId,
  version: z.string().max(64),
  startedAt: z.number(),
  draining: z.boolean(),
  /** Consumers that all its workers may carry. */
  capacity: count,
  workers: z.array(workerOverview).max(64),
  receivedBps: z.number().min(0),
  sentBps: z.number().min(0),
  /** Over the streams that were looked at last; null when there was none. */
  loss: spread,
  roundTripMs: spread,
  eventLoopDelayMs: z.strictObject({ p50: ms, p99: ms }),
});
export type NodeOverview = z.infer<typeof nodeOverview>;

/** A node as the directory lists it, and what it told when it was asked; null when it did not answer. */
export const listedNode = z.strictObject({
  nodeId,
  draining: z.boolean(),
  consumers: count,
  capacity: count,
  told: nodeOverview.nullable(),
});
export type ListedNode = z.infer<typeof listedNode>;

/** `none`: Relais was started without it. */
const store = z.enum(['up', 'down', 'none']);

/** The answer to `GET /api/admin/overview`. */
export const overview = z.strictObject({
  /** Milliseconds since 1970, on the clock of the hub that answers. */
  at: z.number(),
  answeredBy: hubId,
  /** All over the cluster: a meeting that several hubs carry is one. */
  meetings: count,
  people: z.strictObject({ connected: count, held: count }),
  hubs: z.array(hubOverview).max(64),
  nodes: z.array(listedNode).max(256),
  stores: z.strictObject({ postgres: store, redis: store }),
});
export type Overview = z.infer<typeof overview>;

/** An email as the outbox tells of it; instants in milliseconds since 1970. */
export const adminMail = z.strictObject({
  key: z.string(),
  kind: z.string(),
  to: z.string(),
  lang: z.enum(['fr', 'en']),
  subject: z.string(),
  /** Empty once it was sent, or will not be: links in it are secrets. */
  text: z.string(),
  state: z.enum(['waiting', 'sending', 'sent', 'failed']),
  tries: count,
  /** Why it could not be sent, the last time; empty: nothing went wrong. */
  error: z.string(),
  createdAt: z.number(),
  doneAt: z.number().nullable(),
});
export type AdminMail = z.infer<typeof adminMail>;

/** Emails, the newest first. */
export const adminMails = z.strictObject({
  /** Whether there is a mail server: without one, this is where emails are read. */
  isSending: z.boolean(),
  mails: z.array(adminMail),
  /** What asks for the next page; null: there is none. */
  next: z.string().nullable(),
});
export type AdminMails = z.infer<typeof adminMails>;

/** Where a page of emails begins: as the page before told it. */
export const mailCursor = z
  .string()
  .regex(/^\d{1,15}\.[^\p{Cc}]{1,300}$/u)
  .transform((text) => {
    const [createdAt = '', ...key] = text.split('.');
    return { createdAt: Number(createdAt), key: key.join('.') };
  });
