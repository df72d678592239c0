/** A small grey copy of a screen: one byte for each pixel, row by row. */
export interface GreyPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** Width of the copies that are compared: a letter of a shared page of 1,280 pixels is two or three wide. */
export const GREY_WIDTH = 320;

/** Grey levels of 255 by which a pixel has to differ: less is noise of the capture and of scaling. */
const LEVEL = 12;
/** Pixels of the window in which changes are counted together: about a word of running text. */
const WINDOW = { width: 16, height: 8 };
/**
 * Changed pixels in one window, and the columns over which they have to spread. A blinking cursor changes one or two
 * columns, a mouse pointer (in a picture of 1,280 pixels) about ten pixels; a changed word of four letters changes twenty
 * and more over ten columns. apps/web/e2e/stills.e2e.ts holds it on rendered text.
 */
const PIXELS = 14;
const COLUMNS = 6;

/** [STILL-4] Whether one screen shows something else than the other, as far as a reader would care. Pure. */
export function screensDiffer(before: GreyPicture | undefined, after: GreyPicture): boolean {
  if (!before || before.width !== after.width || before.height !== after.height) return true;
  const { width, height } = after;
  // Windows overlap by half, so that a word on the edge of one is whole in the next.
  for (let y = 0; y < height; y += WINDOW.height / 2) {
    for (let x = 0; x < width; x += WINDOW.width / 2) {
      if (windowDiffers(before, after, x, y)) return true;
    }
  }
  return false;
}

function windowDiffers(before: GreyPicture, after: GreyPicture, left: number, top: number): boolean {
  const { width, height } = after;
  const right = Math.min(width, left + WINDOW.width);
  const bottom = Math.min(height, top + WINDOW.height);
  let changed = 0;
  let columns = 0;
  for (let x = left; x < right; x += 1) {
    let inColumn = 0;
    for (let y = top; y < bottom; y += 1) {
      const at = y * width + x;
      if (Math.abs((before.pixels[at] ?? 0) - (after.pixels[at] ?? 0)) > LEVEL) inColumn += 1;
    }
    changed += inColumn;
    if (inColumn > 0) columns += 1;
  }
  return changed >= PIXELS && columns >= COLUMNS;
}
