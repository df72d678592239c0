import { goto } from '$app/navigation';
import { storeName } from '#lib/preview/stored-name.ts';
import { isMeeting, placeAfterSignIn } from './after-sign-in.ts';
import { readMe } from './ask-people.ts';

/** Somebody has signed in, and need not write their name at the door of a meeting [PEOPLE-8]: on to where they were on their way. `replaceState`: what they leave is of no more use to go back to. */
export async function goOn({ replaceState }: { replaceState: boolean }): Promise<void> {
  const place = placeAfterSignIn();
  const me = await readMe();
  if (me.ok && me.value.profile.name !== '') storeName(me.value.profile.name);
  if (!isMeeting(place)) {
    // eslint-disable-next-line svelte/no-navigation-without-resolve -- a page of ours, by its whole address
    return goto(place, { replaceState, invalidateAll: true });
  }
  if (replaceState) location.replace(place);
  else location.assign(place);
}
