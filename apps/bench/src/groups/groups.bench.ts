import { bundle } from '../browser/bundle.ts';
import { launchChromium } from '../browser/chromium.ts';
import type { Options } from '../lib/args.ts';
import type { Figure, Findings } from '../lib/figure.ts';
import { median, percentile } from '../lib/stats.ts';
import { startProduct } from '../servers/product.ts';
import { preparePages } from '../setup.ts';
import { placeAll, type Placings } from './placing.ts';
import { COMPANY, STAGES, switchRooms, type Switchings } from './switching.ts';

/** From the animator's decision to the first picture and sound of the room; best peer measured: 550. */
const SWITCH_MS = 250;
/** Until a hundred people are in twenty rooms. */
const PLACED_MS = 2000;
/** Small pictures and few: those of six people are encoded, and shown, on the cores that the server has. */
const CAMERA = '--use-fake-device-for-media-stream=fps=10';

/** Going from room to room of sub-groups, and what the same way costs by joining again. */
export async function benchGroups(
  env: Record<string, string | undefined>,
  { quick, profileDir }: Options,
): Promise<Findings> {
  await preparePages(env);
  await using stack = new AsyncDisposableStack();
  const script = await bundle('line/crowd.page.ts');
  stack.defer(() => script.remove());
  const product = await startProduct({ env, pages: true, profileDir });
  stack.defer(() => product.stop());
  const args = [CAMERA, '--autoplay-policy=no-user-gesture-required'];
  const browsers = { own: await launchChromium({ args }), others: await launchChromium({ args }) };
  for (const browser of Object.values(browsers)) stack.defer(() => browser.close());
  const switched = await switchRooms({
    product,
    browsers,
    script,
    moves: quick ? 5 : 40,
    rejoins: quick ? 2 : 9,
  });
  for (const browser of Object.values(browsers)) await browser.close();
  const placed = await placeAll(product, quick ? 1 : 5);
  return report(switched, placed);
}

function report(switched: Switchings, placed: Placings): Findings {
  const { frame, sound, all, rejoined } = switched;
  const figures: Figure[] = [
    {
      name: 'decision → first picture, median',
      unit: 'ms',
      ours: median(frame),
      reference: median(rejoined),
    },
    { name: 'decision → first picture, p95', unit: 'ms', ours: percentile(frame, 0.95), target: SWITCH_MS },
    { name: 'decision → first sound, median', unit: 'ms', ours: median(sound) },
    { name: 'decision → first sound, p95', unit: 'ms', ours: percentile(sound, 0.95), target: SWITCH_MS },
    { name: `decision → all ${COMPANY} seen and heard, median`, unit: 'ms', ours: median(all) },
    { name: `decision → all ${COMPANY} seen and heard, p95`, unit: 'ms', ours: percentile(all, 0.95) },
    ...STAGES.map((what) => ({ name: `… ${what}`, unit: 'ms', ours: median(switched.stages[what] ?? []) })),
    { name: '… on tracks that were there before, median', unit: '%', ours: 100 * median(switched.ahead) },
    {
      name: `${placed.people} people into ${placed.rooms} rooms, longest`,
      unit: 'ms',
      ours: Math.max(...placed.opened),
      target: PLACED_MS,
    },
    {
      name: `${placed.people} people into other rooms, longest`,
      unit: 'ms',
      ours: Math.max(...placed.moved),
      target: PLACED_MS,
    },
    {
      name: `speaking to ${placed.people} people in ${placed.rooms} rooms, opened for all, longest`,
      unit: 'ms',
      ours: Math.max(...placed.spoken),
    },
  ];
  return {
    bench: 'groups',
    reference: 'the page loaded again, and entered as soon as that can be',
    figures,
    notes: [
      `${frame.length} moves into a room of ${COMPANY}; ${rejoined.length} times by joining again. No transport and no ICE is new after them.`,
      `${placed.opened.length} times a hundred people whose sounds are opened at the media node; packets do not flow.`,
    ],
    broken: [
      ...switched.broken,
      ...(placed.refused > 0 ? [`${placed.refused} sounds were refused to who was there`] : []),
    ],
    details: { switched, placed },
  };
}
