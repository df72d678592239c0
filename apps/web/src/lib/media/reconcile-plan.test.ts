import { describe, expect, it } from 'vitest';
import type { ConsumerId, MediaSource, ParticipantId, ProducerId } from '@relais/protocol';
import { TOP_LAYER } from './layer-choice.ts';
import {
  LINGER_MS,
  reconcilePlan,
  SOUND_LINGER_MS,
  type HeldConsumer,
  type ReconcileInput,
} from './reconcile-plan.ts';

const producer = (id: string) => id as ProducerId;
const ana = 'ana' as ParticipantId;
const wanted = (id: string, source: MediaSource = 'camera') => ({
  producerId: producer(id),
  participantId: ana,
  source,
});
const held = (id: string, more: Partial<HeldConsumer> = {}): HeldConsumer => ({
  ...wanted(id),
  consumerId: `c-${id}` as ConsumerId,
  unwantedSince: 1000,
  layer: TOP_LAYER,
  trackId: `t-${id}`,
  held: false,
  ...more,
});
const plan = (input: Partial<ReconcileInput>) =>
  reconcilePlan({
    wanted: [],
    held: [],
    tiles: new Map(),
    still: new Set(),
    topLayer: TOP_LAYER,
    noRoomFor: new Set(),
    absentUntil: new Map(),
    now: 1000,
    ...input,
  });

describe('reconciling what is received with what is wanted', () => {
  it('[MEDIA-1] opens what is missing, in the order wanted', () => {
    const made = plan({
      wanted: [wanted('b', 'microphone'), wanted('a')],
      held: [held('c')],
    });
    expect(made.consume).toEqual(['b', 'a']);
  });

  it('does nothing when all is as wanted', () => {
    expect(plan({ wanted: [wanted('a')], held: [held('a')] })).toEqual({
      consume: [],
      close: [],
      layers: [],
      hold: [],
      flow: [],
      again: undefined,
    });
  });

  it('keeps a picture that lost its place for a moment, then closes it', () => {
    const kept = plan({ held: [held('a')], now: 1000 + LINGER_MS - 1 });
    expect(kept.close).toEqual([]);
    expect(kept.again).toBe(1000 + LINGER_MS);
    expect(plan({ held: [held('a')], now: 1000 + LINGER_MS }).close).toEqual(['c-a']);
  });

  it('[MEDIA-2] listens for a while to a microphone that was muted, then closes it', () => {
    const muted = held('a', { source: 'microphone' });
    expect(plan({ held: [muted], now: 1000 + SOUND_LINGER_MS - 1 })).toMatchObject({
      close: [],
      again: 1000 + SOUND_LINGER_MS,
    });
    expect(plan({ held: [muted], now: 1000 + SOUND_LINGER_MS }).close).toEqual(['c-a']);
  });

  it('asks for a layer only when it differs from the last one asked for', () => {
    const tiles = new Map([[ana, 200]]);
    expect(plan({ wanted: [wanted('a')], held: [held('a')], tiles }).layers).toEqual([
      { consumerId: 'c-a', layer: 0 },
    ]);
    expect(plan({ wanted: [wanted('a')], held: [held('a', { layer: 0 })], tiles }).layers).toEqual([]);
  });

  it('asks for no layer of a shared screen, which has one', () => {
    const screen = { source: 'screen' as const };
    const tiles = new Map([[ana, 100]]);
    expect(plan({ wanted: [wanted('a', 'screen')], held: [held('a', screen)], tiles }).layers).toEqual([]);
  });

  it('leaves alone for a while what the server said is gone', () => {
    const absentUntil = new Map([[producer('a'), 5000]]);
    const made = plan({ wanted: [wanted('a')], absentUntil });
    expect(made.consume).toEqual([]);
    expect(made.again).toBe(5000);
    expect(plan({ wanted: [wanted('a')], absentUntil, now: 5000 }).consume).toEqual(['a']);
  });

  it('holds pictures that stand still, opens none for them, and lets them flow again [LINE-1]', () => {
    const wantedOnes = [wanted('a'), wanted('b'), wanted('new')];
    const still = new Set([producer('b'), producer('new')]);
    const open = { unwantedSince: undefined };
    const frozen = plan({ wanted: wantedOnes, held: [held('a', open), held('b', open)], still });
    expect(frozen).toMatchObject({ hold: ['c-b'], flow: [], consume: [] });
    const after = plan({ wanted: wantedOnes, held: [held('a', open), held('b', { ...open, held: true })] });
    expect(after).toMatchObject({ hold: [], flow: ['c-b'], consume: ['new'] });
  });

  it('asks for no better layer than the line has room for [LINE-1]', () => {
    const input = {
      wanted: [wanted('a')],
      held: [held('a', { unwantedSince: undefined })],
      tiles: new Map([[ana, 900]]),
    };
    expect(plan({ ...input, topLayer: 0 }).layers).toEqual([{ consumerId: 'c-a', layer: 0 }]);
    expect(plan(input).layers).toEqual([]);
  });

  it('closes at once what the line has no room for: sound cannot wait for it [LINE-1]', () => {
    const noRoomFor = new Set<MediaSource>(['camera']);
    expect(plan({ held: [held('a')], noRoomFor }).close).toEqual(['c-a']);
    expect(plan({ held: [held('a')] }).close).toEqual([]);
  });
});
