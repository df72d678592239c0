/**
 * Keeps the screen from going dark during a meeting; asked again each time the page comes back to the front, since
 * the browser lets go when it leaves. Gives what ends it. Where the browser cannot, nothing happens.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let ended = false;

  async function ask() {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (ended) await lock.release();
    } catch {
      // A low battery refuses; the meeting goes on.
    }
  }

  void ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
