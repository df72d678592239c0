import { LINE_MODES, type LineMode } from '@relais/domain';
import { attempt } from '../storage.ts';

const KEY = 'relais:mode';

/**
 * What this browser is to spend on a meeting: as the person chose last time; before that, light mode if they asked the
 * browser itself to spare data.
 */
export function createModeMemory(storage: Storage | undefined, savesData: boolean) {
  return {
    load(): LineMode {
      const kept = attempt(() => storage?.getItem(KEY));
      return LINE_MODES.find((mode) => mode === kept) ?? (savesData ? 'light' : 'full');
    },
    save: (mode: LineMode): void => void attempt(() => storage?.setItem(KEY, mode)),
  };
}

/** Android's data saver, as Chromium tells of it; other browsers do not say. */
export function browserSavesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
