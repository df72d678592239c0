import type { TilesView } from '../meeting/view-model.ts';
import { attempt } from '../storage.ts';
import { mostTiles, TILE_CHOICES, type Box, type TileChoice } from './layout.ts';

const KEY = 'relais:tiles';

/** How many people are shown at once: by the window's size, or as the person chose in this browser [PHONE-1]. */
export class TilesStore implements TilesView {
  #choice = $state.raw<TileChoice>('auto');
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
    const kept = attempt(() => storage?.getItem(KEY));
    this.#choice = TILE_CHOICES.find((choice) => `${choice}` === kept) ?? 'auto';
  }

  get choice() {
    return this.#choice;
  }

  most(window: Box): number {
    return mostTiles(window, this.#choice);
  }

  choose(choice: TileChoice): void {
    this.#choice = choice;
    attempt(() => this.#storage?.setItem(KEY, `${choice}`));
  }
}
