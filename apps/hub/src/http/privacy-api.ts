import type { Result } from '@relais/kit';
import type { PeopleRefusal } from '@relais/protocol/people';
import { attendanceQuery, eraseBody, registerQuery } from '@relais/protocol/privacy';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { People } from '../features/people/people.ts';
import type { SignedIn } from '../features/people/sign-in.service.ts';
import type { Privacy } from '../features/privacy/privacy.ts';
import { readablePage } from '../features/privacy/readable.ts';
import { issuesOf } from '../issues-of.ts';
import { readCaller, setCookies, statusOf } from './account-http.ts';
import { isOwnOrigin } from './own-origin.ts';

export interface PrivacyApiDeps {
  privacy: Privacy;
  people: People;
  internalToken: string | undefined;
}

/** Personal information, beside accounts [PRIV-2] to [PRIV-6]. */
export function createPrivacyApi({ privacy, people, internalToken }: PrivacyApiDeps): Router {
  const api = Router();

  const own =
    (act: (who: SignedIn, request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response) => {
      const { result, cookies } = await people.signIn.whoIs(readCaller(request, internalToken).headers);
      setCookies(response, cookies);
      if (!result.ok) return refuse(response, result.error);
      if (!result.value) return refuse(response, { kind: 'notSignedIn' });
      await act(result.value, request, response);
    };

  api.get('/people/privacy', (_request: Request, response: Response) => {
    response.json({ ok: true, value: privacy.view });
  });
  api.get(
    '/people/me/data',
    own(async (who, request, response) => {
      const found = await privacy.data(who);
      if (!found.ok) return refuse(response, found.error);
      response.set({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      });
      if (request.query['as'] === 'page') {
        const { photo, ...rest } = found.value;
        const page = readablePage('Mes renseignements dans Relais', {
          ...rest,
          photo: photo && { at: photo.at },
        });
        response.attachment('relais-mes-renseignements.html').type('html').send(page);
      } else {
        response.attachment('relais-mes-renseignements.json').type('json');
        response.send(JSON.stringify(found.value, null, 2));
      }
    }),
  );
  api.post(
    '/people/me/erase',
    (request: Request, response: Response, next: NextFunction) => {
      if (isOwnOrigin(request, { publicUrl: people.publicUrl(), internalToken })) next();
      else refuse(response, { kind: 'foreignOrigin' });
    },
    express.json({ limit: '4kb', strict: true }),
    own(async (who, request, response) => {
      const body = eraseBody.safeParse(request.body);
      if (!body.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(body.error) });
      answer(response, await privacy.erase(who, body.data));
    }),
  );
  api.get(
    '/people/me/register',
    own((who, request, response) => entries(request, response, (filter) => privacy.ownEntries(who, filter))),
  );
  api.get(
    '/people/register',
    own((who, request, response) => entries(request, response, (filter) => privacy.entries(who, filter))),
  );
  api.get(
    '/people/register/attendance',
    own(async (who, request, response) => {
      const query = attendanceQuery.safeParse(request.query);
      if (!query.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(query.error) });
      answer(response, await privacy.attendance(who, query.data.before));
    }),
  );
  return api;
}

async function entries(
  request: Request,
  response: Response,
  read: (filter: ReturnType<typeof registerQuery.parse>) => Promise<Result<unknown, PeopleRefusal>>,
): Promise<void> {
  const query = registerQuery.safeParse(request.query);
  if (!query.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(query.error) });
  answer(response, await read(query.data));
}

function answer(response: Response, result: Result<unknown, PeopleRefusal>): void {
  if (result.ok) response.json({ ok: true, value: result.value });
  else refuse(response, result.error);
}

function refuse(response: Response, refusal: PeopleRefusal): void {
  if (refusal.kind === 'tooMany') response.set('retry-after', String(Math.ceil(refusal.retryAfterMs / 1000)));
  response.status(statusOf(refusal)).json({ ok: false, refusal });
}
