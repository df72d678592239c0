import type { Figure, Findings } from '../lib/figure.ts';
import type { Options } from '../lib/args.ts';
import { percentile } from '../lib/stats.ts';
import { startBareMessages } from '../servers/bare.ts';
import type { Running } from '../servers/child.ts';
import { startProduct, type Product } from '../servers/product.ts';
import { createAppender, type Appender } from './append-time.ts';
import { ChatClient } from './chat-client.ts';
import { Room, type Delivery } from './room.ts';

/** In a small meeting: a conversation; in the large one: a village hall. */
const SMALL = 8;
const LARGE = 200;
/** Between two posts, so that what one leaves behind (acknowledgements, garbage) is not charged to the next. */
const PAUSE_MS = 15;
/** The targets of the project: message and fan-out, against Socket.IO alone. */
const TARGET_RATIO = 1.5;

interface Servers {
  product: Product;
  bare: Running;
  appender: Appender;
}

/** How long a message takes to others' sockets, in the product and in Socket.IO alone, in turns. */
export async function benchMessages(
  env: Record<string, string | undefined>,
  { quick, profileDir }: Options,
): Promise<Findings> {
  const product = await startProduct({ env, pages: false, profileDir });
  const bare = await startBareMessages(env).catch(async (error: unknown) => {
    await product.stop();
    throw error;
  });
  try {
    const appender = await createAppender(await product.databaseUrl());
    const small = await compare({ product, bare, appender }, SMALL, quick ? 40 : 300);
    const large = await compare({ product, bare, appender }, LARGE, quick ? 30 : 200);
    await appender.close();
    return report(small, large);
  } finally {
    await Promise.all([product.stop(), bare.stop()]);
  }
}

interface Compared {
  ours: Delivery[];
  bare: Delivery[];
  /** One append to the product's database, alone, in each round. */
  appends: number[];
  lost: number;
  repeated: number;
}

async function compare(servers: Servers, size: number, rounds: number): Promise<Compared> {
  const code = await servers.product.createMeeting();
  const ours = new Room(await fill(size, (i) => ChatClient.joinProduct(servers.product.url, code, name(i))));
  const bare = new Room(await fill(size, (i) => ChatClient.joinBare(servers.bare.url, code, name(i))));
  try {
    // Both run their compilers hot, then are measured in turns, each as often first as second.
    const { appender } = servers;
    await inTurns({ ours, bare, appender }, Math.ceil(rounds / 4));
    const measured = await inTurns({ ours, bare, appender }, rounds);
    return { ...measured, lost: ours.lost + bare.lost, repeated: ours.repeated + bare.repeated };
  } finally {
    ours.close();
    bare.close();
  }
}

const name = (i: number) => `Participante ${i}`;

/** A few at a time, so that the server is not asked for all at once. */
async function fill(size: number, join: (i: number) => Promise<ChatClient>): Promise<ChatClient[]> {
  const clients: ChatClient[] = [];
  while (clients.length < size) {
    const batch = Array.from({ length: Math.min(20, size - clients.length) }, (_, i) => clients.length + i);
    clients.push(...(await Promise.all(batch.map(join))));
  }
  return clients;
}

type Measured = Pick<Compared, 'ours' | 'bare' | 'appends'>;

async function inTurns(
  { ours, bare, appender }: { ours: Room; bare: Room; appender: Appender },
  rounds: number,
): Promise<Measured> {
  const measured: Measured = { ours: [], bare: [], appends: [] };
  const steps = [
    async () => measured.ours.push(await ours.post()),
    async () => measured.appends.push(await appender.once()),
    async () => measured.bare.push(await bare.post()),
  ];
  for (let round = 0; round < rounds; round++) {
    for (const step of round % 2 === 0 ? steps : steps.toReversed()) {
      await step();
      await sleep(PAUSE_MS);
    }
  }
  return measured;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function report(small: Compared, large: Compared): Findings {
  const lost = small.lost + large.lost;
  const repeated = small.repeated + large.repeated;
  const appends = [...small.appends, ...large.appends];
  const append = percentile(appends, 0.5);
  const spread = percentile(
    large.ours.map((d) => d.last),
    0.5,
  );
  return {
    bench: 'messages',
    reference: 'Socket.IO alone, in memory',
    figures: [
      ...spreadOf(`post → next of ${SMALL} has it`, small, (d) => d.next),
      ...spreadOf(`post → last of ${LARGE} has it`, large, (d) => d.last, TARGET_RATIO),
      ...spreadOf(`post → answered, ${LARGE} in the room`, large, (d) => d.taken).slice(0, 1),
      { name: 'lost or repeated', unit: 'messages', ours: lost + repeated, target: 0 },
      { name: 'append to PostgreSQL with fsync, p50', unit: 'ms', ours: append },
      { name: 'append to PostgreSQL with fsync, p95', unit: 'ms', ours: percentile(appends, 0.95) },
    ],
    notes: [
      `${small.ours.length} messages to ${SMALL} sockets and ${large.ours.length} to ${LARGE}, each to both servers in turns.`,
      `The append is ${((append / spread) * 100).toFixed(0)} % of our median fan-out; the reference keeps nothing.`,
    ],
    broken: lost + repeated === 0 ? [] : [`${lost} messages were lost and ${repeated} came twice`],
  };
}

function spreadOf(
  what: string,
  { ours, bare }: Compared,
  of: (d: Delivery) => number,
  target?: number,
): Figure[] {
  return [0.5, 0.95, 0.99].map((p) => ({
    name: `${what}, p${p * 100}`,
    unit: 'ms',
    ours: percentile(ours.map(of), p),
    reference: percentile(bare.map(of), p),
    ...(target !== undefined && p === 0.5 && { target }),
  }));
}
