import type { Result } from '@relais/kit';
import {
  acceptBody,
  decideBody,
  directoryQuery,
  invitationTokenBody,
  inviteBody,
  joinBody,
  makeCommunityBody,
  nameCoordinatorBody,
  requestBody,
  roleBody,
  saveCommunityBody,
  type CommunityRefusal,
} from '@relais/protocol/communities';
import { IMPORT_MAX_BYTES } from '@relais/protocol/community-limits';
import { registerQuery } from '@relais/protocol/privacy';
import express, {
  Router,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { z } from 'zod';
import type { Communities } from '../features/communities/communities.ts';
import type { People } from '../features/people/people.ts';
import { issuesOf } from '../issues-of.ts';
import { readCaller, sendPhoto, setCookies, statusOf as statusOfAccounts } from './account-http.ts';
import { clientAddress } from './client-address.ts';
import { isOwnOrigin } from './own-origin.ts';

export interface CommunitiesApiDeps {
  communities: Communities;
  people: Pick<People, 'signIn' | 'publicUrl'>;
  internalToken: string | undefined;
}

/** Who asks, and what the address of the request names. */
interface Asked {
  personId: string;
  slug: string;
  named: (name: string) => string;
}
type Answered = Promise<Result<unknown, CommunityRefusal>>;

/** Room for the longest description, whatever its letters. */
const BODY = '32kb';

/**
 * Communities, at `/communities`. To be mounted before the API's own reading of bodies: nothing of a body is read before it is known
 * that a page of ours asks [PEOPLE-5], for somebody who is signed in.
 */
export function createCommunitiesApi({ communities, people, internalToken }: CommunitiesApiDeps): Router {
  const api = Router();
  const { pages, members, invitations, imports } = communities;

  api.use('/communities', (request: Request, response: Response, next: NextFunction) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead || isOwnOrigin(request, { publicUrl: people.publicUrl(), internalToken })) next();
    else refuse(response, { kind: 'foreignOrigin' });
  });
  const json = express.json({ limit: BODY, strict: true });

  /** Who is signed in; undefined when that was answered. */
  async function whoAsks(request: Request, response: Response): Promise<Asked | undefined> {
    const { result, cookies } = await people.signIn.whoIs(readCaller(request, internalToken).headers);
    setCookies(response, cookies);
    if (!result.ok) refuse(response, result.error);
    else if (!result.value) refuse(response, { kind: 'notSignedIn' });
    if (!result.ok || !result.value) return undefined;
    const named = (name: string) => String(request.params[name] ?? '');
    return { personId: result.value.personId, slug: named('slug'), named };
  }
  /** A request that says all in its address. */
  const own = (act: (asked: Asked) => Answered) => async (request: Request, response: Response) => {
    const asked = await whoAsks(request, response);
    if (asked) answer(response, await act(asked));
  };
  /** One with a body, which is read when it is known who asks. */
  const sent =
    <S extends z.ZodType>(schema: S, act: (asked: Asked, body: z.infer<S>) => Answered) =>
    async (request: Request, response: Response) => {
      const asked = await whoAsks(request, response);
      if (!asked) return;
      await read(json, request, response);
      const body = schema.safeParse(request.body);
      if (!body.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(body.error) });
      answer(response, await act(asked, body.data));
    };

  api.get(
    '/communities',
    own(({ personId }) => pages.list(personId)),
  );
  api.post(
    '/communities',
    sent(makeCommunityBody, ({ personId }, body) => pages.make(personId, body)),
  );
  // Whoever holds an invitation, signed in or not.
  api.post('/communities/invitation/look', json, async (request: Request, response: Response) => {
    const body = invitationTokenBody.safeParse(request.body);
    if (!body.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(body.error) });
    const address = clientAddress(request, internalToken);
    answer(response, await invitations.look(body.data.token, address));
  });
  api.post(
    '/communities/invitation/accept',
    sent(acceptBody, ({ personId }, body) => invitations.accept(personId, body)),
  );
  api.get(
    '/communities/:slug',
    own(({ slug, personId }) => pages.view(slug, personId)),
  );
  api.put(
    '/communities/:slug',
    sent(saveCommunityBody, ({ slug, personId }, body) => pages.save(slug, personId, body)),
  );
  api.put(
    '/communities/:slug/coordinator',
    sent(nameCoordinatorBody, ({ slug, personId }, body) => pages.nameCoordinator(slug, personId, body)),
  );
  api.post(
    '/communities/:slug/join',
    sent(joinBody, ({ slug, personId }, { lang }) => members.join(slug, personId, lang)),
  );
  api.put(
    '/communities/:slug/request',
    sent(requestBody, ({ slug, personId }, body) => members.request(slug, personId, body)),
  );
  api.delete(
    '/communities/:slug/request',
    own(({ slug, personId }) => members.withdraw(slug, personId)),
  );
  api.post(
    '/communities/:slug/leave',
    own(({ slug, personId }) => members.leave(slug, personId)),
  );
  api.get('/communities/:slug/members', async (request: Request, response: Response) => {
    const asked = await whoAsks(request, response);
    if (!asked) return;
    const query = directoryQuery.safeParse(request.query);
    if (!query.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(query.error) });
    answer(response, await members.directory(asked.slug, asked.personId, query.data));
  });
  api.put(
    '/communities/:slug/members/:personId',
    sent(roleBody, ({ slug, personId, named }, { role }) =>
      members.setRole(slug, personId, { personId: named('personId'), role }),
    ),
  );
  api.delete(
    '/communities/:slug/members/:personId',
    own(({ slug, personId, named }) => members.remove(slug, personId, named('personId'))),
  );
  api.get(
    '/communities/:slug/members/:personId/photo/:version',
    async (request: Request, response: Response) => {
      const asked = await whoAsks(request, response);
      if (!asked) return;
      const { slug, personId, named } = asked;
      const photo = { personId: named('personId'), version: named('version') };
      const found = await members.photo(slug, personId, photo);
      if (found.ok) sendPhoto(response, found.value);
      else refuse(response, found.error);
    },
  );
  api.get('/communities/:slug/register', async (request: Request, response: Response) => {
    const asked = await whoAsks(request, response);
    if (!asked) return;
    const query = registerQuery.safeParse(request.query);
    if (!query.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(query.error) });
    answer(response, await communities.register(asked.slug, asked.personId, query.data));
  });
  api.get(
    '/communities/:slug/requests',
    own(({ slug, personId }) => members.requests(slug, personId)),
  );
  api.post(
    '/communities/:slug/requests/:personId',
    sent(decideBody, ({ slug, personId, named }, body) =>
      members.decide(slug, personId, { of: named('personId'), ...body }),
    ),
  );
  api.get(
    '/communities/:slug/invitations',
    own(({ slug, personId }) => invitations.list(slug, personId)),
  );
  api.post(
    '/communities/:slug/invitations',
    sent(inviteBody, ({ slug, personId }, body) =>
      body.kind === 'email'
        ? invitations.byEmail(slug, personId, body)
        : invitations.byLink(slug, personId, body),
    ),
  );
  api.delete(
    '/communities/:slug/invitations/:invitationId',
    own(({ slug, personId, named }) => invitations.revoke(slug, personId, named('invitationId'))),
  );
  const bytes = express.raw({ limit: IMPORT_MAX_BYTES, type: () => true, inflate: false });
  /** [COMM-10] A file, as it is. */
  const file =
    (act: (asked: Asked, file: Buffer, request: Request) => Answered) =>
    async (request: Request, response: Response) => {
      const asked = await whoAsks(request, response);
      if (!asked) return;
      await read(bytes, request, response);
      const body: unknown = request.body;
      answer(response, await act(asked, Buffer.isBuffer(body) ? body : Buffer.alloc(0), request));
    };
  api.post(
    '/communities/:slug/import/preview',
    file(({ slug, personId }, sheet) => imports.preview(slug, personId, sheet)),
  );
  api.post(
    '/communities/:slug/import',
    file(async ({ slug, personId }, sheet, request) => {
      const query = joinBody.safeParse(request.query);
      return query.success
        ? imports.import(slug, personId, { sheet, lang: query.data.lang })
        : { ok: false, error: { kind: 'invalidInput', issues: issuesOf(query.error) } };
    }),
  );
  return api;
}

/** Rejects with what reading the body threw. */
function read(reader: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void reader(request, response, (error?: unknown) => (error instanceof Error ? reject(error) : resolve()));
  });
}

function answer(response: Response, result: Result<unknown, CommunityRefusal>): void {
  if (result.ok) response.json({ ok: true, value: result.value ?? null });
  else refuse(response, result.error);
}

function refuse(response: Response, refusal: CommunityRefusal): void {
  if (refusal.kind === 'tooMany') response.set('retry-after', String(Math.ceil(refusal.retryAfterMs / 1000)));
  response.status(statusOf(refusal)).json({ ok: false, refusal });
}

function statusOf(refusal: CommunityRefusal): number {
  switch (refusal.kind) {
    case 'notUtf8':
    case 'noColumns':
      return 400;
    case 'otherAddress':
      return 403;
    case 'lastCoordinator':
    case 'slugTaken':
    case 'full':
    case 'nameMissing':
      return 409;
    case 'tooManyLines':
      return 413;
    default:
      return statusOfAccounts(refusal);
  }
}
