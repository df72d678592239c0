import type { BrowserContext } from 'playwright-core';
import { bundle } from '../browser/bundle.ts';
import { launchChromium, newVisitor } from '../browser/chromium.ts';
import { firstFrame, watchFirstFrame } from '../browser/first-frame.ts';
import type { Options } from '../lib/args.ts';
import type { Findings } from '../lib/figure.ts';
import { openLoadPage } from '../load/load-page.ts';
import { startBareMedia } from '../servers/bare.ts';
import { startProduct } from '../servers/product.ts';
import { preparePages } from '../setup.ts';
import { startDelayProxy, type DelayProxy } from './delay-proxy.ts';
import { barePage, productPage, type JoinPage } from './pages.ts';
import { report, type Joined, type Runs } from './report.ts';
import { depthsOf, watchFrames } from './signalling.ts';

const FRAME_TIMEOUT_MS = 30_000;
/** A page that was opened before and has come to rest. */
const REST_MS = 1_000;
/** Added to every round trip of signalling in the runs that count them, in milliseconds. */
export const ADDED_ROUND_TRIP_MS = 300;

interface Side {
  page: JoinPage;
  proxy: DelayProxy;
}

/** From the click on Join to somebody else's picture, in Relais and in a bare page of mediasoup, in turns. */
export async function benchJoin(
  env: Record<string, string | undefined>,
  { quick, profileDir }: Options,
): Promise<Findings> {
  await preparePages(env);
  await using stack = new AsyncDisposableStack();
  const scripts = { load: await bundle('load/load.page.ts'), bare: await bundle('bare/page/join.page.ts') };
  for (const script of Object.values(scripts)) stack.defer(() => script.remove());
  const product = await startProduct({ env, pages: true, profileDir });
  stack.defer(() => product.stop());
  const bare = await startBareMedia(env, scripts.bare.file);
  stack.defer(() => bare.stop());
  const proxies = { ours: await startDelayProxy(product.url), bare: await startDelayProxy(bare.url) };
  for (const proxy of Object.values(proxies)) stack.defer(() => proxy.close());

  // Somebody is there already and sends: the same program on both sides, for the whole time.
  const code = await product.createMeeting();
  const senders = await launchChromium();
  stack.defer(() => senders.close());
  for (const [server, url, room] of [
    ['product', product.url, code],
    ['bare', bare.url, 'bench'],
  ] as const) {
    const load = await openLoadPage({ browser: senders, url, server, script: scripts.load });
    await load.join(room, 1);
  }

  const sides = {
    ours: { page: productPage(code), proxy: proxies.ours },
    bare: { page: barePage('bench'), proxy: proxies.bare },
  };
  return report({
    cold: await inTurns(quick ? 2 : 9, sides, coldRun),
    ...(await warmRuns(quick ? 2 : 11, sides)),
  });
}

type Sides = Record<'ours' | 'bare', Side>;

async function inTurns(
  rounds: number,
  sides: Sides,
  run: (side: Side, which: 'ours' | 'bare') => Promise<Joined>,
): Promise<Runs> {
  const runs: Runs = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    for (const which of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      runs[which].push(await run(sides[which], which));
    }
  }
  return runs;
}

/** A browser that has just started and never saw the page; the click comes as soon as it can. */
async function coldRun(side: Side): Promise<Joined> {
  const browser = await launchChromium();
  try {
    return await joinOnce(await newVisitor(browser), side, { restMs: 0 });
  } finally {
    await browser.close();
  }
}

/** One browser for each page, which has joined once before; each joins as it is and with a longer line, in turns. */
async function warmRuns(rounds: number, sides: Sides): Promise<{ warm: Runs; delayed: Runs }> {
  await using stack = new AsyncDisposableStack();
  const browsers = { ours: await launchChromium(), bare: await launchChromium() };
  for (const browser of Object.values(browsers)) stack.defer(() => browser.close());
  const visitors = { ours: await newVisitor(browsers.ours), bare: await newVisitor(browsers.bare) };
  const run = (side: Side, which: 'ours' | 'bare', addedMs: number) =>
    joinOnce(visitors[which], side, { restMs: REST_MS, addedMs });
  for (const which of ['ours', 'bare'] as const) await run(sides[which], which, 0);
  const delayed: Runs = { ours: [], bare: [] };
  const warm = await inTurns(rounds, sides, async (side, which) => {
    delayed[which].push(await run(side, which, ADDED_ROUND_TRIP_MS));
    return run(side, which, 0);
  });
  return { warm, delayed };
}

/** `addedMs`: added to each round trip from just before the click on. */
async function joinOnce(
  visitor: BrowserContext,
  { page: joining, proxy }: Side,
  { restMs, addedMs = 0 }: { restMs: number; addedMs?: number },
): Promise<Joined> {
  const page = await visitor.newPage();
  try {
    await watchFirstFrame(page);
    const frames = watchFrames(page);
    await joining.prepare(page, proxy.origin);
    await new Promise((resolve) => setTimeout(resolve, restMs));
    proxy.setOneWayDelay(addedMs / 2);
    const before = frames.length;
    await joining.click(page);
    const { clicked, frame } = await firstFrame(page, FRAME_TIMEOUT_MS);
    return { ms: frame - clicked, exchanges: depthsOf(frames.slice(before)) };
  } catch (error) {
    return { ms: undefined, exchanges: [], why: String(error) };
  } finally {
    proxy.setOneWayDelay(0);
    await page.close();
  }
}
