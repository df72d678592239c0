import { attempt } from '#lib/storage.ts';

const KEY = 'relais.after-sign-in';
/** A link that signs in is good for a quarter of an hour; what was wanted longer ago is not what is wanted now. */
const HELD_MS = 20 * 60_000;

/** Where somebody was on their way to when they were asked to sign in; null: nowhere. */
export function holdPlace(place: string | null, now = Date.now()): void {
  attempt(() =>
    isOurs(place) ? localStorage.setItem(KEY, `${now} ${place}`) : localStorage.removeItem(KEY),
  );
}

/** Told once; one's own account where there is nothing else. */
export function placeAfterSignIn(now = Date.now()): string {
  const held = attempt(() => {
    const text = localStorage.getItem(KEY) ?? '';
    localStorage.removeItem(KEY);
    return text;
  });
  const [at = '', place = ''] = (held ?? '').split(' ');
  return isOurs(place) && now - Number(at) < HELD_MS ? place : '/moi';
}

/** The page of a meeting is one that the router of the others cannot show. */
export const isMeeting = (place: string): boolean => /^\/r\/[^/?#]+([?#].*)?$/.test(place);

/** One slash, and none that a browser takes for one: anything else could be another site. */
function isOurs(place: string | null): place is string {
  return place !== null && /^\/(?![/\\])[^\s\\]{0,400}$/.test(place);
}
