import {
  LIGHT_MODE_STEP,
  limitsOf,
  STEP_OF_MODE,
  strictest,
  type LineLimits,
  type LineMode,
  type LineStep,
} from '@relais/domain';
import type { LineView } from '../meeting/view-model.ts';

/** Why something is given up: the line as it is measured, the person's choice, or the cap that they set on data. */
export type LineCause = 'measured' | 'chosen' | 'cap';

export interface LineStoreDeps {
  /** What this browser keeps of the choice. */
  remembered: { load(): LineMode; save(mode: LineMode): void };
  /** What is given up has changed. */
  changed: () => void;
}

/** What is given up at this moment. Each cause says its own step; the strictest holds [LINE-1]. */
export class LineStore implements LineView {
  #mode = $state.raw<LineMode>('full');
  #steps = $state.raw<Readonly<Record<LineCause, LineStep>>>({ measured: 0, chosen: 0, cap: 0 });
  #step = $derived(strictest(Object.values(this.#steps)));
  #limits = $derived(limitsOf(this.#step));
  readonly #deps: LineStoreDeps;

  constructor(deps: LineStoreDeps) {
    this.#deps = deps;
    this.#mode = deps.remembered.load();
    this.#steps = { ...this.#steps, chosen: STEP_OF_MODE[this.#mode] };
  }

  get step(): LineStep {
    return this.#step;
  }
  get limits(): LineLimits {
    return this.#limits;
  }
  get isLight(): boolean {
    return this.#step >= LIGHT_MODE_STEP;
  }
  get mode(): LineMode {
    return this.#mode;
  }

  stepOf(cause: LineCause): LineStep {
    return this.#steps[cause];
  }

  choose(mode: LineMode): void {
    this.#mode = mode;
    this.#deps.remembered.save(mode);
    this.hold('chosen', STEP_OF_MODE[mode]);
  }

  /** From now on this cause asks for that step; 0: for nothing. */
  hold(cause: LineCause, step: LineStep): void {
    if (this.#steps[cause] === step) return;
    const before = this.#step;
    this.#steps = { ...this.#steps, [cause]: step };
    if (this.#step !== before) this.#deps.changed();
  }
}
