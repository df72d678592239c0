import { describe, expect, it } from 'vitest';
import type { LivePerson, LiveState, ParticipantId } from '@relais/protocol';
import { microphoneProfile } from './microphone-profile.ts';

const ana = 'ana' as ParticipantId;
const live = (others: Record<string, Partial<LivePerson>>): LiveState =>
  Object.fromEntries(
    Object.entries(others).map(([id, more]) => [id, { connected: true, producers: [], ...more }]),
  );

describe('how a microphone is sent [LINE-8]', () => {
  it('is full where every line is good', () => {
    expect(microphoneProfile(live({ ana: {}, ben: {} }), ana, false)).toBe('full');
  });

  it('is frugal for one’s own thin line, for a listener’s, and for a listener in light mode', () => {
    expect(microphoneProfile(live({ ana: {} }), ana, true)).toBe('frugal');
    expect(microphoneProfile(live({ ana: {}, ben: { line: 'slow' } }), ana, false)).toBe('frugal');
    expect(microphoneProfile(live({ ana: {}, ben: { line: 'bad' } }), ana, false)).toBe('frugal');
    expect(microphoneProfile(live({ ana: {}, ben: { light: true } }), ana, false)).toBe('frugal');
  });

  it('is not frugal for oneself as the others know one, nor for somebody who is away', () => {
    expect(microphoneProfile(live({ ana: { line: 'slow' } }), ana, false)).toBe('full');
    expect(microphoneProfile(live({ ben: { line: 'bad', connected: false } }), ana, false)).toBe('full');
  });
});
