/** Addresses that are invited to one meeting. */
export const ENTRY_INVITED_MAX = 500;
/** Links for guests of one meeting, revoked ones and those that have run out counted. */
export const GUEST_LINKS_MAX = 50;
export const GUEST_LINK_MAX_DAYS = 366;
export const GUEST_LINK_MAX_SEATS = 1000;
/** Characters. */
export const GUEST_LABEL_MAX = 80;
