/** The bounds of accounts. Free of zod, so that the browser can import them without paying for it. */

/** [PEOPLE-3] The whole rule: long enough. Longer than 200 would only make hashing slow. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;
/** Bytes of an upload before it is looked at; browsers send far smaller ones. */
export const PHOTO_MAX_BYTES = 6_000_000;
/** Characters of an address, the most that mail carries. */
export const EMAIL_MAX = 254;
/** Characters of what a profile holds. */
export const ORGANISATION_MAX = 120;
export const TERRITORY_MAX = 80;
export const LANGUAGE_MAX = 40;
export const LANGUAGES_MAX = 8;
export const STATEMENT_MAX = 600;
