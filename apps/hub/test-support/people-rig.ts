import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDatabase } from '@relais/db';
import express from 'express';
import { pino } from 'pino';
import { createPostgresMeetingLog } from '../src/adapters/postgres-meeting-log.ts';
import { createMemoryRateLimiter } from '../src/adapters/memory-rate-limiter.ts';
import type { ProviderSettings } from '../src/features/people/auth.ts';
import { createCalendar } from '../src/features/calendar/calendar.ts';
import { createCommunities } from '../src/features/communities/communities.ts';
import { letterOf } from '../src/features/mails/letter-of.ts';
import { createPrivacy } from '../src/features/privacy/privacy.ts';
import { createPeople } from '../src/features/people/people.ts';
import { answerError } from '../src/http/api.ts';
import { createCommunitiesApi } from '../src/http/communities-api.ts';
import { createCalendarApi } from '../src/http/calendar-api.ts';
import { createPrivacyApi } from '../src/http/privacy-api.ts';
import { createPeopleApi } from '../src/http/people-api.ts';
import type { Mail, Mailer } from '../src/ports/mailer.ts';

export const FIRST = { name: 'Odile Gagnon', email: 'odile@exemple.test', password: 'douze lettres ou plus' };
const INTERNAL_TOKEN = 'known to the server of the pages alone';

export interface PeopleRigOptions {
  url: string;
  publicUrl?: string;
  provider?: ProviderSettings;
  now?: () => number;
}

export type PeopleRig = Awaited<ReturnType<typeof createPeopleRig>>;

/** Accounts over real HTTP and a real PostgreSQL; emails are read where they would be stored. */
export async function createPeopleRig({ url, publicUrl, provider, now = Date.now }: PeopleRigOptions) {
  const database = createDatabase({ url });
  const mails: Mail[] = [];
  const app = express();
  app.set('trust proxy', 1);
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const limiter = createMemoryRateLimiter({ now });
  const mailer: Mailer = {
    async send(mail) {
      if (!mails.some(({ key }) => key === mail.key)) mails.push(mail);
      return { ok: true, value: undefined };
    },
  };
  const settings = { secret: 'x'.repeat(32), publicUrl: () => publicUrl ?? base, now };
  const logger = pino({ level: process.env['RELAIS_TEST_LOG'] ?? 'silent' });
  const communities = createCommunities({ database, limiter, mailer, settings, logger });
  const people = createPeople({
    database,
    limiter,
    mails: {
      mailer,
      isSending: false,
      list: async ({ most }) => {
        const letter = {
          tries: 0,
          error: '',
          createdAt: now(),
          doneAt: undefined,
          state: 'waiting',
        } as const;
        const stored = mails.map((mail) => ({ ...letterOf(mail), ...letter }));
        return { ok: true, value: stored.reverse().slice(0, most) };
      },
    },
    settings: { ...settings, provider },
    logger,
  });
  const calendar = createCalendar({
    database,
    log: createPostgresMeetingLog(database),
    communities,
    limiter,
    mailer,
    settings,
    logger,
  });
  app.use('/api', createPeopleApi({ people, internalToken: INTERNAL_TOKEN }));
  const privacy = createPrivacy({
    database,
    limiter,
    settings: {
      responsible: 'Odile Gagnon, odile@exemple.test',
      keepMeetingsDays: 730,
      keepRegisterDays: 1095,
      now,
    },
    logger,
  });
  app.use('/api', createPrivacyApi({ privacy, people, internalToken: INTERNAL_TOKEN }));
  app.use('/api', createCommunitiesApi({ communities, people, internalToken: INTERNAL_TOKEN }));
  app.use('/api', createCalendarApi({ calendar, people, limiter, internalToken: INTERNAL_TOKEN }));
  app.use(answerError(logger));
  return {
    base,
    people,
    communities,
    privacy,
    calendar,
    limiter,
    database,
    mails,
    internalToken: INTERNAL_TOKEN,
    browser: (address?: string) => new WebBrowser(base, address),
    /** The token of the last link that was sent to an address. */
    lastToken(to: string): string {
      const mail = mails.findLast((one) => one.to === to);
      if (!mail || !('url' in mail)) throw new Error(`no link was sent to ${to}`);
      return new URL(mail.url).searchParams.get('jeton') ?? '';
    },
    /** What opens the last invitation that was sent to an address. */
    lastInvitation(to: string): string {
      const mail = mails.findLast((one) => one.to === to && one.kind === 'communityInvitation');
      if (!mail || !('url' in mail)) throw new Error(`no invitation was sent to ${to}`);
      return new URL(mail.url).searchParams.get('jeton') ?? '';
    },
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      communities.close();
      await calendar.close();
      await people.close();
      await limiter.close();
      await database.close();
    },
  };
}

export interface Answered {
  status: number;
  body: { ok?: boolean; value?: unknown; refusal?: { kind: string } };
  headers: Headers;
}

/** What of a browser matters here: it keeps cookies, and names its page as the origin. */
export class WebBrowser {
  readonly cookies = new Map<string, string>();
  readonly #base: string;
  readonly #address: string;
  origin: string | undefined;

  constructor(base: string, address = '192.0.2.1') {
    this.#base = base;
    this.#address = address;
    this.origin = base;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-for', this.#address);
    headers.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
    if (this.cookies.size > 0) headers.set('cookie', this.cookieHeader);
    if (this.origin !== undefined) headers.set('origin', this.origin);
    const response = await fetch(new URL(path, this.#base), { redirect: 'manual', ...init, headers });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  async ask(method: string, path: string, body?: unknown): Promise<Answered> {
    const response = await this.fetch(`/api${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Answered['body']) : {},
      headers: response.headers,
    };
  }

  post(path: string, body: unknown = {}): Promise<Answered> {
    return this.ask('POST', path, body);
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}
