import { fail, type Result } from '@relais/kit';
import { facilitatorKey, type Refusal } from '@relais/protocol';
import { entryBody, guestLinkBody } from '@relais/protocol/entry';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { Asked, EntrySettingsService } from '../features/entry/entry-settings.service.ts';
import { issuesOf } from '../issues-of.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { refuse } from './answers.ts';
import { answer, readRight } from './bearer.ts';
import { clientAddress } from './client-address.ts';

/** It is also what stands between a machine and guessing a key. */
const ASKED_PER_ADDRESS = { limit: 120, windowMs: 60_000 };

export interface EntryApiDeps {
  settings: EntrySettingsService;
  limiter: RateLimiter;
  accounts: Pick<Accounts, 'cameWith'>;
  internalToken: string | undefined;
}

/**
 * [ENTRY-3] [GUEST-1] Who may enter, and links for guests, at `/meetings/:code/entry` and `…/guest-links`, for who has the
 * animator's key, which no other site's page can send: it stands in a header.
 */
export function createEntryApi({ settings, limiter, accounts, internalToken }: EntryApiDeps): Router {
  const api = Router();
  const body = express.json({ limit: '256kb', strict: true });

  async function allow(request: Request, response: Response, next: NextFunction): Promise<void> {
    const asked = readRight(request, facilitatorKey);
    if (!asked.ok) return refuse(response, asked.error);
    const taken = await limiter.take(`entry:${clientAddress(request, internalToken)}`, ASKED_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    next();
  }

  /** By the right that the request brings, once more: what was let through is read here. */
  const asking =
    (act: (asked: Asked, request: Request) => Promise<Result<unknown, Refusal>>) =>
    async (request: Request, response: Response) => {
      const asked = readRight(request, facilitatorKey);
      if (!asked.ok) return refuse(response, asked.error);
      const { cookie, origin, host } = request.headers;
      // Reading is told by no register.
      const account =
        request.method === 'GET' ? undefined : await accounts.cameWith({ cookie, origin, host });
      const by = account?.ok ? account.value?.personId : undefined;
      answer(response, await act({ code: asked.value.code, key: asked.value.bearer, by }, request));
    };
  /** The same, with a body that fits its schema. */
  const posting = <S extends z.ZodType>(
    schema: S,
    act: (asked: Asked, value: z.infer<S>) => Promise<Result<unknown, Refusal>>,
  ) =>
    asking(async (asked, request) => {
      const value = schema.safeParse(request.body);
      if (!value.success) return fail({ kind: 'invalidInput', issues: issuesOf(value.error) });
      return act(asked, value.data);
    });

  api.get(
    '/meetings/:code/entry',
    allow,
    asking((asked) => settings.read(asked)),
  );
  api.put(
    '/meetings/:code/entry',
    allow,
    body,
    posting(entryBody, (asked, value) => settings.save(asked, value)),
  );
  api.get(
    '/meetings/:code/guest-links',
    allow,
    asking((asked) => settings.links(asked)),
  );
  api.post(
    '/meetings/:code/guest-links',
    allow,
    body,
    posting(guestLinkBody, (asked, value) => settings.makeLink(asked, value)),
  );
  api.delete(
    '/meetings/:code/guest-links/:linkId',
    allow,
    asking((asked, request) => settings.revokeLink(asked, String(request.params['linkId']).slice(0, 64))),
  );
  return api;
}
