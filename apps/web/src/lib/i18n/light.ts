import type { Lang } from './lang.ts';
import type { LightWords } from './fr-light.ts';

/** Words of light mode and of data: needed by whoever looks at them, a moment after the page. */
export async function loadLightWords(lang: Lang): Promise<LightWords> {
  return lang === 'en' ? (await import('./en-light.ts')).enLight : (await import('./fr-light.ts')).frLight;
}
