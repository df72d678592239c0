import { goto } from '$app/navigation';
import { isMeeting, placeAfterSignIn } from './after-sign-in.ts';

/** Somebody has signed in: on to where they were on their way. `replaceState`: what they leave is of no more use to go back to. */
export async function goOn({ replaceState }: { replaceState: boolean }): Promise<void> {
  const place = placeAfterSignIn();
  if (!isMeeting(place)) {
    // eslint-disable-next-line svelte/no-navigation-without-resolve -- a page of ours, by its whole address
    return goto(place, { replaceState, invalidateAll: true });
  }
  if (replaceState) location.replace(place);
  else location.assign(place);
}
