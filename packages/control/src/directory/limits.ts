/** How often a node says where it is and what it carries, and how often others look; milliseconds. */
export const ANNOUNCE_INTERVAL_MS = 1000;
/** How long an announcement holds: three may be late. */
export const ANNOUNCEMENT_TTL_MS = 4000;
/** More nodes than any deployment has; what a directory lists beyond it is not read. */
export const MAX_NODES = 256;
