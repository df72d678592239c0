import { soundBackAt } from '@relais/testing/lab/measures';
import type { Sample } from '@relais/testing/lab/probe';
import { goodLine, lte } from '@relais/testing/lab/profiles';
import { heardBy, OTHERS, type Meeting } from './meeting.ts';

/** Milliseconds from the line's return until the last of the voices is heard again; undefined: not within half a minute. */
export interface SoundBack {
  received: number | undefined;
  sent: number | undefined;
}

export const CUT_MS = 5000;
const LOOK_MS = 40;
const TIMEOUT_MS = 30_000;
/** Between two interruptions, for the browser to have forgotten the former. */
const REST_MS = 6000;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everybody talks at once, so that silence is nobody's pause. */
export async function prepareInterruptions(meeting: Meeting): Promise<void> {
  await meeting.setTalk('always');
  await meeting.watch(LOOK_MS);
}

/** Nothing passes for five seconds, and nobody is told. */
export async function cutLine(meeting: Meeting): Promise<SoundBack> {
  const { line } = meeting.person;
  await sleep(REST_MS);
  line.cut();
  await sleep(CUT_MS);
  await meeting.take();
  const since = Date.now();
  line.mend();
  return untilHeard(meeting, since);
}

/** Another line with another address, the former gone: from Wi-Fi to LTE, and back. */
export async function changeLine(meeting: Meeting): Promise<SoundBack> {
  const { person } = meeting;
  await sleep(REST_MS);
  await meeting.take();
  await person.connect(person.line.profile === lte ? goodLine : lte);
  // The other line is there with its route: from here on it is the product's.
  return untilHeard(meeting, Date.now());
}

async function untilHeard({ ids, take }: Meeting, since: number): Promise<SoundBack> {
  const own: Sample[] = [];
  const others: Sample[] = [];
  const listeners = Array.from({ length: OTHERS }, (_, i) => heardBy(ids[0]!, i + 1));
  for (;;) {
    await sleep(300);
    const noted = await take();
    own.push(...noted.own);
    others.push(...noted.others);
    const back = {
      received: lastBack(own, since, ids.slice(1)),
      sent: lastBack(others, since, listeners),
    };
    const isWhole = back.received !== undefined && back.sent !== undefined;
    if (isWhole || Date.now() - since > TIMEOUT_MS) return back;
  }
}

function lastBack(samples: readonly Sample[], since: number, ids: readonly string[]): number | undefined {
  const times = ids.map((id) => soundBackAt(samples, since, id));
  return times.includes(undefined) ? undefined : Math.max(...times.map((at) => at!)) - since;
}
