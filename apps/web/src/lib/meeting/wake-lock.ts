/** Milliseconds before a lock that the system took away in sight, as for a low battery, is asked for again. */
const AGAIN_MS = 30_000;

/**
 * [PHONE-7] Keeps the screen from going dark during a meeting; asked again each time the page comes back to the front, since
 * the browser lets go when it leaves. Gives what ends it. Where the browser cannot, nothing happens.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isAsking = false;
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    clearTimeout(timer);
    const isHeld = lock !== undefined && !lock.released;
    if (isEnded || isAsking || isHeld || document.visibilityState !== 'visible') return;
    if (!('wakeLock' in navigator)) return;
    isAsking = true;
    try {
      const given = await navigator.wakeLock.request('screen');
      lock = given;
      given.addEventListener('release', () => again());
    } catch {
      // A low battery refuses; the meeting goes on.
      again();
    } finally {
      isAsking = false;
    }
    if (isEnded) release();
  }

  function again(): void {
    clearTimeout(timer);
    if (!isEnded) timer = setTimeout(() => void ask(), AGAIN_MS);
  }

  function release(): void {
    void lock?.release().catch(() => undefined);
  }

  const look = () => void ask();
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    isEnded = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
    release();
  };
}
