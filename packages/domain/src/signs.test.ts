import type {
  LiveFact,
  LivePerson,
  LiveState,
  MediaSource,
  ParticipantId,
  ProducerId,
} from '@relais/protocol';
import { describe, expect, test } from 'vitest';
import { raisedHands } from './hands.ts';
import { evolveLive } from './live.ts';
import { wantedProducers } from './wanted-producers.ts';

const [ana, bea, cle] = ['ana', 'bea', 'cle'] as ParticipantId[] as [
  ParticipantId,
  ParticipantId,
  ParticipantId,
];

const connected = (is: boolean): LiveFact => ({
  type: 'connectionChanged',
  participantId: ana,
  connected: is,
});
const sign = (one: 'hand' | 'toAll', since: number | null): LiveFact => ({
  type: 'signChanged',
  participantId: ana,
  sign: one,
  since,
});
const after = (...facts: LiveFact[]) => facts.reduce(evolveLive, {} as LiveState)[ana];

describe('signs in the present', () => {
  test('[HAND-1] a hand is up since an instant, and down again', () => {
    expect(after(connected(true), sign('hand', 5))).toEqual({ connected: true, producers: [], hand: 5 });
    expect(after(connected(true), sign('hand', 5), sign('hand', null))).toEqual({
      connected: true,
      producers: [],
    });
  });

  test('[HAND-2] [VOICE-2] whose line fell keeps the hand up and speaks to nobody', () => {
    const signs = [connected(true), sign('hand', 5), sign('toAll', 6)];
    expect(after(...signs)).toMatchObject({ hand: 5, toAll: 6 });
    expect(after(...signs, connected(false))).toEqual({ connected: false, producers: [], hand: 5 });
    expect(after(...signs, connected(false), sign('hand', null)), 'nothing is left of who is gone').toBe(
      undefined,
    );
    expect(after(...signs, connected(false), connected(true))).toEqual({
      connected: true,
      producers: [],
      hand: 5,
    });
  });

  test('[HAND-4] hands are in the order of raising; at one instant, of joining', () => {
    const person = (participantId: ParticipantId, joinedAt: number, hand?: number) => ({
      participantId,
      joinedAt,
      ...(hand && { hand }),
    });
    const people = [person(ana, 1, 30), person(bea, 2), person(cle, 4, 20), person('dan' as never, 3, 20)];
    expect(raisedHands(people).map(({ participantId }) => participantId)).toEqual(['dan', cle, ana]);
    expect(people[0]?.participantId, 'the list itself is as it was').toBe(ana);
  });
});

describe('who speaks to all rooms', () => {
  const producer = (id: string, source: MediaSource, paused = false) => ({
    producerId: id as ProducerId,
    source,
    paused,
  });
  const sending = (name: string, more: Partial<LivePerson> = {}, paused = false): LivePerson => ({
    connected: true,
    producers: [
      producer(`${name}-camera`, 'camera'),
      producer(`${name}-screen`, 'screen'),
      producer(`${name}-sound`, 'screenAudio'),
      producer(`${name}-mic`, 'microphone', paused),
    ],
    ...more,
  });
  /** What Béa receives, alone in her room but for herself. */
  const wanted = (live: LiveState, self = bea) =>
    wantedProducers({
      self,
      participantIds: [self],
      live,
      camerasOf: new Set([ana, bea, cle]),
      screens: true,
    }).map(({ producerId }) => producerId);

  test('[VOICE-1] is heard from elsewhere, and not seen; others who are elsewhere are not', () => {
    expect(wanted({ [ana]: sending('ana', { toAll: 5 }), [cle]: sending('cle') })).toEqual(['ana-mic']);
    expect(wanted({ [ana]: sending('ana'), [cle]: sending('cle') })).toEqual([]);
  });

  test('[VOICE-1] also while the microphone is only being opened, and when several do; nobody hears themselves', () => {
    const both = { [ana]: sending('ana', { toAll: 5 }, true), [cle]: sending('cle', { toAll: 6 }) };
    expect(wanted(both)).toEqual(['ana-mic', 'cle-mic']);
    expect(wanted(both, ana)).toEqual(['cle-mic']);
  });
});
