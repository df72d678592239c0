import type { DeviceNewsWords } from './fr-device-news.ts';
import type { Lang } from './lang.ts';

/** Words for devices that come and go: needed when one does. */
export async function loadDeviceNewsWords(lang: Lang): Promise<DeviceNewsWords> {
  return lang === 'en'
    ? (await import('./en-device-news.ts')).enDeviceNews
    : (await import('./fr-device-news.ts')).frDeviceNews;
}
