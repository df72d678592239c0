/** Chromium's own; not in TypeScript's library of the DOM. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

const isPrompt = (event: Event): event is InstallPrompt =>
  'prompt' in event && typeof event.prompt === 'function';

/** The browser's offer to install Relais, kept until the person asks for it: nobody is interrupted with it [SHELL-8]. */
class Install {
  #offer = $state.raw<InstallPrompt>();
  #isListening = false;

  get isOffered(): boolean {
    return this.#offer !== undefined;
  }

  /** From now on; the page is then told to be one that can be installed, if it was not. */
  listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    addEventListener('beforeinstallprompt', (event) => {
      if (!isPrompt(event)) return;
      event.preventDefault();
      this.#offer = event;
    });
    addEventListener('appinstalled', () => (this.#offer = undefined));
    nameManifest();
  }

  /** The browser asks the person; an offer is good for one time. */
  async take(): Promise<void> {
    const offer = this.#offer;
    this.#offer = undefined;
    await offer?.prompt();
  }
}

/** The page of a meeting names no manifest at first, so that nothing of it comes before the first picture. */
function nameManifest(): void {
  if (document.querySelector('link[rel="manifest"]')) return;
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = '/manifest.webmanifest';
  document.head.append(link);
}

export const install = new Install();
