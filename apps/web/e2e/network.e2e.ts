import { expect, test, type Page } from '@playwright/test';
import { goodLine, lte } from '@relais/testing/lab/profiles';
import { whyNoLaboratory } from '@relais/testing/lab/system';
import { chromiumPath, launch, launchOwn } from './support/browser.ts';
import { openLaboratory } from './support/laboratory.ts';
import { connectionsMade } from './support/media-routes.ts';
import { expectAudible, expectMovingPicture } from './support/media.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const why = await whyNoLaboratory();
const chromium = chromiumPath();

/** The sound that plays in the page, and in pages within it: by which speaker. */
function playing(page: Page): Promise<{ here: string[]; within: string[]; frames: number }> {
  return page.evaluate(() => {
    const speakers = (of: Document) =>
      [...of.querySelectorAll('audio')].filter(({ paused }) => !paused).map(({ sinkId }) => sinkId);
    const frames = [...document.querySelectorAll('iframe')];
    return {
      here: speakers(document),
      within: frames.flatMap(({ contentDocument }) => (contentDocument ? speakers(contentDocument) : [])),
      frames: frames.length,
    };
  });
}

/** Which addresses of the device the page's connections are found to be of; a name that was made up is none. */
function ownAddresses(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    const stats = await Promise.all(collectedConnections.map((connection) => connection.getStats()));
    const local = stats
      .flatMap((of) => [...of.values()] as Record<string, unknown>[])
      .filter(({ type, candidateType }) => type === 'local-candidate' && candidateType === 'host');
    return local.map(({ address }) => String(address)).filter((address) => /^[\d.]+$/.test(address));
  });
}

test.describe('a computer that goes to another network', () => {
  test('[BACK-5] hears and sees the others again over the same connections, and they it, time after time and back', async () => {
    test.skip(why !== undefined || chromium === undefined, why ?? 'no Chromium to put on a line of its own');
    test.setTimeout(300_000);
    await using stack = new AsyncDisposableStack();
    const product = await openLaboratory();
    stack.defer(() => product.close());
    const { url, args, laboratory } = product;
    const onLine = await laboratory.person(goodLine);
    const here = await launch({ args: [...args] });
    stack.defer(() => here.close());
    const executable = await onLine.programThere(chromium!);
    const there = await launchOwn({ origin: url, args, executable });
    stack.defer(() => there.close());

    const code = await product.createMeeting();
    const ana = await Person.joining(here, { url, code, name: 'Ana' });
    const lea = await Person.joining(there, { url, code, name: 'Léa' });
    await Promise.all([expectMovingPicture(lea, 'Ana'), expectMovingPicture(ana, 'Léa')]);
    expect(await ownAddresses(lea.page), 'she is bound to no address').toEqual([]);
    const made = await connectionsMade(lea.page);
    // What the page fetches late is here: a file that is cut off half way keeps Chromium waiting for its own cache, for up to 20 s.
    await lea.openMessages();

    for (const line of [lte, goodLine, lte, goodLine]) {
      await onLine.connect(line);
      await Promise.all([expectAudible(lea, 1), expectAudible(ana, 1)]);
      await Promise.all([expectMovingPicture(lea, 'Ana', 60_000), expectMovingPicture(ana, 'Léa', 60_000)]);
      await expect.poll(() => playing(lea.page)).toEqual({ here: [], within: [''], frames: 1 });
    }
    // Nobody was opened anew, nobody is there twice, and the socket found its way, too.
    expect(await connectionsMade(lea.page)).toBe(made);
    const tiles = (of: Person) =>
      of.page.getByRole('region', { name: 'Personnes à l’écran' }).getByRole('listitem');
    await expect(tiles(ana)).toHaveCount(2);
    await expect(tiles(lea)).toHaveCount(2);
    await ana.openMessages();
    await lea.write('me revoici');
    await expect(ana.page.getByText('me revoici').first()).toBeAttached({ timeout: 30_000 });
  });
});

test.describe('the page within ours that connections are made in', () => {
  const use = useProduct();

  test('[BACK-5] gives way to our own when another speaker is chosen, where sound then plays, and goes with the meeting', async () => {
    const { product, browser } = use;
    const code = await product.createMeeting();
    const ana = await Person.joining(browser, { url: product.url, code, name: 'Ana' });
    const bea = await Person.joining(browser, { url: product.url, code, name: 'Béa' });
    await Promise.all([expectAudible(ana, 1), expectAudible(bea, 1)]);
    await expect.poll(() => playing(ana.page)).toEqual({ here: [], within: [''], frames: 1 });

    await ana.button('Plus').click();
    await ana
      .button('Micro, caméra et haut-parleur')
      .or(ana.page.getByRole('menuitem', { name: 'Micro, caméra et haut-parleur' }))
      .first()
      .click();
    const speakers = ana.page.getByRole('combobox', { name: 'Haut-parleur', exact: true });
    const other = await speakers
      .locator('option:not([value=default], [value=""])')
      .first()
      .getAttribute('value');
    await speakers.selectOption(other);
    await expect.poll(() => playing(ana.page)).toEqual({ here: [other], within: [], frames: 0 });
    await Promise.all([expectAudible(ana, 1), expectAudible(bea, 1)]);
    await Promise.all([expectMovingPicture(ana, 'Béa'), expectMovingPicture(bea, 'Ana')]);

    // Whoever comes with it plays there from the start.
    await ana.page.reload();
    await ana.enter();
    await expect.poll(() => playing(ana.page)).toEqual({ here: [other], within: [], frames: 0 });

    await bea.button('Quitter').click();
    await expect(bea.page.getByRole('heading', { name: 'Vous avez quitté la rencontre' })).toBeVisible();
    await expect.poll(() => playing(bea.page)).toEqual({ here: [], within: [], frames: 0 });
  });
});
