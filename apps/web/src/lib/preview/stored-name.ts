const KEY = 'relais.name';

/** The name given last time on this device; empty where the browser keeps nothing. */
export function storedName(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function storeName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Private browsing: the name is asked for again next time, nothing else is lost.
  }
}
