import {
  firstSoundDelay,
  ladderLimits,
  lineQuality,
  measureLine,
  nextLadder,
  nextResending,
  nextSaying,
  nextSoundDelay,
  NO_LINE_MEMORY,
  NO_RESENDING,
  NOTHING_SAID,
  withoutLastMiss,
  type Ladder,
  type LineReport,
  type Saying,
  type SoundDelay,
} from '@relais/domain';
import type { Flows } from '../media/media-session.ts';
import { readLine } from './read-stats.ts';
import { createFileSparing } from './spare-files.ts';

/** Milliseconds between two looks at the line: as often as the other end's reports come. */
const TICK_MS = 1000;

/** Milliseconds after a change of network for which what is missed and reported missing is that of the time between the two. */
const BETWEEN_MS = 2500;

/** Bit/s of sound below which nobody speaks. */
const QUIET_BPS = 8000;
/** Milliseconds for which a quiet moment is waited for. */
const PATIENCE_MS = 20_000;

type Way = 'down' | 'up';

export interface LineCare {
  /** The device is on another network: what got lost on the way there is of no line. */
  elsewhere(): void;
  close(): void;
}

/** Looks at the line every second while media is open, and says what follows from it [LINE-5]. */
export function createLineCare(deps: {
  flows: () => Flows | undefined;
  ladder: Ladder;
  now: () => number;
  /** Bit/s at which a few kilobytes pass. */
  findRoom: (way: Way) => Promise<number>;
  /** After each look; `saying` when there is something new to say of it [LINE-7]. */
  looked: (ladder: Ladder, report: LineReport, saying: Saying | undefined) => void;
  /** Sound that is lost is to be asked for again from now on, or no more [LINE-11]. */
  resendSound: (isOn: boolean) => void;
  /** Sound is to wait so many milliseconds from now on [LINE-11]. */
  delaySound: (ms: number) => void;
}): LineCare {
  const { flows, now, findRoom, looked, resendSound, delaySound } = deps;
  let { ladder } = deps;
  let memory = NO_LINE_MEMORY;
  let said = NOTHING_SAID;
  let delay = firstSoundDelay(ladder, now());
  let resending = NO_RESENDING;
  let isLooking = false;
  let isFinding = false;
  /** Since when room is to be found, in milliseconds. */
  let askedAt: number | undefined;
  let room: Partial<Record<Way, number>> = {};
  let isClosed = false;
  let elsewhereAt = Number.NEGATIVE_INFINITY;
  const files = createFileSparing({ now, setCookie: (cookie) => (document.cookie = cookie) });

  if (delay.ms > 0) delaySound(delay.ms);
  files.spare(lineQuality(ladder) !== 'good');

  async function look(): Promise<void> {
    const open = flows();
    if (!open) {
      memory = NO_LINE_MEMORY;
      return;
    }
    const { send, recv, awaited } = open;
    const [sent, received] = await Promise.all([send.getStats(), recv.getStats()]);
    if (isClosed) return;
    const sample = readLine({ send: sent.values(), recv: received.values() }, awaited, now());
    const measured = measureLine(memory, sample);
    ({ memory } = measured);
    if (!measured.report || now() - elsewhereAt < BETWEEN_MS) return;
    const { down, up } = measured.report;
    follow({ ...measured.report, down: { ...down, room: room.down }, up: { ...up, room: room.up } });
  }

  function follow(report: LineReport): void {
    ladder = nextLadder(ladder, report);
    room = {};
    // One way after the other: what goes up asks for what comes down.
    const way = ladder.up.asksRoom ? 'up' : ladder.down.asksRoom ? 'down' : undefined;
    askedAt = way && (askedAt ?? report.at);
    if (way && !isFinding && isQuiet(way, report)) void find(way);
    const { memory: next, say } = nextSaying(said, ladderLimits(ladder), report.at);
    said = next;
    const wasOn = resending.isOn;
    resending = nextResending(resending, report);
    if (resending.isOn !== wasOn) resendSound(resending.isOn);
    wait(nextSoundDelay(delay, report));
    files.spare(lineQuality(ladder) !== 'good');
    looked(ladder, report, say);
  }

  function wait(next: SoundDelay): void {
    const former = delay.ms;
    delay = next;
    if (delay.ms !== former) delaySound(delay.ms);
  }

  /** What finds room is in nobody's word; unless somebody speaks all the time. */
  const isQuiet = (way: Way, report: LineReport) =>
    report[way].sound < QUIET_BPS || report.at - (askedAt ?? report.at) >= PATIENCE_MS;

  async function find(way: Way): Promise<void> {
    isFinding = true;
    room = { [way]: await findRoom(way) };
    isFinding = false;
  }

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      // A transport that closes meanwhile has no stats: the next one has.
      .catch(() => undefined)
      .finally(() => (isLooking = false));
  }, TICK_MS);

  return {
    elsewhere() {
      elsewhereAt = now();
      wait(withoutLastMiss(delay, elsewhereAt));
    },
    close() {
      isClosed = true;
      clearInterval(timer);
      files.spare(false);
    },
  };
}
