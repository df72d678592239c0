import { HTTP_ROUTES, may, RIGHTS, ROLES, type Role } from '@relais/domain';
import {
  communities,
  communityInvitations,
  communityRequests,
  memberships,
  people,
  photos,
} from '@relais/db';
import { up } from '@relais/protocol';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import type { Router } from 'express';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHubRig } from '../test-support/hub-rig.ts';
import { noMails } from '../test-support/no-mails.ts';
import { startOidcProvider } from '@relais/testing/oidc-provider';
import { createPeopleRig, FIRST, type PeopleRig, type WebBrowser } from '../test-support/people-rig.ts';
import { ACCOUNT_ROUTES, COMMUNITY_ROUTES, httpExamples } from '../test-support/rights.ts';
import { createHubMetrics } from './observe/hub-metrics.ts';

/** Of those who have a part in the site or a community, everybody is signed in. */
const SIGNED_IN = new Set<Role>(['administrator', 'coordinator', 'animator', 'member', 'person']);
const LATER_MS = 20 * 60_000;
const OBSERVING = {
  registries: [],
  token: 'a-token-of-the-tests',
  version: '1',
  load: () => ({ eventLoopDelayMs: { p50: 0, p99: 0 }, cpu: 0, memoryBytes: 1 }),
  nodes: async () => [],
  mails: noMails,
  hasRedis: false,
};

let postgres: TestPostgres;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
let rig: PeopleRig;
let now = Date.now();

beforeAll(async () => {
  postgres = await startTestPostgres();
  provider = await startOidcProvider();
  const url = await postgres.freshDatabase();
  rig = await createPeopleRig({ url, provider: provider.settings, now: () => now });
  await rig.browser().post('/auth/first', { ...FIRST, token: rig.people.firstToken });
});
afterAll(async () => {
  await rig.close();
  await provider.close();
  await postgres.close();
});

/** A browser of somebody of this role. */
async function someone(role: Role): Promise<WebBrowser> {
  // How often one may try is another rule.
  now += LATER_MS;
  const browser = rig.browser();
  if (!SIGNED_IN.has(role)) return browser;
  const email = role === 'administrator' ? FIRST.email : `${role}@exemple.test`;
  await browser.post('/auth/link', { email, lang: 'fr' });
  await browser.post('/auth/link/use', { token: rig.lastToken(email) });
  return browser;
}

