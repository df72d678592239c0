import { memberships, people, photos, type Database } from '@relais/db';
import { and, asc, count, eq, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { DirectoryCursor, FoundMembers, MembershipStore } from '../ports/community-store.ts';

/** Words of a search that are looked for; whoever writes more finds no more precisely. */
const WORDS_MAX = 8;
/** What stands on a letter once it is taken apart. */
const MARKS = '[\u0300-\u036f]';

/**
 * As it is compared: without accents, capitals, and the two letters that are one. Taken apart first, so that it does not matter
 * which letters the database's own locale knows.
 */
const folded = (text: SQLWrapper) =>
  sql<string>`replace(replace(lower(regexp_replace(normalize(replace(replace(${text}, 'Œ', 'œ'), 'Æ', 'æ'), NFD), ${MARKS}::text, '', 'g')), 'œ', 'oe'), 'æ', 'ae')`;

/** Each word stands somewhere in it. */
function holdsWords(text: SQL, words: string): SQL | undefined {
  const each = words.split(/\s+/).filter(Boolean).slice(0, WORDS_MAX);
  return and(...each.map((word) => sql`position(${folded(sql`${word}::text`)} in ${folded(text)}) > 0`));
}

/** Those who fit, by name, and how many there are in all. */
export async function findMembers(
  orm: Database['orm'],
  communityId: string,
  { q, territory, expertise, after, most }: Parameters<MembershipStore['members']>[1],
): Promise<FoundMembers> {
  const name = sql<string>`${folded(people.name)} collate "C"`;
  const fits = and(
    eq(memberships.communityId, communityId),
    holdsWords(sql`${people.name} || ' ' || ${people.organisation}`, q),
    holdsWords(sql`${people.territory}`, territory),
    holdsWords(sql`${people.offers} || ' ' || ${people.seeks}`, expertise),
  );
  const behind = after && sql`(${name}, ${people.id}) > (${after.name}::text, ${after.personId}::text)`;
  const [found, counted] = await Promise.all([
    orm
      .select({ person: people, photo: photos.version, member: memberships, sortedAs: name })
      .from(memberships)
      .innerJoin(people, eq(people.id, memberships.personId))
      .leftJoin(photos, eq(photos.personId, people.id))
      .where(and(fits, behind))
      .orderBy(asc(name), asc(people.id))
      .limit(most + 1),
    orm
      .select({ n: count() })
      .from(memberships)
      .innerJoin(people, eq(people.id, memberships.personId))
      .where(fits),
  ]);
  const shown = found.slice(0, most);
  const last = found.length > most ? shown.at(-1) : undefined;
  const next: DirectoryCursor | undefined = last && { name: last.sortedAs, personId: last.person.id };
  return { members: shown.map(toMember), total: counted[0]?.n ?? 0, next };
}

function toMember({
  person,
  photo,
  member,
}: {
  person: typeof people.$inferSelect;
  photo: string | null;
  member: typeof memberships.$inferSelect;
}) {
  const { id, email, name, organisation, territory, languages, offers, seeks } = person;
  const profile = { email, name, organisation, territory, languages, offers, seeks };
  return { personId: id, ...profile, photo, role: member.role, since: member.since.getTime() };
}
