import { createHmac } from 'node:crypto';
import type { IceServer, ParticipantId } from '@relais/protocol';
import { z } from 'zod';

/**
 * How long a right to relay lasts, in seconds: longer than the longest meeting. A browser is given it once, when its
 * media is opened, and takes a new allocation with it hours later, at an ICE restart on a train; were it over by then,
 * the call would be lost on the very network that needs the relay. Media that is opened anew brings a new right.
 */
export const DEFAULT_TURN_TTL_SECONDS = 6 * 60 * 60;

/** RFC 7065: `turn:host`, `turns:host:port?transport=tcp`; an IPv6 address stands in brackets. */
const TURN_URL = /^turns?:(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i;

/** The setting TURN_URLS: one or more, by commas. */
export const turnUrls = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim()))
  .pipe(
    z
      .array(
        z
          .string()
          .regex(
            TURN_URL,
            'hold TURN addresses by commas, like turn:turn.example.org:3478,turns:turn.example.org:443?transport=tcp',
          ),
      )
      .min(1)
      .max(8),
  );

export interface TurnSettings {
  /** Tried by the browser in any order: `turns:` on port 443 is what passes the strictest networks. */
  urls: readonly string[];
  /** The same as `static-auth-secret` of coturn. */
  secret: string;
  ttlSeconds: number;
}

/** The relays that this participant may use, as of `now` (milliseconds since 1970); none are run: undefined. */
export type TurnServersFor = (
  participantId: ParticipantId,
  now: number,
  ttlSeconds?: number,
) => IceServer[] | undefined;

/**
 * Rights as coturn's `use-auth-secret` wants them: the name says until when, the password proves that we said so.
 * coturn stores nobody, and learns of the participant only an id that means nothing outside.
 */
export function createTurnServers(settings: TurnSettings | undefined): TurnServersFor {
  if (!settings) return () => undefined;
  const { urls, secret, ttlSeconds } = settings;
  return (participantId, now, shorter = ttlSeconds) => {
    const username = `${Math.floor(now / 1000) + shorter}:${participantId}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return [{ urls: [...urls], username, credential }];
  };
}
