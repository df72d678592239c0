/**
 * Gives the program to the browser to keep [SHELL-2]. Called when the line has nothing better to do; nothing depends on
 * it, and a browser that cannot do it fetches everything each time [SHELL-6].
 */
export async function keepProgram(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('/service-worker.js');
    // A version that was here before this page was loaded: the page is of that version, or of a later one.
    registration.waiting?.postMessage('take-over');
  } catch (error) {
    console.warn('shell: this browser does not keep the program', error);
  }
}
