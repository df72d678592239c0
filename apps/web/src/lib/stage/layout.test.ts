import { describe, expect, it } from 'vitest';
import {
  GAP,
  gridFor as grid,
  mostTiles,
  onPage,
  spotlightFor as spotlight,
  type Box,
  type Grid,
} from './layout.ts';

const stages: Record<string, Box> = {
  'a phone upright': { width: 344, height: 620 },
  'a phone on its side': { width: 760, height: 250 },
  'a tablet': { width: 752, height: 880 },
  'a laptop': { width: 1424, height: 760 },
  'a window at 400 %': { width: 304, height: 160 },
};
/** Of the window that has such a stage: a little larger than it. */
const most = ({ width, height }: Box) => mostTiles({ width: width + 16, height: height + 110 }, 'auto');
const gridFor = (count: number, stage: Box) => grid(count, stage, most(stage));
const spotlightFor = (count: number, stage: Box) => spotlight(count, stage, most(stage));
const counts = Array.from({ length: 30 }, (_, i) => i + 1);

const fits = (grid: Grid, stage: Box) =>
  grid.columns * grid.tile.width + (grid.columns - 1) * GAP <= stage.width + 1 &&
  grid.rows * grid.tile.height + (grid.rows - 1) * GAP <= stage.height + 1;

describe.each(Object.entries(stages))('on %s', (_name, stage) => {
  it('every count from 1 to 30 fits without overlap', () => {
    for (const count of counts) expect(fits(gridFor(count, stage), stage), `${count}`).toBe(true);
  });

  it('nobody is lost between pages', () => {
    for (const count of counts) {
      const people = Array.from({ length: count }, (_, i) => i);
      const made = gridFor(count, stage);
      const seen = Array.from({ length: made.pages }, (_, page) => onPage(people, page, made)).flat();
      expect(seen).toEqual(people);
    }
  });

  it('a shared screen has the larger part, and its strip fits', () => {
    for (const count of counts) {
      const { screen, strip, side } = spotlightFor(count, stage);
      const rest =
        side === 'beside'
          ? { width: stage.width - screen.width - GAP, height: stage.height }
          : { width: stage.width, height: stage.height - screen.height - GAP };
      expect(screen.width * screen.height, `${count}`).toBeGreaterThan(0.3 * stage.width * stage.height);
      expect(fits(strip, rest), `${count}`).toBe(true);
    }
  });
});

describe('gridFor', () => {
  it('gives one person the whole stage, within the shape of a face', () => {
    expect(gridFor(1, { width: 1600, height: 900 }).tile).toEqual({ width: 1600, height: 900 });
    expect(gridFor(1, { width: 400, height: 900 }).tile).toEqual({ width: 400, height: 500 });
  });

  it('puts two people side by side on a wide screen, one above the other on a phone', () => {
    expect(gridFor(2, { width: 1424, height: 760 })).toMatchObject({ columns: 2, rows: 1 });
    expect(gridFor(2, { width: 344, height: 620 })).toMatchObject({ columns: 1, rows: 2 });
  });

  it('[PHONE-1] shows at most four on a phone, upright and on its side, the others on further pages', () => {
    expect(gridFor(4, { width: 344, height: 560 })).toMatchObject({ columns: 2, rows: 2, pages: 1 });
    expect(gridFor(9, { width: 344, height: 560 })).toMatchObject({ columns: 2, perPage: 4, pages: 3 });
    expect(gridFor(9, { width: 650, height: 250 })).toMatchObject({ columns: 4, perPage: 4, pages: 3 });
  });

  it('[PHONE-1] counts a shared screen among the four', () => {
    expect(spotlightFor(9, { width: 344, height: 560 }).strip).toMatchObject({ perPage: 3, pages: 3 });
    expect(spotlightFor(9, { width: 650, height: 250 }).strip.perPage).toBeLessThanOrEqual(3);
  });

  it('[PHONE-1] shows more or fewer where the person chose so', () => {
    const phone = { width: 360, height: 740 };
    expect(mostTiles(phone, 'auto')).toBe(4);
    expect(mostTiles({ width: 740, height: 360 }, 'auto')).toBe(4);
    expect(mostTiles(phone, 8)).toBe(8);
    expect(mostTiles({ width: 1440, height: 900 }, 2)).toBe(2);
    expect(grid(9, { width: 344, height: 620 }, 8)).toMatchObject({ perPage: 8, pages: 2 });
    expect(spotlight(9, { width: 1424, height: 760 }, 2).strip).toMatchObject({ perPage: 1, pages: 9 });
  });

  it('shows thirty on one page of a laptop', () => {
    expect(gridFor(30, { width: 1424, height: 760 })).toMatchObject({ perPage: 30, pages: 1 });
  });

  it('keeps the tiles of a last page as large as those of the first', () => {
    const pages = gridFor(9, { width: 344, height: 640 });
    expect(onPage(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], 7, pages)).toEqual(['i']);
  });

  it('does with a stage that has no size yet', () => {
    expect(gridFor(3, { width: 0, height: 0 })).toMatchObject({ perPage: 1, pages: 3 });
  });
});
