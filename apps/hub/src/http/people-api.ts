import type { Result } from '@relais/kit';
import {
  askLinkBody,
  firstBody,
  passwordBody,
  PHOTO_MAX_BYTES,
  profile,
  useLinkBody,
  useResetBody,
  type PeopleRefusal,
} from '@relais/protocol/people';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { People } from '../features/people/people.ts';
import type { Caller, SignedIn, Told } from '../features/people/sign-in.service.ts';
import { issuesOf } from '../issues-of.ts';
import { readCaller, sendPhoto, setCookies, statusOf } from './account-http.ts';
import { isOwnOrigin } from './own-origin.ts';

export interface PeopleApiDeps {
  people: People;
  internalToken: string | undefined;
}

/**
 * Accounts, at `/auth` (before one is signed in) and `/people`. To be mounted before the API's own reading of bodies: nothing of a
 * body is read before it is known that a page of ours asks [PEOPLE-5].
 */
export function createPeopleApi({ people, internalToken }: PeopleApiDeps): Router {
  const api = Router();
  const { signIn, profiles } = people;
  const callerOf = (request: Request) => readCaller(request, internalToken);

  api.use(['/auth', '/people'], (request: Request, response: Response, next: NextFunction) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead || isOwnOrigin(request, { publicUrl: people.publicUrl(), internalToken })) next();
    else refuse(response, { kind: 'foreignOrigin' });
  });
  const json = express.json({ limit: '16kb', strict: true });

  /** A request whose body fits its schema. */
  const post = <S extends z.ZodType>(
    path: string,
    schema: S,
    act: (caller: Caller, body: z.infer<S>) => Promise<Told<unknown>>,
  ) =>
    api.post(path, json, async (request: Request, response: Response) => {
      const body = schema.safeParse(request.body);
      if (!body.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(body.error) });
      tell(response, await act(callerOf(request), body.data));
    });

  api.get('/auth/door', async (_request: Request, response: Response) => {
    const isFirst = await people.isFirst();
    if (!isFirst.ok) return refuse(response, isFirst.error);
    answer(response, {
      ok: true,
      value: { isFirst: isFirst.value, provider: people.provider, sendsMail: people.sendsMail },
    });
  });
  post('/auth/link', askLinkBody, (caller, body) => signIn.askLink(caller, body));
  post('/auth/link/use', useLinkBody, (caller, { token }) => signIn.useLink(caller, token));
  post('/auth/password', passwordBody, (caller, body) => signIn.withPassword(caller, body));
  post('/auth/reset', askLinkBody, (caller, body) => signIn.askReset(caller, body));
  post('/auth/reset/use', useResetBody, (caller, body) => signIn.useReset(caller, body));
  post('/auth/first', firstBody, (caller, body) => signIn.makeFirst(caller, body));
  api.post('/auth/sign-out', async (request: Request, response: Response) => {
    tell(response, await signIn.signOut(callerOf(request)));
  });
  if (people.provider !== null) {
    api.post('/auth/provider', async (request: Request, response: Response) => {
      tell(response, await signIn.askProvider(callerOf(request)));
    });
    api.get('/auth/callback/oidc', async (request: Request, response: Response) => {
      const url = new URL(request.originalUrl, people.publicUrl());
      handOn(response, await signIn.fromProvider(callerOf(request), url));
    });
  }

  /** A request of who is signed in. */
  const own =
    (act: (who: SignedIn, request: Request) => Promise<Result<unknown, PeopleRefusal>>) =>
    async (request: Request, response: Response) => {
      const { result, cookies } = await signIn.whoIs(callerOf(request).headers);
      setCookies(response, cookies);
      if (!result.ok) return refuse(response, result.error);
      if (!result.value) return refuse(response, { kind: 'notSignedIn' });
      answer(response, await act(result.value, request));
    };

  api.get(
    '/people/me',
    own((who) => profiles.me(who)),
  );
  api.put(
    '/people/me',
    json,
    own(async (who, request) => {
      const body = profile.safeParse(request.body);
      if (!body.success) return { ok: false, error: { kind: 'invalidInput', issues: issuesOf(body.error) } };
      return profiles.save(who, body.data);
    }),
  );
  api.delete(
    '/people/me/sessions',
    own((who) => profiles.endOtherSessions(who)),
  );
  api.delete(
    '/people/me/sessions/:sessionId',
    own((who, request) => profiles.endSession(who, String(request.params['sessionId']))),
  );
  api.put('/people/me/photo', async (request: Request, response: Response, next: NextFunction) => {
    // Nobody's megabytes are read.
    const { result } = await signIn.mayUpload(callerOf(request));
    if (result.ok) next();
    else refuse(response, result.error);
  });
  api.put(
    '/people/me/photo',
    express.raw({ limit: PHOTO_MAX_BYTES, type: () => true, inflate: false }),
    own(async (who, request) => {
      const body: unknown = request.body;
      return Buffer.isBuffer(body)
        ? profiles.savePhoto(who, body)
        : { ok: false, error: { kind: 'notAPhoto' } };
    }),
  );
  api.delete(
    '/people/me/photo',
    own((who) => profiles.removePhoto(who)),
  );
  api.get(
    '/people/mails',
    own((who) => people.waitingMails.waiting(who)),
  );
  api.get('/people/me/photo/:version', async (request: Request, response: Response) => {
    const { result } = await signIn.whoIs(callerOf(request).headers);
    if (!result.ok) return refuse(response, result.error);
    if (!result.value) return refuse(response, { kind: 'notSignedIn' });
    const found = await profiles.photo(result.value.personId, String(request.params['version']));
    if (!found.ok) return refuse(response, found.error);
    sendPhoto(response, found.value);
  });
  return api;
}

function tell(response: Response, { result, cookies }: Told<unknown>): void {
  setCookies(response, cookies);
  answer(response, result);
}

function answer(response: Response, result: Result<unknown, PeopleRefusal>): void {
  if (result.ok) response.json({ ok: true, value: result.value });
  else refuse(response, result.error);
}

function refuse(response: Response, refusal: PeopleRefusal): void {
  if (refusal.kind === 'tooMany') response.set('retry-after', String(Math.ceil(refusal.retryAfterMs / 1000)));
  response.status(statusOf(refusal)).json({ ok: false, refusal });
}

/** Whatever the provider answered, somebody looks at a browser: they are led to a page that says how it stands. */
function handOn(response: Response, from: globalThis.Response): void {
  setCookies(response, from.headers.getSetCookie());
  const location = from.headers.get('location') ?? '';
  // An answer that nobody asked for, or asked for in another browser, knows no page of ours to go back to.
  const isPage = location.startsWith('/') && !location.startsWith('/api/');
  response.redirect(302, isPage ? location : '/connexion?error=provider');
}
