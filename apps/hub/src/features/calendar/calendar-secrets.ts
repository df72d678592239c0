import { createHmac, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '@relais/kit';

/**
 * What links of the calendar hold, made from the hubs' secret: nothing of it is kept. A registration's is for who got its email; a
 * feed's also for its generation, so that renewing it ends the former one [CAL-7].
 */
export class CalendarSecrets {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  registration(id: string): string {
    return `${id}.${this.#sign('registration', id)}`;
  }

  readRegistration(token: string): Result<string, { kind: 'linkInvalid' }> {
    const [id = '', given = ''] = token.split('.');
    return isSame(given, this.#sign('registration', id)) ? ok(id) : fail({ kind: 'linkInvalid' });
  }

  /** `community`: of one community alone, as this person may read it. */
  feed(personId: string, generation: number, community = ''): string {
    return this.#sign('feed', `${personId}\n${generation}\n${community}`);
  }

  isFeed(given: string, personId: string, generation: number, community = ''): boolean {
    return isSame(given, this.feed(personId, generation, community));
  }

  #sign(what: string, text: string): string {
    return createHmac('sha256', this.#secret).update(`calendar ${what}\n${text}`).digest('base64url');
  }
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
