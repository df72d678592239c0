import { describe, expect, test } from 'vitest';
import type { LiveState, MediaSource, ParticipantId, ProducerId } from '@relais/protocol';
import { SMALL_MEETING, wantedProducers } from './wanted-producers.ts';

const idOf = (i: number) => `p${i}` as ParticipantId;

/** So many people with a microphone each, of whom only those named are not muted; the first looks. */
function meetingOf(count: number, speaking: readonly number[], extra: LiveState = {}) {
  const participantIds = Array.from({ length: count }, (_, i) => idOf(i));
  const live: LiveState = Object.fromEntries(
    participantIds.map((id, i) => [
      id,
      { connected: true, producers: [producer(`mic-${i}`, 'microphone', !speaking.includes(i))] },
    ]),
  );
  const view = { self: idOf(0), participantIds, live: { ...live, ...extra }, screens: true };
  return wantedProducers({ ...view, camerasOf: new Set(participantIds) }).map((one) => one.producerId);
}

const producer = (id: string, source: MediaSource, paused: boolean) => ({
  producerId: id as ProducerId,
  source,
  paused,
});

describe('whose sound is received', () => {
  test('[MEDIA-2] in a small meeting muted microphones too', () => {
    expect(meetingOf(3, [1])).toEqual(['mic-1', 'mic-2']);
    expect(meetingOf(SMALL_MEETING, [])).toHaveLength(SMALL_MEETING - 1);
  });

  test('[MEDIA-2] in a large meeting those that are being sent', () => {
    expect(meetingOf(SMALL_MEETING + 1, [])).toEqual([]);
    expect(meetingOf(300, [0, 7, 299])).toEqual(['mic-7', 'mic-299']);
  });

  test('[MEDIA-2] in a large meeting the sound of a screen as any other, and every picture that has a place', () => {
    const sharing = {
      connected: true,
      producers: [producer('screen', 'screen', false), producer('sound', 'screenAudio', false)],
    };
    const paused = { connected: true, producers: [producer('face', 'camera', true)] };
    expect(meetingOf(40, [3], { [idOf(1)]: sharing, [idOf(2)]: paused })).toEqual([
      'mic-3',
      'sound',
      'screen',
      'face',
    ]);
  });
});
