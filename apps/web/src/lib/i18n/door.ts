import type { DoorWords } from './fr-door.ts';
import type { Lang } from './lang.ts';

/** Words of the door: for who runs the meeting, when they look at the people in it. */
export async function loadDoorWords(lang: Lang): Promise<DoorWords> {
  return lang === 'en' ? (await import('./en-door.ts')).enDoor : (await import('./fr-door.ts')).frDoor;
}
