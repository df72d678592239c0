/** Milliseconds that somebody speaks to all rooms at once at most [VOICE-2]: whoever has more to say calls everybody back. */
export const TO_ALL_MAX_MS = 180_000;
