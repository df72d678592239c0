import type { HubId } from '@relais/protocol';
import { createMemoryMediaNode, type MemoryMediaNode } from '@relais/testing';
import { hubId } from '@relais/protocol';
import { pino } from 'pino';
import { createMemoryCheckReports } from '../src/adapters/memory-check-reports.ts';
import { createMemoryEntryStore } from '../src/adapters/memory-entry-store.ts';
import { MemoryHubExchange } from '../src/adapters/memory-hub-bus.ts';
import { createMemoryMeetingLog } from '../src/adapters/memory-meeting-log.ts';
import { createMemoryNoteStore } from '../src/adapters/memory-note-store.ts';
import { createMemoryRateLimiter } from '../src/adapters/memory-rate-limiter.ts';
import { createMemoryStillStore } from '../src/adapters/memory-still-store.ts';
import { createSingleMediaNodes } from '../src/adapters/single-media-nodes.ts';
import { createHub, type Hub } from '../src/hub.ts';
import type { Accounts } from '../src/ports/accounts.ts';
import type { MeetingLog } from '../src/ports/meeting-log.ts';
import type { NoteStore } from '../src/ports/note-store.ts';
import { CODE, MEETING_ID, SECRET } from './hub-rig.ts';
import { MemoryGateway } from './memory-gateway.ts';

export interface OneHub {
  id: HubId;
  hub: Hub;
  gateway: MemoryGateway;
  /** Killed: nothing that it still does in this process reaches the log or the media node. */
  isDead: boolean;
}

/** Several hubs on one log, one bus and one media node, all in memory, with one meeting, `CODE`. */
export class HubsRig {
  readonly log: MeetingLog;
  readonly exchange: MemoryHubExchange;
  readonly media: MemoryMediaNode = createMemoryMediaNode();
  readonly stills = createMemoryStillStore();
  readonly entry = createMemoryEntryStore();
  readonly notes: NoteStore;
  readonly hubs: OneHub[] = [];
  readonly accounts: Accounts | undefined;
  readonly #graceMs: number;
  #made = 0;

  constructor(
    options: {
      log?: MeetingLog;
      notes?: NoteStore;
      delivered?: 'at once' | 'when asked';
      graceMs?: number;
      accounts?: Accounts;
    } = {},
  ) {
    const { log = createMemoryMeetingLog(), delivered = 'at once', graceMs = 60_000 } = options;
    this.log = log;
    this.notes = options.notes ?? createMemoryNoteStore();
    this.accounts = options.accounts;
    this.exchange = new MemoryHubExchange(delivered);
    this.#graceMs = graceMs;
  }

  async createMeeting(): Promise<void> {
    const created = { type: 'meetingCreated', meetingId: MEETING_ID, code: CODE, title: 'Table', at: 1 };
    await this.log.create(created as Parameters<MeetingLog['create']>[0]);
  }

  start(): OneHub {
    this.#made += 1;
    const id = hubId.parse(`hub-${this.#made}`);
    const gateway = new MemoryGateway();
    const killed = { isDead: false };
    const isDead = () => killed.isDead;
    const hub = createHub({
      gateway,
      log: unlessDead(this.log, isDead),
      checkReports: createMemoryCheckReports(),
      entry: unlessDead(this.entry, isDead),
      notes: unlessDead(this.notes, isDead),
      // Rates are the limiter's own contract; here they would only stand in the way.
      limiter: { ...createMemoryRateLimiter(), take: async () => ({ ok: true }) },
      stills: unlessDead(this.stills, isDead),
      media: createSingleMediaNodes(unlessDead(this.media, isDead)),
      bus: this.exchange.connect(id),
      settings: { secret: SECRET, graceMs: this.#graceMs, now: () => Date.now() },
      logger: pino({ level: 'silent' }),
      ...(this.accounts && { accounts: this.accounts }),
    });
    const one: OneHub = Object.assign(killed, { id, hub, gateway });
    this.hubs.push(one);
    return one;
  }

  /** As kill -9 does: its sockets fall, and nothing that it does from now on reaches anybody. */
  kill(one: OneHub): void {
    one.isDead = true;
    this.exchange.setUp(one.id, false);
    for (const connection of [...one.gateway.connections]) connection.cut(false);
    this.hubs.splice(this.hubs.indexOf(one), 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.hubs.splice(0).map(({ hub }) => hub.close()));
  }
}

/** The same, until the hub is killed: from then on no call is carried out, and none is answered. */
function unlessDead<T extends object>(port: T, isDead: () => boolean): T {
  return new Proxy(port, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...given: unknown[]): unknown => {
        if (isDead() && name !== 'subscribe') return new Promise(() => undefined);
        return Reflect.apply(found, target, given) as unknown;
      };
    },
  });
}
