import type { SoundMeasure } from '@relais/testing/lab/measures';
import { PROFILES, type ProfileName } from '@relais/testing/lab/profiles';
import type { Figure, Findings } from '../lib/figure.ts';
import { median } from '../lib/stats.ts';
import { CUT_MS, type SoundBack } from './interruptions.ts';
import type { Interruptions } from './line.bench.ts';
import { TURNS } from './meeting.ts';
import type { Talk, TalkLength, Wire } from './talk.ts';

/** One line: with the product's measures, and without where that was asked for. */
export interface LineRun {
  name: ProfileName;
  /** In front of its figures. */
  title: string;
  ours: Talk;
  without?: Talk;
}

/** The issue's targets: per cent of the samples, milliseconds, megabytes an hour. */
const CONCEALED_TARGETS: Partial<Record<ProfileName, number>> = { '64k': 3, loss30: 8 };
const SOUND_BACK_TARGET_MS = 1000;
const LIGHT_TARGET_MB = 15;
/** A message that takes longer is not called working. */
const MESSAGE_TARGET_MS = 10_000;

export function report({
  runs,
  interruptions,
  light,
  length,
}: {
  runs: readonly LineRun[];
  interruptions: Interruptions | undefined;
  light: Wire | undefined;
  length: TalkLength;
}): Findings {
  const seconds = (length.rounds * TURNS.order.length * TURNS.turnMs) / 1000;
  return {
    bench: 'line',
    reference: 'the same meeting without the measures for thin lines',
    figures: [
      ...runs.flatMap(lineFigures),
      ...(interruptions ? interruptionFigures(interruptions) : []),
      ...(light ? [lightFigure(light)] : []),
    ],
    notes: [
      `Six people sending video, one on the line; each line ${length.settleS} s to find out, then ${seconds} s of talk in turns of ${TURNS.turnMs / 1000} s.`,
      'Concealed: samples made up, silence and all, of those played while somebody speaks. The line itself: with the headers of Ethernet.',
      ...runs.map(
        ({ name, title, ours, without }) =>
          `${PROFILES[name].name} (${title}): ${wordsOf(ours)}${without ? `; without: ${wordsOf(without)}` : ''}.`,
      ),
    ],
    broken: runs.flatMap(({ title, ours }) => brokenIn(title, ours)),
    details: { runs, interruptions, light },
  };
}

type Pick = (talk: Talk) => number;

function lineFigures({ name, title, ours, without }: LineRun): Figure[] {
  const target = CONCEALED_TARGETS[name];
  const figure = (what: string, unit: string, pick: Pick, limit?: number): Figure => ({
    name: `${title}: ${what}`,
    unit,
    ours: pick(ours),
    ...(without && { reference: pick(without) }),
    ...(limit !== undefined && { target: limit, absolute: true }),
  });
  return [
    figure('concealed, received', '%', ({ received }) => received.concealed * 100, target),
    figure('concealed, sent', '%', ({ sent }) => sent.concealed * 100, target),
    figure('– in the first seconds, received', '%', ({ firstReceived }) => firstReceived.concealed * 100),
    figure('– in the first seconds, sent', '%', ({ firstSent }) => firstSent.concealed * 100),
    figure('sound’s delay in the jitter buffer, received', 'ms', ({ received }) => received.waitedMs),
    figure('– sent', 'ms', ({ sent }) => sent.waitedMs),
    figure('sound, received', 'kbit/s', ({ rates }) => rates.soundIn),
    figure('sound, sent', 'kbit/s', ({ rates }) => rates.soundOut),
    figure('pictures, received', 'kbit/s', ({ rates }) => rates.picturesIn),
    figure('pictures, sent', 'kbit/s', ({ rates }) => rates.picturesOut),
    figure('the line itself, down', 'kbit/s', ({ wire }) => wire.down),
    figure('the line itself, up', 'kbit/s', ({ wire }) => wire.up),
    figure('the speaker’s picture stands for 1 s', 'times/min', ({ picture }) => picture.standsPerMinute),
    figure('the speaker’s picture stands', '% of the time', ({ picture }) => (1 - picture.moving) * 100),
    figure('message, written there', 'ms', (talk) => talk.messageOut ?? Infinity, MESSAGE_TARGET_MS),
    figure('message, read there', 'ms', (talk) => talk.messageIn ?? Infinity, MESSAGE_TARGET_MS),
    figure('good again → all pictures move', 'ms', (talk) => talk.recovered ?? Infinity),
  ];
}

function interruptionFigures({ cuts, changes }: Interruptions): Figure[] {
  const figures = (what: string, all: readonly SoundBack[], direction: keyof SoundBack): Figure[] => {
    const times = all.map((one) => one[direction] ?? Infinity);
    return [
      { name: `${what} → sound ${direction}, median`, unit: 'ms', ours: median(times) },
      {
        name: `${what} → sound ${direction}, longest`,
        unit: 'ms',
        ours: Math.max(...times),
        target: SOUND_BACK_TARGET_MS,
      },
    ];
  };
  return [
    ...figures(`back after a cut of ${CUT_MS / 1000} s`, cuts, 'received'),
    ...figures(`back after a cut of ${CUT_MS / 1000} s`, cuts, 'sent'),
    ...figures('another network', changes, 'received'),
    ...figures('another network', changes, 'sent'),
  ];
}

/** Kilobits per second both ways are 0.45 megabytes an hour. */
function lightFigure({ up, down }: Wire): Figure {
  const megabytes = ((up + down) * 3600) / 8 / 1000;
  return {
    name: 'light mode, both ways, all headers',
    unit: 'MB/h',
    ours: megabytes,
    target: LIGHT_TARGET_MB,
  };
}

function wordsOf({ received, sent, dropped }: Talk): string {
  const share = ({ audiblyConcealed, lost }: SoundMeasure) =>
    `${(audiblyConcealed * 100).toFixed(1)} % audibly concealed of ${(lost * 100).toFixed(1)} % lost`;
  return `received ${share(received)}, sent ${share(sent)}; queues full ${dropped.down.toFixed(0)} and ${dropped.up.toFixed(0)} times a second`;
}

function brokenIn(title: string, { received, messageOut, messageIn }: Talk): string[] {
  return [
    ...(received.samples > 0 ? [] : [`${title}: nobody was heard`]),
    ...(messageOut === undefined ? [`${title}: a message written there did not arrive within a minute`] : []),
    ...(messageIn === undefined ? [`${title}: a message did not arrive there within a minute`] : []),
  ];
}
