import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What accounts need to be secret, each made from the one secret of the hubs, so that there is nothing more to set. */
export interface PeopleSecrets {
  /** Signs the cookies of sessions. */
  sessions: string;
  /** Asked for where the first administrator is made; good for nothing once there is one. */
  firstToken: string;
  isFirstToken(given: string): boolean;
  /** An address as the counter of its attempts is named: whoever reads the counters reads no addresses. */
  counterOf(email: string): string;
}

const derive = (secret: string, purpose: string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', secret, '', `relais ${purpose}`, bytes)).toString('base64url');

export function createPeopleSecrets(secret: string): PeopleSecrets {
  const counters = derive(secret, 'counters of sign-in attempts', 32);
  const firstToken = derive(secret, 'first administrator', 18);
  return {
    sessions: derive(secret, 'sessions of people', 32),
    firstToken,
    isFirstToken(given) {
      const a = Buffer.from(given);
      const b = Buffer.from(firstToken);
      return a.length === b.length && timingSafeEqual(a, b);
    },
    counterOf: (email) => createHmac('sha256', counters).update(email).digest('base64url'),
  };
}
