import { bundle } from '../browser/bundle.ts';
import { launchChromium, newVisitor } from '../browser/chromium.ts';
import { firstFrame, watchFirstFrame } from '../browser/first-frame.ts';
import type { Options } from '../lib/args.ts';
import type { Figure, Findings } from '../lib/figure.ts';
import { sum } from '../lib/stats.ts';
import { productPage } from '../join/pages.ts';
import { openLoadPage } from '../load/load-page.ts';
import { startProduct } from '../servers/product.ts';
import { preparePages } from '../setup.ts';
import { watchTransfers, type Transfer } from './transfers.ts';

/** The target of the project, in kilobytes (1,000 bytes). */
const TARGET_KB = 90;
const PROGRAM = ['Document', 'Stylesheet', 'Script'];

/** All that a browser that never saw Relais fetches from the link to somebody else's picture. */
export async function benchWeight(
  env: Record<string, string | undefined>,
  _options: Options,
): Promise<Findings> {
  await preparePages(env);
  await using stack = new AsyncDisposableStack();
  const script = await bundle('load/load.page.ts');
  stack.defer(() => script.remove());
  const product = await startProduct({ env, pages: true });
  stack.defer(() => product.stop());
  const browser = await launchChromium();
  stack.defer(() => browser.close());
  const code = await product.createMeeting();
  const load = await openLoadPage({ browser, url: product.url, server: 'product', script });
  await load.join(code, 1);

  const context = await newVisitor(browser);
  const page = await context.newPage();
  await watchFirstFrame(page);
  const watch = await watchTransfers(page);
  const joining = productPage(code);
  await joining.prepare(page, product.url);
  await joining.click(page);
  await firstFrame(page, 30_000);
  return report(await watch.stop());
}

function report(transfers: Transfer[]): Findings {
  const program = transfers.filter(({ kind }) => PROGRAM.includes(kind));
  const others = transfers.filter(({ kind }) => !PROGRAM.includes(kind));
  const kb = (of: (transfer: Transfer) => number, list: Transfer[]) => sum(list.map(of)) / 1000;
  const figure = (name: string, ours: number, target?: number): Figure => ({
    name,
    unit: 'kB',
    ours,
    ...(target !== undefined && { target }),
  });
  return {
    bench: 'weight',
    reference: 'as published, beside',
    figures: [
      figure('HTML, CSS and JavaScript, each gzip -9', kb(gzip, program), TARGET_KB),
      figure('the same over the wire, headers included', kb(wire, program)),
      figure('all else over the wire', kb(wire, others)),
      { name: 'requests of HTML, CSS and JavaScript', unit: '', ours: program.length },
      { name: 'requests in all', unit: '', ours: transfers.length },
    ],
    notes: [
      'A new browser profile, from the meeting’s link to the first picture of somebody else.',
      'Published: Galène’s page 71 kB gzip (54 kB and 17 kB of icons); MiroTalk SFU 6.66 MB in 98 requests.',
      ...transfers
        .toSorted((a, b) => b.gzip - a.gzip)
        .map(
          (t) =>
            `${t.path} ${(t.gzip / 1000).toFixed(1)} kB gzip, ${(t.wire / 1000).toFixed(1)} kB ${t.encoding || 'as it is'}`,
        ),
    ],
    broken: program.length === 0 ? ['no file was counted'] : [],
    details: transfers,
  };
}

const gzip = (transfer: Transfer) => transfer.gzip;
const wire = (transfer: Transfer) => transfer.wire;
