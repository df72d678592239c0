import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSystemControls } from './system-controls.ts';

function fakeSession(known: readonly string[]) {
  const handlers = new Map<string, (() => void) | null>();
  const active: Record<string, boolean> = {};
  return {
    handlers,
    active,
    metadata: null as { title: string } | null,
    playbackState: 'none',
    setActionHandler(action: string, handler: (() => void) | null) {
      if (!known.includes(action)) throw new TypeError(`unknown action ${action}`);
      handlers.set(action, handler);
    },
    setMicrophoneActive: async (isActive: boolean) => void (active['microphone'] = isActive),
    // As browsers before 2024: nothing is given back.
    setCameraActive: (isActive: boolean) => void (active['camera'] = isActive),
  };
}

const nothing = { microphone: () => undefined, camera: () => undefined, hangUp: () => undefined };

beforeEach(() => {
  vi.stubGlobal(
    'MediaMetadata',
    class {
      readonly title: string;
      constructor({ title }: { title: string }) {
        this.title = title;
      }
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a meeting on the lock screen [PHONE-7]', () => {
  it('has its title, says what is open, and its keys do what they say, until it is left', () => {
    const session = fakeSession(['togglemicrophone', 'togglecamera', 'hangup']);
    const done: string[] = [];
    const controls = createSystemControls(
      { microphone: () => done.push('mic'), camera: () => done.push('cam'), hangUp: () => done.push('end') },
      session as unknown as MediaSession,
    );
    controls.tell({ title: 'Table de mars', microphone: true, camera: false });
    expect(session.metadata?.title).toBe('Table de mars');
    expect(session.active).toEqual({ microphone: true, camera: false });
    for (const action of ['togglemicrophone', 'togglecamera', 'hangup']) session.handlers.get(action)?.();
    expect(done).toEqual(['mic', 'cam', 'end']);
    controls.close();
    expect([...session.handlers.values()]).toEqual([null, null, null]);
    expect(session.metadata).toBe(null);
  });

  it('does without the actions, or the session, that a browser lacks', () => {
    const session = fakeSession(['hangup']);
    const controls = createSystemControls(nothing, session as unknown as MediaSession);
    controls.tell({ title: 'x', microphone: true, camera: true });
    expect([...session.handlers.keys()]).toEqual(['hangup']);
    expect(() =>
      createSystemControls(nothing, undefined).tell({ title: 'x', microphone: true, camera: true }),
    ).not.toThrow();
  });
});
