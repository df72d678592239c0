import { createContext } from 'svelte';
import type { LateCatalogue } from './fr-late.ts';
import type { Catalogue } from './fr.ts';
import { LANG_COOKIE, LANG_COOKIE_AGE, TAGS, type Lang } from './lang.ts';
import { loadCatalogue, loadLateCatalogue } from './load.ts';

/** The words of the interface in the language that the person reads; components follow a switch by themselves. */
export class I18n {
  #lang: Lang = $state('fr');
  #words: Catalogue;
  #late: LateCatalogue | undefined;

  constructor(lang: Lang, words: Catalogue, late?: LateCatalogue) {
    this.#lang = lang;
    this.#late = $state.raw(late);
    this.#words = $state.raw(words);
  }

  get lang(): Lang {
    return this.#lang;
  }

  /** For Intl and for `lang` attributes. */
  get tag(): string {
    return TAGS[this.#lang];
  }

  get t(): Catalogue {
    return this.#words;
  }

  /**
   * The words that joining does without: for what `withLate` has loaded.
   *
   * @throws Error elsewhere: a component that needs them was imported directly.
   */
  get late(): LateCatalogue {
    if (!this.#late) throw new Error('the late words are not loaded: load the component by withLate');
    return this.#late;
  }

  /** What `load` downloads, with the words that it needs. */
  async withLate<T>(load: () => Promise<T>): Promise<T> {
    const lang = this.#lang;
    const [loaded, late] = await Promise.all([load(), this.#late ?? loadLateCatalogue(lang)]);
    // Switched meanwhile, before there was anything to switch.
    if (lang !== this.#lang) return this.withLate(load);
    this.#late ??= late;
    return loaded;
  }

  /** Changes the words in place: what was typed, and the meeting, stay as they are. Remembered for a year. */
  async switchTo(lang: Lang): Promise<void> {
    const late = this.#late && loadLateCatalogue(lang);
    const words = await loadCatalogue(lang);
    this.#late = await late;
    this.#words = words;
    this.#lang = lang;
    document.documentElement.lang = TAGS[lang];
    document.cookie = `${LANG_COOKIE}=${lang};path=/;max-age=${LANG_COOKIE_AGE};samesite=lax`;
  }
}

export const [useI18n, provideI18n] = createContext<I18n>();
