import { expect, test } from '@playwright/test';
import { expectAudible, inbound } from './support/media.ts';
import { Person } from './support/person.ts';
import { useProduct } from './support/use-product.ts';

const use = useProduct();

/** Words of a page of text, as somebody might share it. */
const WORDS =
  'concertation navette covoiturage territoire entente municipale jeunesse logement alimentaire transport budget suivi avril comité horaire village école santé familles projet partenaires mobilisation enjeux priorités récolte échéance responsable animation rencontre bénévoles'.split(
    ' ',
  );

interface SharedPage {
  /** Where each word stands: its index in WORDS and its place. */
  slots: { word: number; x: number; y: number; width: number }[];
}

/** In place of the computer's screen: a page of text of 1280 × 720, 17-pixel letters, that this test can change. */
function sharePage(words: string[]): void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 720];
  const context = canvas.getContext('2d')!;
  const draw = (first: number): SharedPage => {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, 1280, 720);
    context.fillStyle = '#18231f';
    context.font = '17px sans-serif';
    const slots: SharedPage['slots'] = [];
    for (let row = 0, n = first; row < 26; row += 1) {
      for (let column = 0; column < 9; column += 1, n += 7) {
        const word = n % words.length;
        const [x, y] = [20 + column * 140, 30 + row * 26];
        context.fillText(words[word]!, x, y);
        slots.push({ word, x, y, width: context.measureText(words[word]!).width });
      }
    }
    return { slots };
  };
  Object.assign(window, { drawPage: draw });
  draw(0);
  navigator.mediaDevices.getDisplayMedia = () => {
    const stream = canvas.captureStream(5);
    // A canvas on which nothing happens gives no picture: a cursor blinks.
    setInterval(() => {
      context.fillStyle = Math.floor(performance.now() / 500) % 2 ? '#000' : '#fff';
      context.fillRect(1260, 700, 2, 16);
    }, 500);
    return Promise.resolve(stream);
  };
}

/** Keeps the size of each image that was put together from its pieces. */
function noteSizes(): void {
  const stillSizes: number[] = [];
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (made: Blob) => {
    stillSizes.push(made.size);
    return make(made);
  };
  Object.assign(window, { stillSizes });
}

/** Which word each slot of the image shows, told by comparing it with every word drawn in the same letters. */
function readWords(
  image: Element,
  { words, slots }: { words: string[]; slots: SharedPage['slots'] },
): number {
  const [width, height] = [1280, 720];
  const grey = (draw: (c: CanvasRenderingContext2D) => void, w: number, h: number) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [w, h];
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, w, h);
    draw(context);
    const { data } = context.getImageData(0, 0, w, h);
    return Float32Array.from({ length: w * h }, (_, i) => data[i * 4]!);
  };
  const [boxWidth, boxHeight] = [130, 24];
  const templates = words.map((word) =>
    grey(
      (c) => {
        c.fillStyle = '#18231f';
        c.font = '17px sans-serif';
        c.fillText(word, 0, 18);
      },
      boxWidth,
      boxHeight,
    ),
  );
  const seen = grey((c) => c.drawImage(image as HTMLImageElement, 0, 0, width, height), width, height);
  const likeness = (template: Float32Array, x: number, y: number) => {
    let [ab, aa, bb, ma, mb] = [0, 0, 0, 0, 0];
    const n = boxWidth * boxHeight;
    const at = (i: number) => seen[(y - 18 + Math.floor(i / boxWidth)) * width + x + (i % boxWidth)] ?? 255;
    for (let i = 0; i < n; i += 1) [ma, mb] = [ma + template[i]! / n, mb + at(i) / n];
    for (let i = 0; i < n; i += 1) {
      const [a, b] = [template[i]! - ma, at(i) - mb];
      [ab, aa, bb] = [ab + a * b, aa + a * a, bb + b * b];
    }
    return ab / Math.sqrt(aa * bb || 1);
  };
  const right = slots.filter(({ word, x, y }) => {
    const scores = templates.map((template) => likeness(template, x, y));
    const best = scores.indexOf(Math.max(...scores));
    return best === word && scores[best]! > 0.8;
  });
  return right.length / slots.length;
}

test('[STILL-1] [STILL-3] who is in light mode reads a shared page of text as still images; sound and messages go on', async () => {
  test.setTimeout(150_000);
  const { product, browser } = use;
  const code = await product.createMeeting();
  const ana = await Person.joining(browser, { url: product.url, code, name: 'Ana Tremblay' });
  await ana.page.evaluate(sharePage, WORDS);
  const bea = await Person.atTheDoor(browser, {
    url: product.url,
    code,
    name: 'Béatrice Côté',
    before: noteSizes,
  });
  await bea.page.getByRole('radio', { name: /Mode léger/ }).check();
  await bea.enter();
  await ana.button(/Partager/).click();

  const figure = bea.page.getByRole('figure', { name: `Écran de ${ana.name}` });
  const image = figure.getByRole('img');
  await expect(image).toBeVisible({ timeout: 20_000 });
  await expect(figure.getByText(/^Image de\s\d+\sh\s\d\d$/)).toBeVisible();
  const read = (first: number) =>
    ana.page
      .evaluate(
        (n) => (window as unknown as { drawPage: (n: number) => SharedPage }).drawPage(n).slots,
        first,
      )
      .then((slots) => image.evaluate(readWords, { words: WORDS, slots }));
  expect(await read(0), 'words that can be told apart').toBeGreaterThan(0.95);
  const bytes = await bea.page.evaluate(() => (window as unknown as { stillSizes: number[] }).stillSizes[0]);
  console.log(`a page of 234 words: ${bytes} bytes`);
  expect(bytes).toBeLessThanOrEqual(48_000);

  // A cursor that blinks brings no other; another page does.
  const before = await image.getAttribute('src');
  await bea.write('je vois la page');
  await ana.openMessages();
  await expect.poll(() => ana.texts()).toEqual(['je vois la page']);
  expect(await image.getAttribute('src')).toBe(before);
  await expect.poll(() => read(3), { timeout: 60_000 }).toBeGreaterThan(0.95);
  expect(await image.getAttribute('src')).not.toBe(before);
  await expectAudible(bea, 1);
  expect((await inbound(bea.page)).filter(({ kind }) => kind === 'video')).toEqual([]);

  // It goes with the sharing.
  await ana
    .button(/Arrêter/)
    .first()
    .click();
  await expect(figure).toHaveCount(0);
  await Promise.all([ana.close(), bea.close()]);
});
