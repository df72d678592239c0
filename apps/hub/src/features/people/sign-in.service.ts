import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@relais/kit';
import type { firstBody, PeopleRefusal } from '@relais/protocol/people';
import type { z } from 'zod';
import type { PeopleStore } from '../../ports/people-store.ts';
import { mailLang, PROVIDER_ID, type Auth } from './auth.ts';
import type { PeopleSecrets } from './people-secrets.ts';
import type { Attempt, SignInLimits } from './sign-in-limits.ts';

/** Who asks, as HTTP has them. */
export interface Caller {
  /** The cookie, and how the browser names itself; nothing else is handed to the library. */
  headers: Headers;
  address: string;
}

/** What is answered, and the cookies that the browser is to keep. */
export interface Told<T> {
  result: Result<T, PeopleRefusal>;
  cookies: string[];
}

/** A browser that is signed in. */
export interface SignedIn {
  personId: string;
  sessionId: string;
}

export interface SignInDeps {
  auth: () => Auth;
  store: PeopleStore;
  limits: SignInLimits;
  secrets: PeopleSecrets;
  now: () => number;
}

/** Whether there is an account is not to be read from how long the answer took: none of those that must not tell is faster. */
const ANSWER_AFTER_MS = 300;

const refused = (refusal: PeopleRefusal): Told<never> => ({ result: fail(refusal), cookies: [] });
const UNAVAILABLE: PeopleRefusal = { kind: 'unavailable' };

/** Signing in and out, however it is done [PEOPLE-1] to [PEOPLE-7]. */
export class SignInService {
  readonly #deps: SignInDeps;

  constructor(deps: SignInDeps) {
    this.#deps = deps;
  }

  /** Whose session the cookie is; nobody's when it was forged, has run out or was ended. */
  async whoIs(headers: Headers): Promise<Told<SignedIn | undefined>> {
    if (!headers.get('cookie')?.includes('relais.session_token'))
      return { result: ok(undefined), cookies: [] };
    const response = await this.#deps.auth().api.getSession({ headers, asResponse: true });
    if (response.status >= 500) return refused(UNAVAILABLE);
    const found = (await response.json()) as { session: { id: string; userId: string } } | null;
    const cookies = response.headers.getSetCookie();
    if (!found) return { result: ok(undefined), cookies };
    return { result: ok({ personId: found.session.userId, sessionId: found.session.id }), cookies };
  }

  /** A link by email, the same for an address that is known and one that is not: it makes the account when it is used. */
  async askLink(caller: Caller, { email, lang }: { email: string; lang: 'fr' | 'en' }): Promise<Told<void>> {
    const limited = await this.#limited('link', caller, email);
    if (limited) return limited;
    const response = await mailLang.run(lang, () =>
      this.#deps.auth().api.signInMagicLink({ body: { email }, headers: caller.headers, asResponse: true }),
    );
    return response.ok ? { result: ok(undefined), cookies: [] } : refused(UNAVAILABLE);
  }

