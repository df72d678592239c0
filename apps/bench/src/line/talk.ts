import type { LineCounters } from '@relais/testing/lab/line';
import {
  allMovingAt,
  picturesIn,
  ratesIn,
  soundIn,
  speakingIn,
  type PictureMeasure,
  type Rates,
  type SoundMeasure,
  type Window,
} from '@relais/testing/lab/measures';
import type { Sample } from '@relais/testing/lab/probe';
import { goodLine, type LineProfile } from '@relais/testing/lab/profiles';
import { heardBy, OTHERS, TURNS, type Meeting } from './meeting.ts';
import { messageIn, messageOut, openMessages } from './messages.ts';

/** Kilobits per second on the line itself, all headers counted. */
export interface Wire {
  up: number;
  down: number;
}

/** What one meeting on one line showed. */
export interface Talk {
  /** The others' voices at the one on the line, and theirs at the others. */
  received: SoundMeasure;
  sent: SoundMeasure;
  /** The same for the first seconds after the line became bad, in which the product finds out. */
  firstReceived: SoundMeasure;
  firstSent: SoundMeasure;
  /** Of who speaks. */
  picture: PictureMeasure;
  rates: Rates;
  wire: Wire;
  /** Packets a second that found the queue full. */
  dropped: Wire;
  /** Milliseconds from writing to the other's screen; undefined: not within a minute. */
  messageOut: number | undefined;
  messageIn: number | undefined;
  /** Milliseconds after the line is good again until everybody's picture moves, there and here; undefined: not within a minute. */
  recovered: number | undefined;
  /** The last look, and one at the others: what a reader may want to know more of. */
  last: (Sample | undefined)[];
}

export interface TalkLength {
  /** Seconds that the product has to find out how the line is. */
  settleS: number;
  /** Times that everybody talks in turn. */
  rounds: number;
}

/** They have been together for a while when the line becomes bad: nobody's page is still being fetched. */
const TOGETHER_MS = 6000;
const RECOVERY_MS = 60_000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Six people talk in turns; then the line is good again. */
export async function talk(
  meeting: Meeting,
  profile: LineProfile,
  { settleS, rounds, isFromStart = false }: TalkLength & { isFromStart?: boolean },
): Promise<Talk> {
  const { page, others, person } = meeting;
  await openMessages(page);
  if (!isFromStart) await sleep(TOGETHER_MS);
  await meeting.take();
  const worse = Date.now();
  await person.line.change(profile);
  await sleep(settleS * 1000);
  const before = await person.line.counters();
  const droppedBefore = await person.line.dropped();
  await sleep(rounds * TURNS.order.length * TURNS.turnMs);
  const after = await person.line.counters();
  const droppedAfter = await person.line.dropped();
  const noted = await meeting.take();
  const seconds = (after.at - before.at) / 1000;
  const measured = measuresOf(meeting, noted, { from: before.at, to: after.at });
  const first = measuresOf(meeting, noted, { from: worse, to: before.at });
  const out = await messageOut(page, others, `message ${worse}`);
  const back = await messageIn(page, others, `réponse ${worse}`);
  return {
    ...measured,
    firstReceived: first.received,
    firstSent: first.sent,
    wire: wireBetween(before, after),
    dropped: {
      up: (droppedAfter.up - droppedBefore.up) / seconds,
      down: (droppedAfter.down - droppedBefore.down) / seconds,
    },
    messageOut: out,
    messageIn: back,
    recovered: await untilRecovered(meeting),
    last: [noted.own.at(-1), noted.others.at(-1)],
  };
}

export function wireBetween(before: LineCounters, after: LineCounters): Wire {
  const kbit = (bytes: number) => (bytes * 8) / (after.at - before.at);
  return {
    up: kbit(after.sent.bytes - before.sent.bytes),
    down: kbit(after.received.bytes - before.received.bytes),
  };
}

function measuresOf({ ids }: Meeting, noted: { own: Sample[]; others: Sample[] }, window: Window) {
  const speaking = speakingIn(TURNS, window);
  const own = speaking.filter(({ index }) => index === 0);
  const theirs = speaking.filter(({ index }) => index !== 0);
  const idOf = (index: number) => ids[index]!;
  const listeners = Array.from({ length: OTHERS }, (_, i) => heardBy(idOf(0), i + 1));
  return {
    received: soundIn(noted.own, theirs, (index) => [idOf(index)]),
    sent: soundIn(noted.others, own, () => listeners),
    picture: picturesIn(noted.own, theirs, (index) => [idOf(index)]),
    rates: ratesIn(noted.own, window),
  };
}

/** The line is good from now on. */
async function untilRecovered({ page, others, person, ids, take }: Meeting): Promise<number | undefined> {
  await take();
  const since = Date.now();
  await person.line.change(goodLine);
  const own: Sample[] = [];
  const theirs: Sample[] = [];
  while (Date.now() - since < RECOVERY_MS && !page.isClosed() && !others.isClosed()) {
    await sleep(500);
    const noted = await take();
    own.push(...noted.own);
    theirs.push(...noted.others);
    const seen = allMovingAt(own, since, ids.slice(1));
    const shown = allMovingAt(theirs, since, [heardBy(ids[0]!, 1)]);
    if (seen !== undefined && shown !== undefined) return Math.max(seen, shown) - since;
  }
  return undefined;
}
