import { createHash } from 'node:crypto';
import { deviceName } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { Me, PeopleRefusal, Profile } from '@relais/protocol/people';
import type { PeopleStore } from '../../ports/people-store.ts';
import { readPhoto } from './photo.ts';
import type { SignedIn } from './sign-in.service.ts';

type Answer<T> = Promise<Result<T, PeopleRefusal>>;

/** What a person sees and sets of themselves. */
export class ProfileService {
  readonly #store: PeopleStore;
  readonly #now: () => number;

  constructor({ store, now }: { store: PeopleStore; now: () => number }) {
    this.#store = store;
    this.#now = now;
  }

  async me({ personId, sessionId }: SignedIn): Answer<Me> {
    const [found, listed] = await Promise.all([
      this.#store.find(personId),
      this.#store.sessions(personId, this.#now()),
    ]);
    if (!found.ok) return found;
    if (!listed.ok) return listed;
    if (!found.value) return fail({ kind: 'notSignedIn' });
    const sessions = listed.value.map(({ userAgent, ...session }) => ({
      ...session,
      ...deviceName(userAgent),
      isThis: session.sessionId === sessionId,
    }));
    // What is in the reader's hands stands first; the others stay in the order of their last use.
    sessions.sort((a, b) => Number(b.isThis) - Number(a.isThis));
    return ok({ ...found.value, sessions });
  }

  save({ personId }: SignedIn, profile: Profile): Answer<void> {
    return this.#store.saveProfile(personId, profile, this.#now());
  }

  /** [PEOPLE-6] One's own only: another's id is as unknown as one that never was. */
  async endSession({ personId }: SignedIn, sessionId: string): Answer<void> {
    const ended = await this.#store.endSession(personId, sessionId);
    if (!ended.ok) return ended;
    return ended.value ? ok(undefined) : fail({ kind: 'unknownId' });
  }

  endOtherSessions({ personId, sessionId }: SignedIn): Answer<void> {
    return this.#store.endOtherSessions(personId, sessionId);
  }

  async savePhoto({ personId }: SignedIn, bytes: Uint8Array): Answer<{ photo: string }> {
    const read = await readPhoto(bytes);
    if (!read.ok) return read;
    const image = read.value;
    const version = createHash('sha256').update(image).digest('base64url').slice(0, 16);
    const saved = await this.#store.savePhoto(personId, { version, image, at: this.#now() });
    return saved.ok ? ok({ photo: version }) : saved;
  }

  removePhoto({ personId }: SignedIn): Answer<void> {
    return this.#store.removePhoto(personId);
  }

  async photo(personId: string, version: string): Answer<Uint8Array<ArrayBuffer>> {
    const found = await this.#store.photo(personId, version);
    if (!found.ok) return found;
    return found.value ? ok(found.value) : fail({ kind: 'unknownId' });
  }
}