  async useLink(caller: Caller, token: string): Promise<Told<void>> {
    const limited = await this.#limited('token', caller);
    if (limited) return limited;
    return this.#replacing(caller, async () => {
      const { headers } = caller;
      const response = await this.#deps
        .auth()
        .api.magicLinkVerify({ query: { token }, headers, asResponse: true });
      return told(response, { kind: 'linkInvalid' });
    });
  }

  async withPassword(caller: Caller, body: { email: string; password: string }): Promise<Told<void>> {
    const limited = await this.#limited('password', caller, body.email);
    if (limited) return limited;
    return this.#replacing(caller, async () => {
      const { headers } = caller;
      const response = await this.#deps.auth().api.signInEmail({ body, headers, asResponse: true });
      return told(response, { kind: 'wrongCredentials' });
    });
  }

  async askReset(caller: Caller, { email, lang }: { email: string; lang: 'fr' | 'en' }): Promise<Told<void>> {
    const limited = await this.#limited('link', caller, email);
    if (limited) return limited;
    const asked = mailLang.run(lang, () =>
      this.#deps
        .auth()
        .api.requestPasswordReset({ body: { email }, headers: caller.headers, asResponse: true }),
    );
    const [response] = await Promise.all([asked, new Promise((done) => setTimeout(done, ANSWER_AFTER_MS))]);
    return response.ok ? { result: ok(undefined), cookies: [] } : refused(UNAVAILABLE);
  }

  /** Sets the password; everybody who was signed in with that account is not any more. */
  async useReset(
    caller: Caller,
    { token, password }: { token: string; password: string },
  ): Promise<Told<void>> {
    const limited = await this.#limited('token', caller);
    if (limited) return limited;
    const body = { token, newPassword: password };
    const response = await this.#deps
      .auth()
      .api.resetPassword({ body, headers: caller.headers, asResponse: true });
    return { ...told(response, { kind: 'linkInvalid' }), cookies: [] };
  }

  async signOut({ headers }: Caller): Promise<Told<void>> {
    const response = await this.#deps.auth().api.signOut({ headers, asResponse: true });
    return told(response, UNAVAILABLE);
  }

  /** Where the browser has to go to sign in at the provider. */
  async askProvider(caller: Caller): Promise<Told<{ url: string }>> {
    const limited = await this.#limited('token', caller);
    if (limited) return limited;
    const response = await this.#deps.auth().api.signInSocial({
      body: {
        provider: PROVIDER_ID,
        // It knows where one was on the way to.
        callbackURL: '/connexion?fait',
        errorCallbackURL: '/connexion',
        disableRedirect: true,
      },
      headers: caller.headers,
      asResponse: true,
    });
    if (!response.ok) return refused(UNAVAILABLE);
    const { url } = (await response.json()) as { url: string };
    return { result: ok({ url }), cookies: response.headers.getSetCookie() };
  }

  /** What the provider sends the browser back with: a whole answer, a redirection. */
  async fromProvider(caller: Caller, url: URL): Promise<Response> {
    const before = await this.whoIs(caller.headers);
    const response = await this.#deps.auth().handler(new Request(url, { headers: caller.headers }));
    const isIn = response.headers.getSetCookie().some((cookie) => /session_token=[^;]/.test(cookie));
    if (isIn) await this.#end(before);
    return response;
  }

  /** [PEOPLE-9] */
  async makeFirst(caller: Caller, first: z.infer<typeof firstBody>): Promise<Told<void>> {
    const limited = await this.#limited('token', caller);
    if (limited) return limited;
    const { auth, store, secrets, now } = this.#deps;
    const there = await store.hasAdministrator();
    if (!there.ok) return refused(there.error);
    if (there.value) return refused({ kind: 'notOpen' });
    if (!secrets.isFirstToken(first.token)) return refused({ kind: 'wrongToken' });
    const { name, email, password } = first;
    const passwordHash = await (await auth().$context).password.hash(password);
    const made = await store.createFirst({ personId: randomUUID(), name, email, passwordHash, at: now() });
    if (!made.ok) return refused(made.error);
    if (!made.value) return refused({ kind: 'notOpen' });
    return this.withPassword(caller, { email, password });
  }

  /** Whether somebody who is signed in may send one more photo now. */
  async mayUpload({ headers, address }: Caller): Promise<Told<void>> {
    const { result, cookies } = await this.whoIs(headers);
    if (!result.ok) return refused(result.error);
    if (!result.value) return refused({ kind: 'notSignedIn' });
    const taken = await this.#deps.limits.take('photo', { address, account: result.value.personId });
    if (!taken.ok) return refused({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    return { result: ok(undefined), cookies };
  }

  /** [PEOPLE-7] Signing in makes a session anew; the one that the browser came with ends. */
  async #replacing(caller: Caller, signIn: () => Promise<Told<void>>): Promise<Told<void>> {
    const before = await this.whoIs(caller.headers);
    const told = await signIn();
    if (told.result.ok) await this.#end(before);
    return told;
  }

  async #end({ result }: Told<SignedIn | undefined>): Promise<void> {
    if (result.ok && result.value)
      await this.#deps.store.endSession(result.value.personId, result.value.sessionId);
  }

  async #limited(attempt: Attempt, { address }: Caller, email?: string): Promise<Told<never> | undefined> {
    const account = email === undefined ? undefined : this.#deps.secrets.counterOf(email);
    const taken = await this.#deps.limits.take(attempt, { address, ...(account && { account }) });
    return taken.ok ? undefined : refused({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
  }
}

/** What the library answered: its own words are not for people, only whether it went well. */
function told(response: Response, refusal: PeopleRefusal): Told<void> {
  if (response.status >= 500) return refused(UNAVAILABLE);
  if (!response.ok) return refused(refusal);
  return { result: ok(undefined), cookies: response.headers.getSetCookie() };
}
