import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };

describe('shortcutOf', () => {
  it('takes Ctrl+D and Ctrl+E, with capitals locked too', () => {
    expect(shortcutOf({ ...none, ctrlKey: true, key: 'd' }, false)).toBe('microphone');
    expect(shortcutOf({ ...none, ctrlKey: true, key: 'E' }, false)).toBe('camera');
  });

  it('takes ⌘ on a Mac, where Ctrl+D and Ctrl+E edit text', () => {
    expect(shortcutOf({ ...none, metaKey: true, key: 'd' }, true)).toBe('microphone');
    expect(shortcutOf({ ...none, ctrlKey: true, key: 'd' }, true)).toBeUndefined();
  });

  it('leaves letters, AltGr, Ctrl+Shift and held keys alone', () => {
    expect(shortcutOf({ ...none, key: 'd' }, false)).toBeUndefined();
    expect(shortcutOf({ ...none, ctrlKey: true, altKey: true, key: 'e' }, false)).toBeUndefined();
    expect(shortcutOf({ ...none, ctrlKey: true, shiftKey: true, key: 'D' }, false)).toBeUndefined();
    expect(shortcutOf({ ...none, ctrlKey: true, repeat: true, key: 'd' }, false)).toBeUndefined();
  });
});
