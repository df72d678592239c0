import type { CheckVerdict } from '@relais/protocol';

/** Skipped: the person passed over it, so that nothing is known. */
export type PartOutcome = 'works' | 'fails' | 'skipped';
/** `none`: no relay is run here. `unknown`: the hub could not open one to try it. */
export type PathOutcome = 'open' | 'blocked' | 'none' | 'unknown';
export type CheckPath = 'udp' | 'tcp' | 'relay';

/** What a connection check found. What could not be measured in its time is left out, and then says nothing. */
export interface Measured {
  microphone: PartOutcome;
  speaker: PartOutcome;
  camera: PartOutcome;
  /** Whether it can do what meetings need. */
  browser: boolean;
  /** Whether the hub answered at all. */
  server: boolean;
  paths: Readonly<Record<CheckPath, PathOutcome>>;
  line?: LineMeasure;
  /** Kilobits per second of a download and of an upload. */
  downKbps?: number;
  upKbps?: number;
}

/** Losses are shares from 0 to 1. */
export interface LineMeasure {
  lossUp: number;
  lossDown: number;
  roundTripMs: number;
  jitterMs: number;
}

/** What a person may do something about, the most pressing first. */
export type CheckAdvice =
  | 'serverUnreachable'
  | 'oldBrowser'
  | 'noPath'
  | 'microphone'
  | 'speaker'
  | 'tooSlowForSound'
  | 'tooLossyForSound'
  | 'slow'
  | 'lossy'
  | 'farAway'
  | 'pauses'
  | 'unsteady'
  | 'directBlocked'
  | 'camera'
  | 'notAllMeasured';

export interface CheckOutcome {
  verdict: CheckVerdict;
  advice: CheckAdvice[];
}

/**
 * Where a line is too thin or too broken. Of the project BigBlueButton, which has most experience with schools and public
 * bodies: a voice takes 40 kbit/s each way, a participant 1 Mbit/s down (docs.bigbluebutton.org, "minimum bandwidth"); its
 * levels of loss are 5, 10 and 20 %, of round trip 500, 1,000 and 2,000 ms, of jitter 10, 20 and 30 ms (settings.yml,
 * `stats`). What we take otherwise is said beside it.
 */
export const CHECK_LIMITS = {
  soundKbps: 40,
  /**
   * A camera's small layer and a voice are 190 kbit/s of ours, and half as much again for what else is on the line.
   * BigBlueButton asks 500, of which our rural lines have no more than the name.
   */
  picturesUpKbps: 300,
  picturesDownKbps: 1000,
  /** Up to 30 % speech is measured to hold (docs/BENCHMARKS.md); beyond this nothing is promised. */
  soundLoss: 0.4,
  picturesLoss: 0.1,
  /** Said, without more: sound hides it, a picture shows it. */
  noticedLoss: 0.05,
  picturesRoundTripMs: 2000,
  /** A satellite's: people begin to speak at the same time. */
  noticedRoundTripMs: 500,
  noticedJitterMs: 30,
} as const;

/**
 * Whether somebody can come as they are, should plan for light mode, or has something to mend first, and what to do
 * [CHECK-5]. A part that was skipped, or could not be measured, is never held against the person.
 */
export function verdictOf(measured: Measured): CheckOutcome {
  const blocking = blockingAdvice(measured);
  const lightening = lighteningAdvice(measured);
  const minor = minorAdvice(measured);
  return {
    verdict: blocking.length > 0 ? 'failed' : lightening.length > 0 ? 'lightMode' : 'ready',
    advice: [...blocking, ...lightening, ...minor],
  };
}

/** The meeting would not be heard, or not hear the person. */
function blockingAdvice(measured: Measured): CheckAdvice[] {
  // Nothing else of the network could be tried then.
  if (!measured.server) return ['serverUnreachable', ...deviceAdvice(measured)];
  if (!measured.browser) return ['oldBrowser', ...deviceAdvice(measured)];
  if (hasNoPath(measured)) return ['noPath', ...deviceAdvice(measured)];
  const advice = deviceAdvice(measured);
  const slowest = Math.min(measured.downKbps ?? Infinity, measured.upKbps ?? Infinity);
  if (slowest < CHECK_LIMITS.soundKbps) advice.push('tooSlowForSound');
  if (worstLoss(measured) >= CHECK_LIMITS.soundLoss) advice.push('tooLossyForSound');
  return advice;
}

function deviceAdvice({ microphone, speaker }: Measured): CheckAdvice[] {
  return [
    ...(microphone === 'fails' ? (['microphone'] as const) : []),
    ...(speaker === 'fails' ? (['speaker'] as const) : []),
  ];
}

/** Sound would hold, pictures would not. */
function lighteningAdvice(measured: Measured): CheckAdvice[] {
  const { downKbps = Infinity, upKbps = Infinity, line } = measured;
  const { soundKbps, picturesUpKbps, picturesDownKbps, picturesLoss, soundLoss } = CHECK_LIMITS;
  const loss = worstLoss(measured);
  const carriesSound = Math.min(downKbps, upKbps) >= soundKbps;
  const carriesPictures = downKbps >= picturesDownKbps && upKbps >= picturesUpKbps;
  return [
    ...(carriesSound && !carriesPictures ? (['slow'] as const) : []),
    ...(loss >= picturesLoss && loss < soundLoss ? (['lossy'] as const) : []),
    ...((line?.roundTripMs ?? 0) >= CHECK_LIMITS.picturesRoundTripMs ? (['farAway'] as const) : []),
  ];
}

function minorAdvice(measured: Measured): CheckAdvice[] {
  const { line, paths, camera } = measured;
  const loss = worstLoss(measured);
  const { noticedLoss, picturesLoss, noticedJitterMs } = CHECK_LIMITS;
  const isUnsteady = (line?.jitterMs ?? 0) >= noticedJitterMs || (loss >= noticedLoss && loss < picturesLoss);
  return [
    ...(isLong(line?.roundTripMs ?? 0) ? (['pauses'] as const) : []),
    ...(isUnsteady ? (['unsteady'] as const) : []),
    ...(measured.server && paths.udp === 'blocked' && !hasNoPath(measured)
      ? (['directBlocked'] as const)
      : []),
    ...(camera === 'fails' ? (['camera'] as const) : []),
    ...(isPartial(measured) ? (['notAllMeasured'] as const) : []),
  ];
}

function isLong(roundTripMs: number): boolean {
  return roundTripMs >= CHECK_LIMITS.noticedRoundTripMs && roundTripMs < CHECK_LIMITS.picturesRoundTripMs;
}

/** A path that the hub could not open for a moment may be open all the same. */
function hasNoPath({ paths }: Measured): boolean {
  const all = Object.values(paths);
  return all.includes('blocked') && all.every((outcome) => outcome === 'blocked' || outcome === 'none');
}

function isPartial(measured: Measured): boolean {
  if (!measured.server || !measured.browser || hasNoPath(measured)) return false;
  return (
    !measured.line ||
    measured.downKbps === undefined ||
    measured.upKbps === undefined ||
    Object.values(measured.paths).includes('unknown') ||
    [measured.microphone, measured.speaker].includes('skipped')
  );
}

function worstLoss({ line }: Measured): number {
  return line ? Math.max(line.lossUp, line.lossDown) : 0;
}
