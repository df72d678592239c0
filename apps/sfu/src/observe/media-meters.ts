import {
  Counter,
  Gauge,
  Histogram,
  LOSS_RATIO,
  type Registry,
  ROUND_TRIP_SECONDS,
  WAIT_SECONDS,
} from '@relais/metrics';
import type { WorkerLook } from './media-metrics.ts';

/** What is counted at each look. */
export function streamMeters(registry: Registry) {
  const registers = [registry];
  return {
    received: new Counter({
      name: 'relais_media_received_bytes_total',
      help: 'Bytes that came in, from browsers (webrtc) or other routers (pipe).',
      labelNames: ['worker', 'path'],
      registers,
    }),
    sent: new Counter({
      name: 'relais_media_sent_bytes_total',
      help: 'Bytes that went out, to browsers (webrtc) or other routers (pipe).',
      labelNames: ['worker', 'path'],
      registers,
    }),
    loss: new Histogram({
      name: 'relais_media_packet_loss_ratio',
      help: 'Share of packets lost of a stream, as RTCP last told; one stream of each transport at each look.',
      labelNames: ['direction', 'path'],
      buckets: LOSS_RATIO,
      registers,
    }),
    roundTrip: new Histogram({
      name: 'relais_media_round_trip_seconds',
      help: 'Seconds to a receiver and back, as RTCP last told; one stream of each transport at each look.',
      labelNames: ['path'],
      buckets: ROUND_TRIP_SECONDS,
      registers,
    }),
    sampleDuration: new Histogram({
      name: 'relais_media_sample_duration_seconds',
      help: 'Seconds that one look at all workers took.',
      buckets: WAIT_SECONDS,
      registers,
    }),
  };
}

interface Workers {
  budget: number;
  workers: () => readonly WorkerLook[];
}

/** What is read from the last look when somebody asks. */
export function workerGauges(registry: Registry, { budget, workers }: Workers): void {
  const registers = [registry];
  const labelNames = ['worker'] as const;
  const gauge = (name: string, help: string, read: (worker: WorkerLook) => number) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const worker of workers()) this.set({ worker: String(worker.index) }, read(worker));
      },
    });
  gauge('relais_media_worker_up', '1 while a process is in this place, else 0.', ({ state }) =>
    Number(state === 'up'),
  );
  gauge('relais_media_rooms', 'Rooms that a worker carries.', ({ rooms }) => rooms);
  gauge('relais_media_peers', 'Pairs of transports to browsers.', ({ peers }) => peers);
  gauge('relais_media_producers', 'Streams that browsers send.', ({ producers }) => producers);
  gauge('relais_media_consumers', 'Streams that browsers receive.', ({ consumers }) => consumers);
  gauge('relais_media_pipes', 'Ends of pipes to other workers and nodes.', ({ pipes }) => pipes);
  gauge(
    'relais_media_worker_resident_memory_max_bytes',
    'The most memory that a worker ever had.',
    (worker) => 1024 * (worker.maxRssKb ?? 0),
  );
  // The process counts: what it says is taken as it is, and falls to 0 with a new process, as counters may.
  const counter = (name: string, help: string, read: (worker: WorkerLook) => number | null) =>
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const worker of workers()) {
          const value = read(worker);
          if (value !== null) this.inc({ worker: String(worker.index) }, value);
        }
      },
    });
  counter(
    'relais_media_worker_cpu_seconds_total',
    'Processor time of a worker, user and system.',
    ({ cpuMs }) => (cpuMs === null ? null : cpuMs / 1000),
  );
  counter(
    'relais_media_worker_restarts_total',
    'How often a worker of this place has died.',
    ({ restarts }) => restarts,
  );
  new Gauge({ name: 'relais_media_budget', help: 'Consumers that one worker may carry.', registers }).set(
    budget,
  );
}
