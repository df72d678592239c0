import { attempt } from '../storage.ts';

/**
 * Whether the browser has the person's permission for both already: only then are they opened without a touch.
 * Where the browser does not say, no; nor of who waited on the page before this one, whose devices are to be as they were.
 */
export async function mayOpenUnasked(): Promise<boolean> {
  if (didWait()) return false;
  try {
    const states = await Promise.all(
      (['camera', 'microphone'] as const).map((name) => navigator.permissions.query({ name })),
    );
    return states.every(({ state }) => state === 'granted');
  } catch {
    return false;
  }
}

/** [WAIT-6] This page was loaded anew while one waited at a door. */
export const didWait = () => attempt(() => sessionStorage.getItem('relais:waiting'));
