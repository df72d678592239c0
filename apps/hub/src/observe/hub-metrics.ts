import {
  Counter,
  Gauge,
  Histogram,
  Recent,
  RecentCount,
  Registry,
  WAIT_SECONDS,
  WRITE_SECONDS,
} from '@relais/metrics';
import type { Refusal, RequestName } from '@relais/protocol';

/** What is counted by looking at it, when somebody asks; the composition knows where. */
export interface HubState {
  /** Meetings that have somebody of this hub's in them. */
  meetings(): number;
  /** `held`: seats of those whose network was cut. */
  people(): { connected: number; held: number };
  sockets(): number;
  /** Media nodes that somebody could be placed on. */
  mediaNodes(): number;
  /** Whether the log answers. Settles within a few seconds. */
  logIsUp(): Promise<boolean>;
  /** Whether other hubs can be told; undefined where there is no bus: one hub alone. */
  busIsUp(): boolean | undefined;
}

export type Outcome = 'ok' | Refusal['kind'];
/** Requests of no known name are one, so that nobody can make series by inventing names. */
export type MeasuredRequest = RequestName | 'unknown';
export type AppendOutcome =
  'ok' | 'versionConflict' | 'duplicateMessage' | 'unknownMeeting' | 'unavailable' | 'threw';

/** What the admin page asks: of the last minutes, not since the start. */
const RECENT_MINUTES = 5;

/** The hub's measures, in a registry of its own: several hubs may run in one process. */
export type HubMetrics = ReturnType<typeof createHubMetrics>;

export function createHubMetrics({ now = Date.now } = {}) {
  const registry = new Registry();
  const parts = { ...requestMetrics(registry), ...logMetrics(registry), ...busMetrics(registry) };
  const recent = {
    join: new Recent({ windowMs: RECENT_MINUTES * 60_000, now }),
    append: new Recent({ windowMs: RECENT_MINUTES * 60_000, now }),
    accepted: new RecentCount(RECENT_MINUTES, now),
    refused: new RecentCount(RECENT_MINUTES, now),
  };
  const errors = new Map<string, number>();
  return {
    registry,
    /** A request was answered. */
    requested(request: MeasuredRequest, outcome: Outcome, seconds: number): void {
      parts.requests.inc({ request, outcome });
      parts.requestDuration.observe({ request }, seconds);
      if (outcome !== 'ok') errors.set(outcome, (errors.get(outcome) ?? 0) + 1);
      if (request === 'meeting:join') joined(outcome, seconds);
    },
    appended(outcome: AppendOutcome, seconds: number): void {
      parts.appendDuration.observe({ outcome }, seconds);
      recent.append.add(seconds);
    },
    busSent: () => parts.busMessages.inc({ direction: 'sent' }),
    busReceived: () => parts.busMessages.inc({ direction: 'received' }),
    /** Seconds from a hub's telling to this hub's hearing; clocks that disagree make it 0, not less. */
    busDelayed: (seconds: number) => parts.busDelay.observe(Math.max(0, seconds)),
    /** From now on gauges are read from there. Once. */
    watch: (state: HubState) => stateGauges(registry, state),
    /** For the admin page. */
    recent: () => ({
      joins: { accepted: recent.accepted.total(), refused: recent.refused.total() },
      joinSeconds: recent.join.quantiles(),
      appendSeconds: recent.append.quantiles(),
      errors: Object.fromEntries(errors),
    }),
  };

  function joined(outcome: Outcome, seconds: number): void {
    parts.joins.inc({ outcome });
    if (outcome !== 'ok') return recent.refused.add();
    parts.joinDuration.observe(seconds);
    recent.join.add(seconds);
    recent.accepted.add();
  }
}

function requestMetrics(registry: Registry) {
  const registers = [registry];
  const joins = new Counter({
    name: 'relais_joins_total',
    help: 'Joinings, by outcome: ok, or the kind of the refusal.',
    labelNames: ['outcome'],
    registers,
  });
  // Known from the start, so that the first joining is an increase and not a series that appears with 1.
  joins.inc({ outcome: 'ok' }, 0);
  return {
    joins,
    joinDuration: new Histogram({
      name: 'relais_join_duration_seconds',
      help: 'Seconds from a request to join to its answer, transports and first consumers included.',
      buckets: WAIT_SECONDS,
      registers,
    }),
    requests: new Counter({
      name: 'relais_requests_total',
      help: 'Requests on sockets, by name and outcome: ok, or the kind of the refusal.',
      labelNames: ['request', 'outcome'],
      registers,
    }),
    requestDuration: new Histogram({
      name: 'relais_request_duration_seconds',
      help: 'Seconds from a request to its answer, by name.',
      labelNames: ['request'],
      buckets: WAIT_SECONDS,
      registers,
    }),
  };
}

function logMetrics(registry: Registry) {
  return {
    appendDuration: new Histogram({
      name: 'relais_log_append_duration_seconds',
      help: 'Seconds of one append to the meeting log, by outcome.',
      labelNames: ['outcome'],
      buckets: WRITE_SECONDS,
      registers: [registry],
    }),
  };
}

function busMetrics(registry: Registry) {
  const registers = [registry];
  const busMessages = new Counter({
    name: 'relais_bus_messages_total',
    help: 'Messages between hubs, sent and received.',
    labelNames: ['direction'],
    registers,
  });
  for (const direction of ['sent', 'received']) busMessages.inc({ direction }, 0);
  return {
    busMessages,
    busDelay: new Histogram({
      name: 'relais_bus_delay_seconds',
      help: 'Seconds from one hub telling to this hub hearing, by the clocks of both.',
      buckets: WAIT_SECONDS,
      registers,
    }),
  };
}

function stateGauges(registry: Registry, state: HubState): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  gauge('relais_meetings', 'Meetings that have somebody of this hub in them.', () => state.meetings());
  gauge('relais_sockets', 'Sockets of browsers on this hub.', () => state.sockets());
  gauge('relais_media_nodes', 'Media nodes that somebody could be placed on.', () => state.mediaNodes());
  gauge('relais_log_available', '1 while the meeting log answers, else 0.', async () =>
    Number(await state.logIsUp().catch(() => false)),
  );
  gauge('relais_bus_up', '1 while other hubs can be told, else 0; 1 where there is one hub alone.', () =>
    Number(state.busIsUp() ?? true),
  );
  new Gauge({
    name: 'relais_people',
    help: 'People of this hub: connected, or held while their network is cut.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { connected, held } = state.people();
      this.set({ state: 'connected' }, connected);
      this.set({ state: 'held' }, held);
    },
  });
}
