import type { Browser, Page } from 'playwright-core';
import { launchChromium, newVisitor } from '../browser/chromium.ts';
import { workersOf } from '../cpu/processes.ts';
import { productPage } from '../join/pages.ts';
import type { Options } from '../lib/args.ts';
import type { Findings } from '../lib/figure.ts';
import { startProduct, type Product } from '../servers/product.ts';
import { preparePages } from '../setup.ts';
import { seenSince, untilBack, watchMedia } from './probe.ts';
import { report, type Crowd, type Recovery } from './report.ts';

/**
 * Two people leave two cores to the server; the cameras and pictures of three take all of both, so that most of what is
 * measured then is the browsers' own computing.
 */
const CROWDS = [2, 3];
const TIMEOUT_MS = 30_000;
/** Between two deaths: after a third within half a minute the pool takes a rest (apps/sfu, worker-slot.ts). */
const REST_MS = 16_000;

/** From the kill of the one media worker to everybody's sound and picture on everybody's screen. */
export async function benchRecovery(
  env: Record<string, string | undefined>,
  { quick, profileDir }: Options,
): Promise<Findings> {
  await preparePages(env);
  await using stack = new AsyncDisposableStack();
  // One worker: the one that dies has to be replaced before anything else can happen.
  const product = await startProduct({
    env,
    pages: true,
    profileDir,
    settings: { RELAIS_MEDIA_WORKERS: '1' },
  });
  stack.defer(() => product.stop());
  const browser = await launchChromium();
  stack.defer(() => browser.close());
  const crowds: Crowd[] = [];
  for (const people of CROWDS) {
    crowds.push({ people, recoveries: await killFor(people, quick ? 2 : 7, { product, browser }) });
  }
  return report(crowds);
}

async function killFor(
  people: number,
  times: number,
  { product, browser }: { product: Product; browser: Browser },
): Promise<Recovery[]> {
  const code = await product.createMeeting();
  const pages: Page[] = [];
  for (let i = 0; i < people; i++) {
    const page = await (await newVisitor(browser)).newPage();
    await watchMedia(page);
    const door = productPage(code);
    await door.prepare(page, product.url);
    await door.click(page);
    pages.push(page);
  }
  await allBack(pages, 0);
  const recoveries: Recovery[] = [];
  for (let i = 0; i < times; i++) recoveries.push(await killOnce(product, pages));
  await Promise.all(pages.map((page) => page.context().close()));
  return recoveries;
}

async function killOnce(product: Product, pages: readonly Page[]): Promise<Recovery> {
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const [pid] = workersOf(product.pid);
  if (pid === undefined) return { killedAt: 0, seen: [], why: 'no media worker was found' };
  process.kill(pid, 'SIGKILL');
  const killedAt = performance.timeOrigin + performance.now();
  const why = await allBack(pages, killedAt).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  const seen = await Promise.all(pages.map((page) => seenSince(page, killedAt)));
  return { killedAt, seen, ...(why !== undefined && { why }) };
}

async function allBack(pages: readonly Page[], since: number): Promise<void> {
  const others = pages.length - 1;
  await Promise.all(pages.map((page) => untilBack(page, { since, others, timeoutMs: TIMEOUT_MS })));
}
