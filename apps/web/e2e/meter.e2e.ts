import { expect, test } from '@playwright/test';
import { chromiumPath, launch } from './support/browser.ts';
import { whyNoNamespaces } from './support/network.ts';
import { Person } from './support/person.ts';
import { Product } from './support/product.ts';
import { Roaming } from './support/roaming.ts';
import { usedHere } from './support/used-data.ts';

const why = await whyNoNamespaces();
const chromium = chromiumPath();

test('[DATA-2] the meter says what the line has carried, page, socket, sound, pictures and all their headers', async () => {
  test.skip(why !== undefined || chromium === undefined, why ?? 'no Chromium to put on a line of its own');
  test.setTimeout(300_000);
  const roaming = await Roaming.create(chromium!);
  const product = await Product.start();
  const url = `http://${roaming.serverAddress}:${product.port}`;
  const secure = [`--unsafely-treat-insecure-origin-as-secure=${url}`];
  const browser = await launch();
  const away = await launch({ executable: roaming.wrapper, args: secure });
  try {
    const code = await product.createMeeting();
    await Person.joining(browser, { url: product.url, code, name: 'Ana Tremblay' });
    const bea = await Person.joining(away, { url, code, name: 'Béatrice Côté' });
    /** What the meter says, just written, and what has passed by then. */
    const look = async (least: number) => {
      const before = await usedHere(bea.page);
      await expect
        .poll(() => usedHere(bea.page), { intervals: [50], timeout: 100_000 })
        .toBeGreaterThan(Math.max(before, least));
      return { meter: await usedHere(bea.page), line: await roaming.carried('wifi') };
    };
    const first = await look(0);
    const second = await look(first.meter + 2_500_000);
    const ratio = (second.meter - first.meter) / (second.line - first.line);
    console.log(
      `meter ${second.meter}, line ${second.line}; of what came between two looks ${ratio.toFixed(3)}`,
    );
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
    // From the beginning: what is a moment old is not written yet.
    expect(second.meter / second.line).toBeGreaterThan(0.85);
    expect(second.meter / second.line).toBeLessThan(1.1);
  } finally {
    await Promise.all([browser.close(), away.close()]);
    await product.stop();
    await roaming.close();
  }
});
