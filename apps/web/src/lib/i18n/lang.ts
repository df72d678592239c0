/** The languages of the interface. French is the first one and the default. */
export const LANGS = ['fr', 'en'] as const;
export type Lang = (typeof LANGS)[number];

export const LANG_COOKIE = 'lang';
/** A year, in seconds. */
export const LANG_COOKIE_AGE = 31_536_000;

/** The tag for `<html lang>` and for Intl. */
export const TAGS: Readonly<Record<Lang, string>> = { fr: 'fr-CA', en: 'en-CA' };

export function readLang(value: string | null | undefined): Lang {
  return LANGS.find((lang) => lang === value) ?? 'fr';
}
