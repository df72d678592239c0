import { CAMERA_LAYERS } from './sending-options.ts';

/** What the server sends until it is asked for less. */
export const TOP_LAYER = CAMERA_LAYERS.length - 1;

/** A picture may be stretched by this much before it looks soft enough to be worth another layer's cost. */
const STRETCH = 1.25;

/**
 * The simulcast layer for a tile of that width in CSS pixels: the smallest that need not be stretched much. A dense
 * screen's extra pixels are left out of it: they would double what a phone on a data plan receives.
 */
export function layerFor(tileWidth: number): number {
  const index = CAMERA_LAYERS.findIndex(({ width }) => width * STRETCH >= tileWidth);
  return index === -1 ? TOP_LAYER : index;
}
