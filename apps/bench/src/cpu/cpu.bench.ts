import { bundle } from '../browser/bundle.ts';
import { launchChromium } from '../browser/chromium.ts';
import type { Options } from '../lib/args.ts';
import type { Findings } from '../lib/figure.ts';
import { openLoadPage, type Load } from '../load/load-page.ts';
import { startBareMedia } from '../servers/bare.ts';
import { startProduct } from '../servers/product.ts';
import { usageOf } from './processes.ts';
import { report, type Window } from './report.ts';

/** Everybody sends sound and picture and receives everybody else's. */
const PEOPLE = 4;
/** Before a window begins: senders have found their bitrate, keyframes for newcomers are over. */
const SETTLE_MS = 8_000;

/** The CPU that a server needs for each stream that it forwards, against mediasoup alone, in turns. */
export async function benchCpu(
  env: Record<string, string | undefined>,
  { quick, profileDir }: Options,
): Promise<Findings> {
  await using stack = new AsyncDisposableStack();
  const script = await bundle('load/load.page.ts');
  stack.defer(() => script.remove());
  const product = await startProduct({ env, pages: false, profileDir });
  stack.defer(() => product.stop());
  const bare = await startBareMedia(env);
  stack.defer(() => bare.stop());
  const browser = await launchChromium();
  stack.defer(() => browser.close());

  const code = await product.createMeeting();
  const sides = {
    ours: {
      pid: product.pid,
      room: code,
      load: await openLoadPage({ browser, url: product.url, server: 'product', script }),
    },
    bare: {
      pid: bare.pid,
      room: 'bench',
      load: await openLoadPage({ browser, url: bare.url, server: 'bare', script }),
    },
  };
  const seconds = quick ? 5 : 20;
  const windows = { ours: [] as Window[], bare: [] as Window[] };
  for (let pair = 0; pair < (quick ? 1 : 4); pair++) {
    for (const side of pair % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      windows[side].push(await measure(sides[side], seconds, quick ? 3_000 : SETTLE_MS));
    }
  }
  return report(windows, { people: PEOPLE, seconds });
}

async function measure(
  { pid, room, load }: { pid: number; room: string; load: Load },
  seconds: number,
  settleMs: number,
): Promise<Window> {
  await load.join(room, PEOPLE);
  await sleep(settleMs);
  const before = { usage: usageOf(pid), received: await load.received(), at: performance.now() };
  await sleep(seconds * 1000);
  const after = { usage: usageOf(pid), received: await load.received(), at: performance.now() };
  await load.leave();
  await sleep(500);
  const elapsed = (after.at - before.at) / 1000;
  const consumers = after.received.consumers;
  const used = (role: 'node' | 'worker' | 'database') =>
    (after.usage.cpu[role] - before.usage.cpu[role]) / elapsed;
  return {
    consumers,
    cpu: { node: used('node'), worker: used('worker'), database: used('database') },
    memoryKb: after.usage.memoryKb,
    packetsPerSecond: (after.received.packets - before.received.packets) / elapsed,
    kbitPerSecond: ((after.received.bytes - before.received.bytes) * 8) / 1000 / elapsed,
    framesPerSecond: (after.received.framesDecoded - before.received.framesDecoded) / elapsed,
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
