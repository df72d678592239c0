import { describe, expect, it } from 'vitest';
import { EdgeScroll } from './edge-scroll.ts';

const BOX = { top: 100, bottom: 500 };
const FRAME_MS = 16;

/** How far it scrolls in each of so many frames with the pointer at `y`. */
function held(edge: EdgeScroll, { y, from, frames }: { y: number; from: number; frames: number }): number[] {
  return Array.from({ length: frames }, (_, index) => edge.step(y, BOX, from + index * FRAME_MS));
}

const sum = (steps: readonly number[]) => steps.reduce((all, one) => all + one, 0);

describe('[BREAK-26] scrolling at an edge', () => {
  it('begins only after a moment there, and slowly', () => {
    const edge = new EdgeScroll(300);
    const steps = held(edge, { y: 498, from: 0, frames: 120 });
    expect(sum(steps.slice(0, 22))).toBe(0);
    expect(Math.max(...steps.slice(22, 40))).toBeLessThanOrEqual(4);
    expect(sum(steps)).toBeGreaterThan(200);
    expect(Math.max(...steps)).toBeLessThanOrEqual(11);
  });

  it('goes up at the upper edge, and slower further from it', () => {
    const near = sum(held(new EdgeScroll(300), { y: 101, from: 0, frames: 100 }));
    const further = sum(held(new EdgeScroll(300), { y: 140, from: 0, frames: 100 }));
    expect(near).toBeLessThan(further);
    expect(further).toBeLessThan(0);
  });

  it('does nothing for who was taken up beside an edge and goes elsewhere', () => {
    const edge = new EdgeScroll(490);
    expect(sum(held(edge, { y: 485, from: 0, frames: 100 }))).toBe(0);
    expect(sum(held(edge, { y: 470, from: 1600, frames: 100 }))).toBe(0);
    // Beyond where they were taken up it is meant.
    expect(sum(held(edge, { y: 505, from: 3200, frames: 100 }))).toBeGreaterThan(0);
  });

  it('waits anew after each time that the edge was left', () => {
    const edge = new EdgeScroll(300);
    held(edge, { y: 498, from: 0, frames: 100 });
    expect(held(edge, { y: 300, from: 1600, frames: 1 })).toEqual([0]);
    expect(sum(held(edge, { y: 498, from: 1616, frames: 20 }))).toBe(0);
  });

  it('does not leap after a frame that took long', () => {
    const edge = new EdgeScroll(300);
    held(edge, { y: 500, from: 0, frames: 100 });
    expect(edge.step(500, BOX, 60_000)).toBeLessThanOrEqual(32);
  });
});
