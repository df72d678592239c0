/** The element that the server fills and the browser wakes. */
export const OFFLINE_ID = 'offline';