it.each(ROLES)(
  '[RIGHTS-1] every route of accounts is let through or refused to who is %s as the table says',
  async (role) => {
    for (const route of ACCOUNT_ROUTES) {
      const browser = await someone(role);
      const { query = '', body } = httpExamples[route];
      const [method = '', path = ''] = route.split(' ');
      const response = await browser.fetch(`${path.replace(/:\w+/, 'x')}${query}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isRefused = /notSignedIn|notAllowed|foreignOrigin/.test(text);
      expect({ route, isRefused, text }).toEqual({ route, isRefused: !may(role, route), text });
      expect({ route, status: response.status < 500 }).toEqual({ route, status: true });
    }
  },
);

/** A community anew, in which somebody of this role is what it says, and others with whom something can be done. */
async function communityWith(role: Role): Promise<void> {
  const { orm } = rig.database;
  const at = new Date(now);
  const stamps = { createdAt: at, updatedAt: at };
  await orm.delete(communities);
  await orm
    .insert(communities)
    .values({ id: 'loisir', slug: 'loisir', name: 'Loisir', joining: 'request', ...stamps });
  for (const [id, is] of [
    ['zoe', 'coordinator'],
    ['yan', 'member'],
  ] as const) {
    const person = { id, email: `${id}@exemple.test`, emailVerified: true, name: id, ...stamps };
    await orm.insert(people).values(person).onConflictDoNothing();
    await orm
      .insert(memberships)
      .values({ communityId: 'loisir', personId: id, role: is, lang: 'fr', since: at });
  }
  // What is answered is read as JSON here, a photo as well.
  const photo = { personId: 'yan', version: 'v', image: Buffer.from('{}'), at };
  await orm.insert(photos).values(photo).onConflictDoNothing();
  await orm
    .insert(communityRequests)
    .values({ communityId: 'loisir', personId: 'yan', word: '', lang: 'fr', at });
  await orm.insert(communityInvitations).values({
    id: 'i1',
    communityId: 'loisir',
    role: 'member',
    lang: 'fr',
    createdAt: at,
    expiresAt: new Date(now + LATER_MS),
  });
  if (role !== 'coordinator' && role !== 'animator' && role !== 'member') return;
  const [who] = await orm
    .select()
    .from(people)
    .where(eq(people.email, `${role}@exemple.test`));
  await orm
    .insert(memberships)
    .values({ communityId: 'loisir', personId: who!.id, role, lang: 'fr', since: at });
}

it.each(ROLES)(
  '[RIGHTS-1] every route of communities is let through or refused to who is %s as the table says',
  async (role) => {
    const browser = await someone(role);
    for (const route of COMMUNITY_ROUTES) {
      now += LATER_MS;
      await communityWith(role);
      const { body, query = '' } = httpExamples[route];
      const [method = '', path = ''] = route.split(' ');
      const address = `${path}${query}`
        .replace(':slug', 'loisir')
        .replace(':personId', 'yan')
        .replace(':invitationId', 'i1')
        .replace(':version', 'v');
      const { status, body: told } = await browser.ask(method, address.slice('/api'.length), body);
      const kind = told.refusal?.kind;
      // [COMM-2] A member is told that it is not theirs to do; to anybody else it is not there.
      const isRefused = kind === 'unknownId' || kind === 'notSignedIn' || kind === 'notAllowed';
      expect({ route, kind, isRefused }).toEqual({ route, kind, isRefused: !may(role, route) });
      expect({ route, status: status < 500 }).toEqual({ route, status: true });
    }
  },
);

it.each([...ACCOUNT_ROUTES, ...COMMUNITY_ROUTES].filter((route) => !route.startsWith('GET ')))(
  '[PEOPLE-5] [RIGHTS-1] %s is refused to a page of another site, and to one that names none, with the cookies of who may',
  async (route) => {
    now += LATER_MS;
    await communityWith('administrator');
    const browser = await someone('administrator');
    const { query = '', body } = httpExamples[route];
    const [method = '', path = ''] = route.split(' ');
    const address = `${path}${query}`
      .replace(':slug', 'loisir')
      .replaceAll(/:\w+/g, 'x')
      .slice('/api'.length);
    for (const origin of ['https://ailleurs.example', 'null', `${rig.base}.ailleurs.example`, undefined]) {
      browser.origin = origin;
      const { body: told } = await browser.ask(method, address, body);
      expect({ route, origin, told }).toEqual({
        route,
        origin,
        told: { ok: false, refusal: { kind: 'foreignOrigin' } },
      });
    }
  },
);

it('[RIGHTS-1] the hub has no route that is not in the table, and the table none that the hub has not', async () => {
  const observing = { ...OBSERVING, metrics: createHubMetrics() };
  const { hub } = await createHubRig({
    observing,
    people: rig.people,
    communities: rig.communities,
    privacy: rig.privacy,
    calendar: rig.calendar,
  });
  const found = routesOf(hub.router);
  await hub.close();
  const told = HTTP_ROUTES.map((route) => route as string);
  // A router that is mounted does not know where: what it names is the end of a path.
  const ends = (route: string, end: string) => {
    const [method, path] = end.split(' ');
    return route.startsWith(`${method} `) && route.endsWith(path!);
  };
  expect(found.filter((one) => !told.some((route) => ends(route, one)))).toEqual([]);
  expect(told.filter((route) => !found.some((one) => ends(route, one)))).toEqual([]);
  // One that is written twice asks twice: whether it may be, before it reads a body.
  expect(new Set(found).size).toBe(told.length);
  expect(Object.keys(RIGHTS).sort()).toEqual([...Object.keys(up), ...told].sort());
});

interface Layered {
  stack?: readonly {
    route?: { path: string; methods: Record<string, boolean> };
    handle?: Layered;
  }[];
}

function routesOf(router: Router): string[] {
  const walk = (layered: Layered): string[] =>
    (layered.stack ?? []).flatMap(({ route, handle }) => {
      if (!route) return handle ? walk(handle) : [];
      return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`);
    });
  return walk(router as unknown as Layered);
}
