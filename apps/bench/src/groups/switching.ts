import type { RoomId } from '@relais/protocol';
import type { Browser, Page } from 'playwright-core';
import type { Bundle } from '../browser/bundle.ts';
import { newVisitor } from '../browser/chromium.ts';
import { firstFrame, watchFirstFrame } from '../browser/first-frame.ts';
import { openCrowd } from '../line/crowd.ts';
import { productPage } from '../join/pages.ts';
import { seenSince, untilBack, watchMedia } from '../recovery/probe.ts';
import type { Product } from '../servers/product.ts';
import { Member, openMeeting, wall } from './member.ts';

/** People in the room that one goes to. */
export const COMPANY = 6;
const TIMEOUT_MS = 20_000;
/**
 * Before a move that is measured: what the last one left has been taken down. The browser keeps pictures for two seconds, and its
 * end of what is closed for three more.
 */
const REST_MS = 5500;
/** In the room, before one goes away again. */
const STAY_MS = 500;

export interface Switchings {
  /** Milliseconds from the animator's request to the first picture and the first packet of sound from the room; one a move. */
  frame: number[];
  sound: number[];
  /** Until all pictures and sounds of the room are there. */
  all: number[];
  /** The same way by reloading the page: from the reload to the first picture. */
  rejoined: number[];
  /** Of the tracks of the room, the share that were there before the move: the browser negotiated nothing for them. */
  ahead: number[];
  /** What passed on the page's socket, the last of each kind in a move. */
  stages: Partial<Record<Stage, number[]>>;
  broken: string[];
}

/** In the order in which they happen. */
export const STAGES = [
  'told meetingEvents',
  'asked media:consume',
  'answered media:consume',
  'asked media:pauseConsumers',
  'answered media:pauseConsumers',
] as const;
type Stage = (typeof STAGES)[number];

/** The one who is moved sits in the product's own page, in a browser of their own; six others send sound and picture. */
export async function switchRooms(options: {
  product: Product;
  browsers: { own: Browser; others: Browser };
  script: Bundle;
  moves: number;
  rejoins: number;
}): Promise<Switchings> {
  const { product, browsers, script, moves, rejoins } = options;
  await using stack = new AsyncDisposableStack();
  const { url } = product;
  const { code, facilitatorKey } = await openMeeting(url);
  const crowd = await openCrowd({
    browser: browsers.others,
    url,
    code,
    people: COMPANY,
    turns: { order: [1], turnMs: 1000 },
    script,
  });
  stack.defer(() => crowd.close());
  await crowd.page.evaluate(() => void (window.labVoice.talk = 'always'));
  const runs = await Member.join({ url, code, name: 'Animation', facilitatorKey }, false);
  stack.defer(() => runs.close());

  const page = await (await newVisitor(browsers.own)).newPage();
  stack.defer(() => page.context().close());
  await watchMedia(page);
  await watchFirstFrame(page);
  const door = productPage(code);
  await door.prepare(page, url);
  await door.click(page);
  await untilBack(page, { since: 0, others: COMPANY, timeoutMs: TIMEOUT_MS });
  const mover = await idOfMeasured(runs);

  const room = await openRoom(runs, crowd.ids);
  const found: Switchings = {
    frame: [],
    sound: [],
    all: [],
    rejoined: [],
    ahead: [],
    stages: {},
    broken: [],
  };
  const before = await waysOf(page);
  for (let move = 0; move < moves; move += 1) {
    await go(runs, { mover, to: null });
    await rest(REST_MS);
    await moveOnce(page, found, () => go(runs, { mover, to: room }));
    await rest(STAY_MS);
  }
  const after = await waysOf(page);
  if (after.join() !== before.join())
    found.broken.push(`the connections are others than before: ${before.join(' ')} then ${after.join(' ')}`);
  for (let i = 0; i < rejoins; i += 1) found.rejoined.push(await rejoin(page, code, url));
  return found;
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function moveOnce(page: Page, found: Switchings, move: () => Promise<void>): Promise<void> {
  const since = wall();
  try {
    await move();
    await untilBack(page, { since, others: COMPANY, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    found.broken.push(`not all of the room were seen and heard: ${String(error)}`);
    return;
  }
  const { tracks, marks } = await seenSince(page, since);
  for (const what of STAGES) {
    const last = marks.findLast((mark) => mark.what === what);
    if (last) (found.stages[what] ??= []).push(last.at - since);
  }
  const times = (kind: string, field: 'shownAt' | 'packetAt') =>
    tracks.filter((track) => track.kind === kind).flatMap((track) => track[field] ?? []);
  found.ahead.push(tracks.filter(({ madeAt }) => madeAt < since).length / tracks.length);
  const frames = times('video', 'shownAt');
  const sounds = times('audio', 'packetAt');
  found.frame.push(Math.min(...frames) - since);
  found.sound.push(Math.min(...sounds) - since);
  found.all.push(Math.max(...frames, ...sounds) - since);
}

async function go(runs: Member, { mover, to }: { mover: string; to: RoomId | null }): Promise<void> {
  await runs.ask('breakout:move', {
    moves: [{ participantId: mover, roomId: to }],
  });
}

/** One room with all the others; the one who is measured, and who runs the meeting, are in the plenary. */
async function openRoom(runs: Member, others: readonly string[]): Promise<RoomId> {
  await runs.ask('breakout:open', {
    rooms: [{ name: 'Salle' }],
    filling: {
      kind: 'byHand',
      placements: others.map((id) => ({ participantId: id as Member['participantId'], room: 0 })),
    },
    seed: 1,
    withFacilitators: false,
    countdownSeconds: 0,
    minutes: null,
    late: 'choose',
    mayChoose: false,
  });
  await runs.placed(() => runs.rooms.length === 1);
  return runs.rooms[0]!.roomId;
}

async function idOfMeasured(runs: Member): Promise<string> {
  const { meeting } = await runs.ask('meeting:catchUp', { sinceVersion: 999_999 });
  const found = meeting?.participants.find(({ name }) => name === 'Mesure');
  if (!found) throw new Error('the one who is measured is not there');
  return found.participantId;
}

/** By what one's connections go: the same names mean that no transport was made and that ICE was not begun again. */
function waysOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names: string[] = [];
    for (const connection of window.recoveryConnections) {
      if (connection.connectionState === 'closed') continue;
      (await connection.getStats()).forEach((stat: { type: string; iceLocalUsernameFragment?: string }) => {
        if (stat.type === 'transport') names.push(stat.iceLocalUsernameFragment ?? '?');
      });
    }
    return names.sort();
  });
}

/** As in tools where a room is another meeting: the page is left and loaded, and one enters again. */
async function rejoin(page: Page, code: string, url: string): Promise<number> {
  const since = wall();
  const door = productPage(code);
  await door.prepare(page, url);
  await door.click(page);
  const { frame } = await firstFrame(page, TIMEOUT_MS);
  return (await page.evaluate((at) => performance.timeOrigin + at, frame)) - since;
}
