import {
  allBytes,
  hourlyCost,
  nextBudget,
  NO_BUDGET,
  STEP_OF_MODE,
  type Bytes,
  type BudgetSaying,
  type Company,
  type DataCap,
  type FrameCount,
  type LineMode,
  type LineStep,
  type Used,
} from '@relais/domain';
import type { MeetingPresent } from '@relais/protocol';
import type { Flows } from '../media/media-session.ts';
import type { BudgetView } from '../meeting/view-model.ts';
import { askPresent } from './ask-present.ts';
import { createBudgetCare, createPace } from './budget-care.ts';
import { CAP_KEY, createCapMemory } from './cap-memory.ts';
import { companyAhead, companyNow, type CompanySight } from './company.ts';
import { createLedgerMemory, foldLedgers, isLedgerKey } from './ledger-memory.ts';

export interface BudgetDeps {
  code: string;
  storage: Storage | undefined;
  flows: () => Pick<Flows, 'send' | 'recv'> | undefined;
  socket: () => FrameCount;
  /** The meeting as it is shown here; undefined before one is in it. */
  sight: () => CompanySight | undefined;
  /** What is given up by choice. */
  chosen: () => LineStep;
  /** What the cap asks for from now on. */
  hold: (step: LineStep) => void;
}

/** Milliseconds between two writings: what a page that is killed has not written is lost. */
const SAVE_EVERY_MS = 5000;
/** Nobody there yet: an estimate for the smallest of meetings would be none. */
const USUAL_PEOPLE = 6;

/** What a meeting takes, what was used, and the limit that the person has set [DATA-1] to [DATA-5]. */
export class BudgetStore implements BudgetView {
  #used = $state.raw<Used>({ meeting: { up: 0, down: 0 }, since: 0, today: 0, month: 0 });
  #perHour = $state.raw<number>();
  #cap = $state.raw<DataCap>();
  #saying = $state.raw<{ what: BudgetSaying }>();
  #step = $state.raw<LineStep>(0);
  #present = $state.raw<MeetingPresent>();
  #expected = $state<number>();
  #company = $state.raw<Company>();
  #budget = NO_BUDGET;
  readonly #pace = createPace();
  readonly #stop = new AbortController();
  readonly #caps: ReturnType<typeof createCapMemory>;
  readonly #ledger: ReturnType<typeof createLedgerMemory>;
  readonly #deps: BudgetDeps;

  constructor(deps: BudgetDeps) {
    const { code, storage, flows, socket } = deps;
    this.#deps = deps;
    this.#caps = createCapMemory(storage);
    this.#ledger = createLedgerMemory({ code, storage, now: () => Date.now(), pageId: crypto.randomUUID() });
    this.#cap = this.#caps.load();
    this.#look();
    const isSecure = location.protocol === 'https:';
    const care = createBudgetCare({ flows, socket, isSecure, counted: (added) => this.#counted(added) });
    const saving = setInterval(() => this.#ledger.save(), SAVE_EVERY_MS);
    const { signal } = this.#stop;
    signal.addEventListener('abort', () => {
      care.close();
      clearInterval(saving);
      this.#ledger.save();
    });
    addEventListener('pagehide', () => this.#ledger.save(), { signal });
    addEventListener('storage', ({ key }) => this.#otherPage(key), { signal });
    void foldLedgers(storage, navigator.locks, Date.now()).then(() => this.#otherPage(null));
  }

  get used(): Used {
    return this.#used;
  }
  get perHour(): number | undefined {
    return this.#perHour;
  }
  get cap(): DataCap | undefined {
    return this.#cap;
  }
  get spent(): number {
    return this.#cap?.of === 'month' ? this.#used.month : allBytes(this.#used.meeting);
  }
  get step(): LineStep {
    return this.#step;
  }
  get saying() {
    return this.#saying;
  }
  get present(): number | undefined {
    return this.#present?.people;
  }
  get expected(): number {
    const there = (this.#present?.people ?? 0) + 1;
    return this.#expected ?? (there > 2 ? there : USUAL_PEOPLE);
  }

  expect(people: number): void {
    this.#expected = people;
  }

  costOf(mode: LineMode): number {
    return allBytes(hourlyCost(STEP_OF_MODE[mode], this.#company ?? this.#ahead()));
  }

  setCap(cap: DataCap | undefined): void {
    this.#caps.save(cap);
    this.#cap = cap;
    this.#look();
  }

  async lookAhead(): Promise<void> {
    const present = await askPresent(this.#deps.code);
    if (present) this.#present = present;
  }

  close(): void {
    this.#stop.abort();
  }

  #ahead(): Company {
    const { innerWidth: width, innerHeight: height } = window;
    const present = this.#present ?? { people: 0, cameras: 0, screens: 0 };
    return companyAhead(present, { people: this.expected, window: { width, height }, ownCamera: true });
  }

  #counted(added: Bytes): void {
    if (allBytes(added) > 0) this.#ledger.spend(added);
    const at = performance.now();
    this.#pace.counted(added, at);
    this.#perHour = this.#pace.perHour(at);
    this.#look();
  }

  /** What is used in another tab counts here, and so does the limit that was set there. */
  #otherPage(key: string | null): void {
    if (key === CAP_KEY || key === null) this.#cap = this.#caps.load();
    if (isLedgerKey(key)) this.#ledger.changed();
    this.#look();
  }

  #look(): void {
    const { sight, chosen, hold } = this.#deps;
    const seen = sight();
    const company = seen && companyNow(seen);
    this.#company = company;
    this.#used = this.#ledger.used();
    const { budget, say } = nextBudget(this.#budget, {
      at: performance.now(),
      elapsedMs: Math.max(0, Date.now() - this.#used.since),
      used: this.spent,
      cap: this.#cap,
      // Before the door nothing is taken yet: only a limit that is used up already is heeded.
      costOf: (step) => (company ? allBytes(hourlyCost(step, company)) : 0),
      chosen: chosen(),
    });
    this.#budget = budget;
    this.#step = budget.step;
    if (say) this.#saying = { what: say };
    hold(budget.step);
  }
}
