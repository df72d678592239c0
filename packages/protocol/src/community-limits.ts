/** The bounds of communities. Free of zod, so that the browser can import them without paying for it. */

/** Characters. */
export const COMMUNITY_NAME_MAX = 100;
export const COMMUNITY_DESCRIPTION_MAX = 4000;
export const COMMUNITY_SLUG_MAX = 60;
/** What who asks to be taken in says of themselves, and what they are answered. */
export const WORD_MAX = 600;
/** Who administers the site makes them: a region has some, not some hundreds. */
export const COMMUNITIES_MAX = 200;
/** Days, of an invitation: to choose from, and what the field holds first. */
export const INVITATION_DAYS = [1, 7, 30, 90] as const;
/** Days, of an invitation by email: as long as the email waits at the most. */
export const EMAIL_INVITATION_DAYS = 30;
/** Addresses in one order of invitations. */
export const INVITED_AT_ONCE_MAX = 50;
/** Invitations of a community that can be used; an import takes up to as many as it has lines. */
export const INVITATIONS_MAX = 2000;
/** On one page of the directory. */
export const DIRECTORY_PAGE = 50;
/** Characters of what is searched. */
export const SEARCH_MAX = 100;
/** Of a file that is imported: bytes, and people in it. */
export const IMPORT_MAX_BYTES = 400_000;
export const IMPORT_MAX_LINES = 500;
/** Addresses of pages that are not a community's. */
export const RESERVED_SLUGS: readonly string[] = ['invitation', 'nouvelle'];
