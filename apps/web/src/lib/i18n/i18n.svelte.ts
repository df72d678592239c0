import { createContext } from 'svelte';
import type { Catalogue } from './fr.ts';
import { LANG_COOKIE, LANG_COOKIE_AGE, TAGS, type Lang } from './lang.ts';
import { loadCatalogue } from './load.ts';

/** The words of the interface in the language that the person reads; components follow a switch by themselves. */
export class I18n {
  #lang: Lang = $state('fr');
  #words: Catalogue;

  constructor(lang: Lang, words: Catalogue) {
    this.#lang = lang;
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

  /** Changes the words in place: what was typed, and the meeting, stay as they are. Remembered for a year. */
  async switchTo(lang: Lang): Promise<void> {
    this.#words = await loadCatalogue(lang);
    this.#lang = lang;
    document.documentElement.lang = TAGS[lang];
    document.cookie = `${LANG_COOKIE}=${lang};path=/;max-age=${LANG_COOKIE_AGE};samesite=lax`;
  }
}

export const [useI18n, provideI18n] = createContext<I18n>();
