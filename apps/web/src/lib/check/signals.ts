/** Aborted with the first of them, for the same reason. (`AbortSignal.any` is younger than browsers that we serve.) */
export function firstOfSignals(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    const follow = () => controller.abort(signal.reason);
    if (signal.aborted) follow();
    else signal.addEventListener('abort', follow, { once: true, signal: controller.signal });
  }
  return controller.signal;
}
