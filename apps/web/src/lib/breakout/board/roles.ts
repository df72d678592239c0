import type { RoomRole } from '@relais/protocol';

/** In the order in which they are offered. */
export const ROLES: readonly RoomRole[] = ['host', 'noteTaker', 'timekeeper'];
