import type { LivePerson, LiveState, ParticipantId, ProducerId, StillId } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { evolveLive } from '../live.ts';
import { limitsOf } from '../line/limits.ts';
import { GREY_WIDTH, screensDiffer, type GreyPicture } from './difference.ts';
import { needsStills, screenForm } from './form.ts';
import { afterLook, afterSending, newPace } from './pace.ts';
import { firstPiece, isWorthFinishing, nextPiece } from './pieces.ts';

const ANA = 'ana' as ParticipantId;
const person = (more: Partial<LivePerson> = {}): LivePerson => ({ connected: true, producers: [], ...more });
const screen = (paused = false) => [{ producerId: 'x' as ProducerId, source: 'screen' as const, paused }];

describe('still images are made', () => {
  it('while somebody in the meeting is in light mode, the sharer too, and never for nobody [STILL-1]', () => {
    const alone: LiveState = { ana: person({ producers: screen(), light: true }) };
    expect(needsStills(alone, ANA)).toBe(false);
    expect(needsStills({ ...alone, ben: person() }, ANA)).toBe(true);
    const all: LiveState = { ana: person({ producers: screen() }), ben: person() };
    expect(needsStills(all, ANA)).toBe(false);
    expect(needsStills({ ...all, cleo: person({ light: true }) }, ANA)).toBe(true);
    expect(needsStills({ ...all, cleo: person({ light: true, connected: false }) }, ANA)).toBe(false);
    expect(needsStills({ ana: person(), cleo: person({ light: true }) }, ANA)).toBe(false);
  });

  it('and shown as the line allows, and as the sharer sends [STILL-3]', () => {
    const moving: LiveState = { ana: person({ producers: screen() }) };
    const still: LiveState = { ana: person({ producers: screen(true) }) };
    expect(screenForm(limitsOf(0), moving, ANA)).toBe('video');
    expect(screenForm(limitsOf(0), still, ANA)).toBe('stills');
    expect(screenForm(limitsOf(5), moving, ANA)).toBe('stills');
    expect(screenForm(limitsOf(6), still, ANA)).toBe('none');
  });

  it('end with the screen, and with another in its place [STILL-2]', () => {
    const still = { stillId: 's' as StillId, bytes: 9, at: 1 };
    const shared = evolveLive(
      { ana: person({ producers: screen() }) },
      { type: 'stillTaken', participantId: ANA, still },
    );
    expect(shared['ana']?.still).toEqual(still);
    const closed = { type: 'producerClosed', participantId: ANA, producerId: 'x' as ProducerId } as const;
    expect(evolveLive(shared, closed)['ana']).toEqual(person());
    const opened = {
      type: 'producerOpened',
      participantId: ANA,
      producerId: 'y' as ProducerId,
      source: 'screen',
      paused: false,
    } as const;
    expect(evolveLive(shared, opened)['ana']?.still).toBeUndefined();
    expect(evolveLive({ ana: person() }, { type: 'stillTaken', participantId: ANA, still })['ana']).toEqual(
      person(),
    );
  });
});

describe('two looks at a screen [STILL-4]', () => {
  const white = (): GreyPicture => ({
    width: GREY_WIDTH,
    height: 180,
    pixels: new Uint8Array(GREY_WIDTH * 180).fill(250),
  });
  const drawn = (paint: [x: number, y: number, grey: number][]) => {
    const page = white();
    for (const [x, y, grey] of paint) page.pixels[y * GREY_WIDTH + x] = grey;
    return page;
  };
  const block = (x: number, y: number, width: number, height: number, grey: number) =>
    Array.from(
      { length: width * height },
      (_, i) => [x + (i % width), y + Math.floor(i / width), grey] as [number, number, number],
    );

  it('differ by a word, wherever it stands, and by all of a page', () => {
    for (const x of [0, 3, 8, 13, GREY_WIDTH - 12]) {
      for (const y of [0, 5, 90, 176]) {
        expect(screensDiffer(white(), drawn(block(x, y, 12, 3, 180))), `${x},${y}`).toBe(true);
      }
    }
    expect(screensDiffer(white(), drawn(block(0, 0, GREY_WIDTH, 180, 20)))).toBe(true);
    expect(screensDiffer(undefined, white())).toBe(true);
    expect(screensDiffer({ ...white(), height: 90 }, white())).toBe(true);
  });

  it('do not differ by a cursor that blinks, a pointer that has moved, or noise', () => {
    expect(screensDiffer(white(), drawn(block(100, 50, 2, 6, 0)))).toBe(false);
    expect(screensDiffer(white(), drawn([...block(100, 50, 3, 4, 60), ...block(200, 90, 3, 4, 60)]))).toBe(
      false,
    );
    expect(screensDiffer(white(), drawn(block(0, 0, GREY_WIDTH, 180, 242)))).toBe(false);
  });
});

describe('the pace of still images [STILL-4]', () => {
  const look = { isNews: true, isMoving: false };

  it('waits for what moves to come to rest, six seconds at most', () => {
    let pace = newPace(0);
    const taken = [2000, 4000, 6000, 8000].map((now) => {
      const after = afterLook(pace, { now, isNews: true, isMoving: true });
      pace = after.pace;
      return after.take;
    });
    expect(taken).toEqual([false, false, false, true]);
    expect(afterLook(newPace(0), { now: 0, ...look }).take).toBe(true);
    expect(afterLook(newPace(0), { now: 0, isNews: false, isMoving: false }).take).toBe(false);
  });

  it('lets three pages be turned at once, then one as the allowance comes back', () => {
    let pace = newPace(0);
    for (let i = 0; i < 3; i += 1) pace = afterSending(afterLook(pace, { now: 0, ...look }).pace, 40_000);
    expect(afterLook(pace, { now: 0, ...look }).take).toBe(false);
    expect(afterLook(pace, { now: 2000, ...look }).take).toBe(true);
  });
});

describe('pieces of a still image [STILL-5]', () => {
  it('grow on a thick line to the longest that may be, twice as long each at most', () => {
    let pace = nextPiece(firstPiece(), { bytes: 256, ms: 30, longest: 16_384 });
    const lengths: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      lengths.push(pace.length);
      pace = nextPiece(pace, { bytes: pace.length, ms: 31, longest: 16_384 });
    }
    for (const [i, length] of lengths.slice(1).entries()) expect(length).toBeLessThanOrEqual(lengths[i]! * 2);
    expect(pace.length).toBe(16_384);
  });

  it('are finished when more than half is there', () => {
    expect(isWorthFinishing(501, 1000)).toBe(true);
    expect(isWorthFinishing(500, 1000)).toBe(false);
  });
});
