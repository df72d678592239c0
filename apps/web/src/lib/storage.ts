/**
 * Undefined when it throws: a storage that is full, or that a browser's privacy settings close, costs what would
 * have been remembered and no more.
 */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
