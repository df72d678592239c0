import { communities, createDatabase, memberships, people, type Database } from '@relais/db';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostgresCommunityStore } from './postgres-community-store.ts';

const AT = new Date('2026-11-23T12:00:00Z');
let postgres: TestPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: await postgres.freshDatabase() });
});
afterAll(async () => {
  await database.close();
  await postgres.close();
});

async function person(id: string): Promise<void> {
  const stamps = { createdAt: AT, updatedAt: AT };
  await database.orm
    .insert(people)
    .values({ id, email: `${id}@exemple.test`, emailVerified: true, name: id, ...stamps });
}

async function community(slug: string): Promise<string> {
  const stamps = { createdAt: AT, updatedAt: AT };
  await database.orm.insert(communities).values({ id: slug, slug, name: slug, joining: 'open', ...stamps });
  return slug;
}

it('[COMM-3] a role is told of the community in which it was given, and of no other', async () => {
  const store = createPostgresCommunityStore(database);
  await person('ana');
  await community('loisir');
  await community('logement');
  await database.orm
    .insert(memberships)
    .values({ communityId: 'loisir', personId: 'ana', role: 'animator', lang: 'fr', since: AT });
  expect(await store.roleIn('loisir', 'ana')).toEqual({ ok: true, value: 'animator' });
  for (const [where, who] of [
    ['logement', 'ana'],
    ['loisir', 'bea'],
    ['nulle-part', 'ana'],
  ] as const)
    expect(await store.roleIn(where, who)).toEqual({ ok: true, value: undefined });
  expect(await store.ofPerson('ana')).toMatchObject({
    ok: true,
    value: [{ slug: 'loisir', role: 'animator' }],
  });
  expect(await store.find('loisir')).toMatchObject({ ok: true, value: { communityId: 'loisir' } });
  expect(await store.find('ailleurs')).toEqual({ ok: true, value: undefined });
});

it('[COMM-3] an account that is erased leaves no membership', async () => {
  const store = createPostgresCommunityStore(database);
  await person('bea');
  await community('aines');
  await database.orm
    .insert(memberships)
    .values({ communityId: 'aines', personId: 'bea', role: 'member', lang: 'fr', since: AT });
  await database.orm.delete(people).where(eq(people.id, 'bea'));
  expect(await store.roleIn('aines', 'bea')).toEqual({ ok: true, value: undefined });
});
