import {
  addBytes,
  countTraffic,
  NO_BYTES,
  NO_TRAFFIC,
  socketBytes,
  type Bytes,
  type FrameCount,
} from '@relais/domain';
import type { Flows } from '../media/media-session.ts';
import { watchPageBytes } from './page-bytes.ts';
import { readTraffic } from './read-traffic.ts';

/** Milliseconds between two looks: what a connection carries after the last look at it and before its end is not counted. */
const TICK_MS = 2000;

export interface BudgetCare {
  close(): void;
}

/** [DATA-2] Counts what this page takes of the line: sound and pictures, the socket, and the page itself. */
export function createBudgetCare(deps: {
  flows: () => Pick<Flows, 'send' | 'recv'> | undefined;
  socket: () => FrameCount;
  isSecure: boolean;
  /** After each look, what came since the last. */
  counted: (added: Bytes) => void;
}): BudgetCare {
  const { flows, socket, isSecure, counted } = deps;
  const page = watchPageBytes();
  let memory = NO_TRAFFIC;
  let isLooking = false;
  let isClosed = false;

  async function look(): Promise<void> {
    const open = flows();
    const media = open ? await Promise.all([open.send, open.recv].map(countsOf)) : [];
    if (isClosed) return;
    const beside = [page.count(), { id: 'socket', ...socketBytes(socket(), isSecure), weight: 1 }];
    const next = countTraffic(memory, [...media.flat(), ...beside]);
    memory = next.memory;
    counted(next.added);
  }

  const tick = () => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => (isLooking = false));
  };
  tick();
  const timer = setInterval(tick, TICK_MS);

  return {
    close() {
      isClosed = true;
      clearInterval(timer);
      page.close();
    },
  };
}

/** A transport that closes meanwhile has no stats: it was looked at before. */
function countsOf(transport: Flows['send']) {
  return transport
    .getStats()
    .then((stats) => readTraffic(transport.id, stats.values()))
    .catch(() => []);
}

/** Bytes in an hour, as of late: what was added within a minute. */
export interface Pace {
  counted(added: Bytes, at: number): void;
  /** Undefined until there was enough to tell. */
  perHour(at: number): number | undefined;
}

const WINDOW_MS = 60_000;
const ENOUGH_MS = 15_000;
const HOUR_MS = 3_600_000;

export function createPace(): Pace {
  let looks: { at: number; added: Bytes }[] = [];
  return {
    counted(added, at) {
      looks = [...looks.filter((one) => at - one.at <= WINDOW_MS), { at, added }];
    },
    perHour(at) {
      const [first, ...since] = looks;
      if (!first || at - first.at < ENOUGH_MS) return undefined;
      const { up, down } = since.map(({ added }) => added).reduce(addBytes, NO_BYTES);
      return ((up + down) * HOUR_MS) / (at - first.at);
    },
  };
}
