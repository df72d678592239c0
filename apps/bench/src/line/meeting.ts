import { withTimeout } from '@relais/kit';
import { Laboratory, type LabPerson } from '@relais/testing/lab/laboratory';
import { installProbe, type Sample } from '@relais/testing/lab/probe';
import { goodLine, type LineProfile } from '@relais/testing/lab/profiles';
import { installVoice, type Talk, type Turns } from '@relais/testing/lab/voice';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { bundle, type Bundle } from '../browser/bundle.ts';
import { launchChromium, launchOwnChromium } from '../browser/chromium.ts';
import { startProduct, type Product } from '../servers/product.ts';
import { findChromium, preparePages } from '../setup.ts';
import { openCrowd } from './crowd.ts';

/** The one on the line has number 0 and talks every second time, so that both directions are heard for half of the time. */
export const TURNS: Turns = { order: [0, 1, 0, 2, 0, 3, 0, 4, 0, 5], turnMs: 5000 };
export const OTHERS = 5;
const GATHER_TIMEOUT_MS = 180_000;
/** For anything that a person does on a page: at 64 kbit/s the page itself takes ten seconds. */
const ACT_TIMEOUT_MS = 60_000;

/** Pictures a second of the cameras: six people's have to fit the cores of one machine. */
const CAMERA = '--use-fake-device-for-media-stream=fps=10';
/** Between two looks at the statistics, in milliseconds: of the one on the line, and of the others. */
const LOOK_MS = 200;
const OTHERS_LOOK_MS = 500;

/** The product in its namespace, and the browser of all who are on no line of the laboratory. */
export interface Place {
  laboratory: Laboratory;
  product: Product;
  browser: Browser;
  args: readonly string[];
  script: Bundle;
}

export async function openPlace(
  env: Record<string, string | undefined>,
  stack: AsyncDisposableStack,
): Promise<Place> {
  await preparePages(env);
  const script = await bundle('line/crowd.page.ts');
  stack.defer(() => script.remove());
  const laboratory = await Laboratory.create();
  stack.defer(() => laboratory.close());
  const product = await startProduct({ env, pages: true, machine: laboratory.server });
  stack.defer(() => product.stop());
  // Browsers give camera and microphone to safe origins only.
  const safe = `--unsafely-treat-insecure-origin-as-secure=${product.url}`;
  const args = [CAMERA, '--autoplay-policy=no-user-gesture-required', safe];
  const browser = await launchChromium({ args });
  stack.defer(() => browser.close());
  return { laboratory, product, browser, args, script };
}

/** A meeting of six, one of whom is on a line of the laboratory. */
export interface Meeting {
  /** The page of the one on the line: the product's own. */
  page: Page;
  /** The page of the others. */
  others: Page;
  person: LabPerson;
  /** Participants' ids, by number. */
  ids: readonly string[];
  /** What the browsers noted since the last time. */
  take: () => Promise<{ own: Sample[]; others: Sample[] }>;
  /** How often both look from now on, in milliseconds. */
  watch(everyMs: number): Promise<void>;
  setTalk(talk: Talk): Promise<void>;
  close(): Promise<void>;
}

/** How the one on the line comes: what stands in the browser's memory before the page is loaded. */
export type Memory = Readonly<Record<string, string>>;

/** They meet, everybody hears each other, and on a good line sees. Whose line is not good comes last. */
export async function gather(
  place: Place,
  memory: Memory = {},
  line: LineProfile = goodLine,
): Promise<Meeting> {
  const stack = new AsyncDisposableStack();
  try {
    return await withTimeout(meet(place, { memory, line }, stack), GATHER_TIMEOUT_MS, 'six people meeting');
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function meet(
  place: Place,
  { memory, line }: { memory: Memory; line: LineProfile },
  stack: AsyncDisposableStack,
): Promise<Meeting> {
  const { laboratory, product, browser, args, script } = place;
  const person = await laboratory.person(line);
  const executablePath = await person.programThere(findChromium());
  const own = await launchOwnChromium({ origin: product.url, executablePath, args });
  stack.defer(() => own.close());
  const code = await product.createMeeting();
  const crowd = await openCrowd({ browser, url: product.url, code, people: OTHERS, turns: TURNS, script });
  stack.defer(() => crowd.close());
  const page = await enter(own, { url: product.url, code, memory });
  const pages = [page, crowd.page];
  const meeting: Meeting = {
    page,
    others: crowd.page,
    person,
    ids: [await idOfOther(crowd.page, crowd.ids), ...crowd.ids],
    take: async () => ({ own: await take(page), others: await take(crowd.page) }),
    watch: async (everyMs) => void (await Promise.all(pages.map((one) => watch(one, everyMs)))),
    setTalk: async (talk) => void (await Promise.all(pages.map((one) => say(one, talk)))),
    close: () => stack.disposeAsync(),
  };
  await untilAllFlow(page, crowd.ids);
  await watch(page, LOOK_MS);
  await watch(crowd.page, OTHERS_LOOK_MS);
  return meeting;
}

const take = (page: Page) => page.evaluate(() => window.labProbe.take());
const watch = (page: Page, every: number) => page.evaluate((ms) => window.labProbe.watch(ms), every);
const say = (page: Page, talk: Talk) => page.evaluate((how) => void (window.labVoice.talk = how), talk);
const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

async function enter(
  visitor: BrowserContext,
  { url, code, memory }: { url: string; code: string; memory: Memory },
): Promise<Page> {
  const page = await visitor.newPage();
  page.setDefaultTimeout(ACT_TIMEOUT_MS);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.addInitScript(installProbe);
  await page.addInitScript(installVoice, { ...TURNS, index: 0 });
  await page.addInitScript((entries) => {
    for (const [key, value] of entries) localStorage.setItem(key, value);
  }, Object.entries(memory));
  await page.goto(`${url}/r/${code}`);
  await page.getByLabel('Votre nom').fill('Mesure');
  // As it reads once the devices are ready; in light mode there is no picture to wait for.
  await page.getByRole('button', { name: 'Entrer', exact: true }).click();
  return page;
}

/** The one on the line hears all the others; their pictures come if they are wanted. */
async function untilAllFlow(page: Page, ids: readonly string[]): Promise<void> {
  await watch(page, 300);
  const flows = async () => {
    const sounds = (await take(page)).at(-1)?.sounds ?? [];
    return ids.every((id) => sounds.some(({ from, packets }) => from === id && packets > 0));
  };
  while (!(await flows())) await soon();
}

/** The crowd receives nobody but the one on the line. */
async function idOfOther(others: Page, ids: readonly string[]): Promise<string> {
  await watch(others, 300);
  for (;;) {
    const heard = (await take(others)).at(-1)?.sounds.map(({ from }) => from.split('@')[0]!) ?? [];
    const found = heard.find((id) => !ids.includes(id));
    if (found) return found;
    await soon();
  }
}

/** Who is heard by one of the others, as its probe names it. */
export const heardBy = (id: string, listener: number) => `${id}@${listener}`;
