/**
 * Whether the browser has the person's permission for both already: only then are they opened without a touch.
 * Where the browser does not say, no.
 */
export async function mayOpenUnasked(): Promise<boolean> {
  try {
    const states = await Promise.all(
      (['camera', 'microphone'] as const).map((name) => navigator.permissions.query({ name })),
    );
    return states.every(({ state }) => state === 'granted');
  } catch {
    return false;
  }
}
