/** The mediasoup-client handlers that we ship: one per browser engine. */
export type HandlerName = 'Chrome111' | 'Firefox120' | 'Safari12';

/**
 * Which handler speaks this browser's WebRTC, from its user agent string; undefined for one that is too old.
 * Every browser of iOS is WebKit underneath, whatever its name.
 */
export function handlerFor(userAgent: string): HandlerName | undefined {
  if (/\b(iPhone|iPad|iPod)\b/.test(userAgent)) return 'Safari12';
  const chromium = /\bChrom(?:e|ium)\/(\d+)/.exec(userAgent) ?? /\bHeadlessChrome\/(\d+)/.exec(userAgent);
  if (chromium) return Number(chromium[1]) >= 111 ? 'Chrome111' : undefined;
  const firefox = /\bFirefox\/(\d+)/.exec(userAgent);
  if (firefox) return Number(firefox[1]) >= 120 ? 'Firefox120' : undefined;
  return /\bVersion\/\d+.*\bSafari\//.test(userAgent) ? 'Safari12' : undefined;
}
