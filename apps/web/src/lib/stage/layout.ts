/** How tiles are laid out. Pure: lengths are CSS pixels. */

export interface Box {
  width: number;
  height: number;
}

export interface Grid {
  columns: number;
  rows: number;
  tile: Box;
  /** Tiles on one page: what does not fit waits on the next, with tiles of the same size. */
  perPage: number;
  pages: number;
}

export interface Spotlight {
  /** Where the faces go: beside the screen when the stage is wide, below when it is high. */
  side: 'beside' | 'below';
  screen: Box;
  strip: Grid;
}

export const GAP = 8;

/** A face is cut too much beyond these shapes. */
const NARROWEST = 4 / 5;
const WIDEST = 16 / 9;

/** Below these a face and its name cannot be told. */
const SMALLEST: Box = { width: 148, height: 96 };
/** A window narrower or lower than this is a phone's, upright or on its side; one at 400 % is as small. */
const PHONE: Box = { width: 600, height: 480 };
/** A wide screen takes a community of thirty. */
const MOST = 30;
/** [PHONE-1] What a phone decodes, its line carries and a person takes in at once. */
const MOST_ON_PHONE = 4;

/** How many people are on a page at most: by the window, or as the person chose. */
export const TILE_CHOICES = ['auto', 2, 4, 8, 16] as const;
export type TileChoice = (typeof TILE_CHOICES)[number];

/** [PHONE-1] A page's most, of a window of that size. It is of the window, not of the stage: a panel that opens takes nobody away. */
export function mostTiles({ width, height }: Box, choice: TileChoice): number {
  if (choice !== 'auto') return choice;
  return width < PHONE.width || height < PHONE.height ? MOST_ON_PHONE : MOST;
}

/** The grid whose tiles are the largest for `count` people, `most` on a page; pages when they would get too small. */
export function gridFor(count: number, stage: Box, most: number): Grid {
  const perPage = Math.max(1, Math.min(count, most, capacity(stage)));
  const { columns, rows, tile } = bestOf(perPage, stage);
  return { columns, rows, tile, perPage, pages: Math.max(1, Math.ceil(count / perPage)) };
}

/**
 * A shared screen takes the place; faces stand in a column beside it, or in a grid below. It is a picture like the others:
 * it takes one of the `most`.
 */
export function spotlightFor(count: number, stage: Box, most: number): Spotlight {
  const faces = Math.max(1, most - 1);
  const beside = stage.width >= stage.height * 1.2 && stage.width >= PHONE.width;
  if (beside) {
    const width = Math.round(Math.min(240, Math.max(SMALLEST.width, stage.width * 0.18)));
    const screen = { width: stage.width - width - GAP, height: stage.height };
    return { side: 'beside', screen, strip: column(count, { width, height: stage.height }, faces) };
  }
  // A phone held upright: a wide screen needs little height, the faces get what remains.
  const needed = stage.width / WIDEST;
  const room = Math.max(stage.height * 0.5, Math.min(needed, stage.height - SMALLEST.height - GAP));
  const rest = { width: stage.width, height: Math.max(0, stage.height - room - GAP) };
  return { side: 'below', screen: { width: stage.width, height: room }, strip: gridFor(count, rest, faces) };
}

/** How many tiles of the smallest size a stage holds. */
function capacity(stage: Box): number {
  return Math.max(1, fitting(stage.width, SMALLEST.width) * fitting(stage.height, SMALLEST.height));
}

function fitting(length: number, smallest: number): number {
  return Math.max(1, Math.floor((length + GAP) / (smallest + GAP)));
}

function bestOf(count: number, stage: Box) {
  // A column of one on a phone makes low, wide pictures: from four people on, two columns.
  const fewest = stage.width < PHONE.width && stage.height > stage.width && count >= 4 ? 2 : 1;
  let best = arrange(count, fewest, stage);
  for (let columns = fewest + 1; columns <= count; columns += 1) {
    const next = arrange(count, columns, stage);
    if (next.tile.width * next.tile.height > best.tile.width * best.tile.height) best = next;
  }
  return best;
}

function arrange(count: number, columns: number, stage: Box) {
  const rows = Math.ceil(count / columns);
  return { columns, rows, tile: within(cell(stage.width, columns), cell(stage.height, rows)) };
}

function cell(length: number, parts: number): number {
  return Math.max(0, Math.floor((length - GAP * (parts - 1)) / parts));
}

/** The largest tile of a shape that suits a face, in a cell. */
function within(width: number, height: number): Box {
  if (width > height * WIDEST) return { width: Math.floor(height * WIDEST), height };
  if (width < height * NARROWEST) return { width, height: Math.floor(width / NARROWEST) };
  return { width, height };
}

/** Faces one under the other. */
function column(count: number, stage: Box, most: number): Grid {
  const tile = { width: stage.width, height: Math.min(stage.height, Math.round((stage.width * 3) / 4)) };
  const perPage = Math.max(1, Math.min(count, most, fitting(stage.height, tile.height)));
  return { columns: 1, rows: perPage, tile, perPage, pages: Math.max(1, Math.ceil(count / perPage)) };
}

/** What is on a page; a page past the last one is the last one. */
export function onPage<T>(items: readonly T[], page: number, { perPage, pages }: Grid): readonly T[] {
  const first = Math.min(page, pages - 1) * perPage;
  return items.slice(first, first + perPage);
}
