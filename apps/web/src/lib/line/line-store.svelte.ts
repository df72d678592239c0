import {
  freshLadder,
  GIVEN_UP_ORDER,
  givenUp,
  ladderLimits,
  lineQuality,
  limitsOf,
  stricterLimits,
  STEP_OF_MODE,
  strictest,
  type Ladder,
  type LineLimits,
  type LineMode,
  type LineReport,
  type LineStep,
  type Saying,
} from '@relais/domain';
import type { LineQuality } from '@relais/protocol';
import type { LineNow } from '../hub/reconnect-pace.ts';
import type { LineView } from '../meeting/view-model.ts';
import { cameraHeldBy } from './camera-held.ts';

/** Why something is given up beside the line as it is measured: the person's choice, or the cap that they set on data. */
export type LineCause = 'chosen' | 'cap';

/** Milliseconds for which a report says how the line is now: they come every second. */
const NEW_MS = 2500;

export interface LineStoreDeps {
  /** What this browser keeps of the choice. */
  remembered: { load(): LineMode; save(mode: LineMode): void };
  /** What is given up, or how the line is, has changed. */
  changed: () => void;
}

/** What is given up at this moment. Each cause says its own; the strictest holds [LINE-1]. */
export class LineStore implements LineView {
  #mode = $state.raw<LineMode>('full');
  #steps = $state.raw<Readonly<Record<LineCause, LineStep>>>({ chosen: 0, cap: 0 });
  #ladder = $state.raw<Ladder>(freshLadder());
  #report = $state.raw<LineReport>();
  #saying = $state.raw<{ what: Saying }>();
  #measured = $derived(ladderLimits(this.#ladder));
  #asked = $derived(limitsOf(strictest(Object.values(this.#steps))));
  #limits = $derived(stricterLimits(this.#asked, this.#measured));
  readonly #deps: LineStoreDeps;

  constructor(deps: LineStoreDeps) {
    this.#deps = deps;
    this.#mode = deps.remembered.load();
    this.#steps = { ...this.#steps, chosen: STEP_OF_MODE[this.#mode] };
  }

  get step(): LineStep {
    const last = givenUp(this.#limits).at(-1);
    return (last ? GIVEN_UP_ORDER.indexOf(last) : 0) as LineStep;
  }
  get limits(): LineLimits {
    return this.#limits;
  }
  /** Without what the measured line gives up, which holds back and closes nothing. */
  get asked(): LineLimits {
    return this.#asked;
  }
  get measured(): LineLimits {
    return this.#measured;
  }
  get isLight(): boolean {
    const { otherCameras, ownCamera, screen } = this.#limits;
    return !otherCameras && !ownCamera && screen !== 'video';
  }
  get cameraHeldBy(): LineView['cameraHeldBy'] {
    return cameraHeldBy(this.#steps, this.#measured);
  }
  get mode(): LineMode {
    return this.#mode;
  }
  get quality(): LineQuality {
    return lineQuality(this.#ladder);
  }
  get report(): LineReport | undefined {
    return this.#report;
  }
  /** What the last report says to those who wait for a socket. */
  get now(): LineNow {
    const { roundTripMs, down, at = 0 } = this.#report ?? {};
    const isNew = performance.now() - at < NEW_MS;
    return { roundTripMs, isFlowing: isNew && down !== undefined && down.sound + down.picture > 0 };
  }
  get saying() {
    return this.#saying;
  }
  get chosen(): LineStep {
    return this.#steps.chosen;
  }
  get capped(): LineStep {
    return this.#steps.cap;
  }

  choose(mode: LineMode): void {
    this.#mode = mode;
    this.#deps.remembered.save(mode);
    this.hold('chosen', STEP_OF_MODE[mode]);
  }

  /** From now on this cause asks for that step; 0: for nothing. */
  hold(cause: LineCause, step: LineStep): void {
    if (this.#steps[cause] === step) return;
    this.#change(() => (this.#steps = { ...this.#steps, [cause]: step }));
  }

  /** How the line was found to be. */
  looked(ladder: Ladder, report?: LineReport, saying?: Saying): void {
    if (report) this.#report = report;
    if (saying) this.#saying = { what: saying };
    this.#change(() => (this.#ladder = ladder));
  }

  #change(change: () => void): void {
    const before = this.#told();
    change();
    if (this.#told() !== before) this.#deps.changed();
  }

  #told(): string {
    return JSON.stringify([this.limits, this.asked, this.quality]);
  }
}
