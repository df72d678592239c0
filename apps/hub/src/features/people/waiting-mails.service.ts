import { fail, ok, type Result } from '@relais/kit';
import type { PeopleRefusal, WaitingMail } from '@relais/protocol/people';
import type { PeopleStore } from '../../ports/people-store.ts';
import type { Register } from '../privacy/register.ts';
import type { Mails } from '../mails/mails.ts';
import type { SignedIn } from './sign-in.service.ts';

export interface WaitingMailsDeps {
  mails: Pick<Mails, 'list'>;
  store: PeopleStore;
  register: Pick<Register, 'write'>;
}

/** On one page. */
const NEWEST = 100;

/** [MAIL-7] Emails of a server that sends none, for who administers the site to hand on. */
export class WaitingMailsService {
  readonly #deps: WaitingMailsDeps;

  constructor(deps: WaitingMailsDeps) {
    this.#deps = deps;
  }

  async waiting({ personId }: SignedIn): Promise<Result<WaitingMail[], PeopleRefusal>> {
    const { mails, store, register } = this.#deps;
    const person = await store.find(personId);
    if (!person.ok) return person;
    if (!person.value?.isAdministrator) return fail({ kind: 'notAllowed' });
    // Links in them open accounts: that they are read is told before they are.
    const told = await register.write({ kind: 'mailsRead', actorId: personId });
    if (!told.ok) return told;
    const found = await mails.list({ before: undefined, most: NEWEST, state: 'waiting' });
    if (!found.ok) return found;
    return ok(
      found.value.map(({ key, to, subject, text, createdAt }) => ({ key, to, subject, text, at: createdAt })),
    );
  }
}
