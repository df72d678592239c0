export type Shortcut = 'microphone' | 'camera';

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>;

/**
 * Ctrl+D and Ctrl+E (⌘ on a Mac): what people know from other visioconférences. They work while typing, no screen
 * reader uses them, and the browser lets a page take them. AltGr, which is Ctrl+Alt on some systems, is left alone.
 */
export function shortcutOf(event: Keys, mac: boolean): Shortcut | undefined {
  const command = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!command || event.altKey || event.shiftKey || event.repeat) return undefined;
  const key = event.key.toLowerCase();
  return key === 'd' ? 'microphone' : key === 'e' ? 'camera' : undefined;
}

export function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
