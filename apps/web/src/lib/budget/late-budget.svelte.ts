import { attempt } from '../storage.ts';
import type { BudgetView } from '../meeting/view-model.ts';
import type { BudgetDeps, BudgetStore } from './budget-store.svelte.ts';

/**
 * The budget of a meeting, whose code is fetched when it is first needed: at once where the person has set a limit, else when
 * something is shown of it, or when one is in the meeting.
 */
export class LateBudget {
  #store = $state.raw<BudgetStore>();
  #loading: Promise<void> | undefined;
  #isClosed = false;
  readonly #deps: BudgetDeps;

  constructor(deps: BudgetDeps) {
    this.#deps = deps;
    if (attempt(() => deps.storage?.getItem('relais:cap'))) this.load();
  }

  get current(): BudgetView | undefined {
    return this.#store;
  }

  load(): void {
    this.#loading ??= import('./budget-store.svelte.ts').then(
      ({ BudgetStore }) => {
        if (!this.#isClosed) this.#store = new BudgetStore(this.#deps);
      },
      (error: unknown) => {
        this.#loading = undefined;
        console.error('budget: its code did not load', error);
      },
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#store?.close();
  }
}
