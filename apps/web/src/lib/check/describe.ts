import { CHECK_LIMITS, type Measured } from '@relais/domain';
import { unreachable } from '@relais/kit';
import type { Problems } from '../i18n/fr-devices.ts';
import type { CheckWords } from '../i18n/fr-check.ts';
import type { CheckPart, PartFinding } from './check-parts.ts';

export type PartState = 'waiting' | 'running' | 'good' | 'warning' | 'bad' | 'skipped';

/** How one part stands, and the sentence that says it; `todo` when there is something to do. */
export interface PartLine {
  state: PartState;
  said: string;
  todo?: string;
}

/** What a finding is in words. `problems` are those of devices, which the preview says, too. */
export function describe(
  part: CheckPart,
  finding: PartFinding,
  words: CheckWords,
  problems: Problems,
): PartLine {
  const { said } = words;
  switch (finding.of) {
    case 'device':
      return ofDevice(part, finding, words, problems);
    case 'server':
      return finding.reached ? { state: 'good', said: said.server } : { state: 'bad', said: said.serverNot };
    case 'path':
      return ofPath(part, finding.outcome, words);
    case 'line':
      return ofLine(finding.line, words);
    case 'speed':
      return ofSpeed(part, finding.kbps, words);
    default:
      return unreachable(finding);
  }
}

function ofDevice(
  part: CheckPart,
  { outcome, problem }: Extract<PartFinding, { of: 'device' }>,
  { said, advice }: CheckWords,
  problems: Problems,
): PartLine {
  if (outcome === 'skipped') return { state: 'skipped', said: said.skipped };
  if (part === 'microphone') {
    if (outcome === 'works') return { state: 'good', said: said.microphone };
    const { what, todo } =
      problem && problem !== 'still' ? problems.microphone[problem] : said.microphoneStill;
    return { state: 'bad', said: what, todo };
  }
  if (part === 'camera') {
    if (outcome === 'works') return { state: 'good', said: said.camera };
    const { what, todo } = problem && problem !== 'still' ? problems.camera[problem] : said.cameraStill;
    // One takes part without a picture.
    return { state: 'warning', said: what, todo };
  }
  if (outcome === 'works') return { state: 'good', said: said.speaker };
  return { state: 'bad', said: said.speakerNot, todo: advice.speaker.todo };
}

/** One path is enough: that another is blocked is something to know, and no more. */
function ofPath(
  part: CheckPart,
  outcome: Extract<PartFinding, { of: 'path' }>['outcome'],
  { said }: CheckWords,
): PartLine {
  switch (outcome) {
    case 'open':
      return { state: 'good', said: part === 'udp' || part === 'tcp' ? said.path[part] : said.path.relay };
    case 'blocked':
      return { state: 'warning', said: said.pathBlocked };
    case 'none':
      return { state: 'skipped', said: said.pathNone };
    case 'unknown':
      return { state: 'skipped', said: said.pathUnknown };
    default:
      return unreachable(outcome);
  }
}

function ofLine(line: Measured['line'], { said }: CheckWords): PartLine {
  if (!line) return { state: 'skipped', said: said.unmeasured };
  const { picturesLoss, noticedLoss, picturesRoundTripMs, noticedRoundTripMs, noticedJitterMs } =
    CHECK_LIMITS;
  const loss = Math.max(line.lossUp, line.lossDown);
  if (loss >= picturesLoss || line.roundTripMs >= picturesRoundTripMs)
    return { state: loss >= CHECK_LIMITS.soundLoss ? 'bad' : 'warning', said: said.linePoor };
  const isFair =
    loss >= noticedLoss || line.roundTripMs >= noticedRoundTripMs || line.jitterMs >= noticedJitterMs;
  return isFair ? { state: 'warning', said: said.lineFair } : { state: 'good', said: said.lineGood };
}

function ofSpeed(part: CheckPart, kbps: number | undefined, { said }: CheckWords): PartLine {
  if (kbps === undefined) return { state: 'skipped', said: said.unmeasured };
  const pictures = part === 'up' ? CHECK_LIMITS.picturesUpKbps : CHECK_LIMITS.picturesDownKbps;
  if (kbps >= pictures) return { state: 'good', said: said.speedGood };
  return kbps >= CHECK_LIMITS.soundKbps
    ? { state: 'warning', said: said.speedFair }
    : { state: 'bad', said: said.speedPoor };
}
