import { createHmac } from 'node:crypto';
import {
  calendarAttendees,
  calendarMeetings,
  communities,
  communityInvitations,
  communityRequests,
  credentials,
  type Database,
  meetingEntries,
  meetingEvents,
  meetings,
  noteDocuments,
  people,
  photos,
} from '@relais/db';
import { seeded } from '@relais/domain/breakout/seeded';
import { hashPassword } from 'better-auth/crypto';
import { count, eq, sql } from 'drizzle-orm';
import { writeEntry } from '../adapters/register-rows.ts';
import { demoMeetings } from './demo-meetings.ts';
import { drawPhoto } from './demo-photo.ts';
import { demoBegan, fillCommunity, registerMeetings, registerPeople, type Tx } from './demo-register.ts';
import {
  FAMILY_NAMES,
  FIRST_NAMES,
  type InventedCommunity,
  ORGANISATIONS,
  TERRITORIES,
  WORDS_WITH_REQUESTS,
} from './invented.ts';
import { NETWORK } from './invented-network.ts';
import { PRACTICES } from './invented-practices.ts';

export type DemoOutcome =
  /** It is in the database, since now or since before: who can sign in, all with the same password. */
  | { kind: 'there'; password: string; administrator: string; coordinator: string; member: string }
  /** Something else is in it: nothing was written. */
  | { kind: 'notEmpty' };

export interface DemoDeps {
  database: Database;
  /** The hubs' secret: the password is made of it, so that it can be told again at the next start and is no other site's. */
  secret: string;
  /** Milliseconds since 1970. */
  now: number;
}

export interface DemoPerson {
  id: string;
  name: string;
  email: string;
}

const PEOPLE = 108;
/** Any number that no other lock of this program has: "demo" in ASCII. */
const DEMO_LOCK = 0x64656d6f;
const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
const ADMINISTRATOR = 'demo-0';

/**
 * [DEMO-1] A living place for visitors: 108 invented people, their network and five communities of practice, meetings that were and that
 * come. All or nothing, and only into a database in which nobody has been; a second time changes nothing.
 */
export async function seedDemo({ database, secret, now }: DemoDeps): Promise<DemoOutcome> {
  const password = createHmac('sha256', secret).update('demonstration').digest('base64url').slice(0, 16);
  const all = invent();
  const hash = await hashPassword(password);
  const isThere = await database.orm.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${DEMO_LOCK})`);
    const [known] = await tx.select({ id: people.id }).from(people).where(eq(people.id, ADMINISTRATOR));
    if (known) return true;
    const [someone] = await tx.select({ n: count() }).from(people);
    const [met] = await tx.select({ n: count() }).from(meetings);
    if ((someone?.n ?? 0) + (met?.n ?? 0) > 0) return false;
    const since = new Date(demoBegan(now));
    const stamps = { createdAt: since, updatedAt: since };
    await tx.insert(people).values(
      all.map(({ id, name, email, ...profile }, index) => ({
        ...{ id, name, email, emailVerified: true, isAdministrator: index === 0 },
        ...profile,
        ...stamps,
      })),
    );
    await registerPeople(tx, all, now);
    // Those as whom a visitor signs in; the others have no way to.
    await tx.insert(credentials).values(
      all.slice(0, 3).map(({ id }) => ({
        ...{ id: `${id}-password`, personId: id, providerId: 'credential', accountId: id, password: hash },
        ...stamps,
      })),
    );
    const pictures = await Promise.all(
      all
        .filter((_, index) => index % 3 === 1)
        .map(async ({ id }, index) => ({
          ...{ personId: id, version: `demo-${index}`, image: await drawPhoto(index), at: new Date(now) },
        })),
    );
    await tx.insert(photos).values(pictures);
    for (const community of [NETWORK, ...PRACTICES]) {
      const { slug, name, description, joining } = community;
      const communityId = `demo-${slug}`;
      await tx.insert(communities).values({ id: communityId, slug, name, description, joining, ...stamps });
      const members = membersOf(community, all);
      await fillCommunity(tx, { community, communityId, members, administrator: all[0]!, now });
      const made = demoMeetings({ community, communityId, members, visitor: all[2]!, now });
      await tx.insert(meetings).values(made.meetings);
      await tx.insert(meetingEvents).values(made.events);
      await tx.insert(noteDocuments).values(made.notes);
      await tx.insert(calendarMeetings).values(made.calendar);
      await tx.insert(meetingEntries).values(made.entries);
      await tx.insert(calendarAttendees).values(made.attendees);
      await registerMeetings(tx, made);
      if (community.joining === 'request' && community !== NETWORK)
        await tx.insert(communityRequests).values(requestsTo(communityId, members, all, now));
      if (community.joining === 'invitation') await inviteTo(tx, communityId, members, all[2]!, now);
    }
    return true;
  });
  const [administrator, coordinator, member] = all;
  if (!isThere || !administrator || !coordinator || !member) return { kind: 'notEmpty' };
  return {
    kind: 'there',
    password,
    administrator: administrator.email,
    coordinator: coordinator.email,
    member: member.email,
  };
}

/** The first administers the site, the second coordinates, the third is a member. */
function invent() {
  const random = seeded(108);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const names = new Set<string>();
  while (names.size < PEOPLE) names.add(`${pick(FIRST_NAMES)} ${pick(FAMILY_NAMES)}`);
  return [...names].map((name, index) => {
    const community = PRACTICES[index % PRACTICES.length]!;
    return {
      id: `demo-${index}`,
      name,
      email: `${addressOf(name)}@demo.example`,
      organisation: pick(ORGANISATIONS),
      territory: pick(TERRITORIES),
      languages: random() < 0.3 ? ['français', 'anglais'] : ['français'],
      offers: random() < 0.8 ? pick([...community.offers, ...NETWORK.offers]) : '',
      seeks: random() < 0.6 ? pick([...community.seeks, ...NETWORK.seeks]) : '',
    };
  });
}

const addressOf = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.');

/** The visitor who is a member has an invitation that waits for them, which the register tells of. */
async function inviteTo(
  tx: Tx,
  communityId: string,
  [coordinator]: readonly DemoPerson[],
  visitor: DemoPerson,
  now: number,
): Promise<void> {
  const invitedBy = coordinator!.id;
  const at = now - HOUR_MS;
  await tx.insert(communityInvitations).values({
    ...{ id: `${communityId}-invitation`, communityId, email: visitor.email, role: 'member', lang: 'fr' },
    ...{ invitedBy, createdAt: new Date(at), expiresAt: new Date(now + 30 * DAY_MS) },
  });
  await writeEntry(tx, { kind: 'invitationsSent', actorId: invitedBy, communityId }, at);
}

/** Some who are not in it yet ask to be, in words of their own. */
function requestsTo(
  communityId: string,
  members: readonly DemoPerson[],
  all: readonly DemoPerson[],
  now: number,
) {
  const others = all.slice(3).filter((person) => !members.includes(person));
  return WORDS_WITH_REQUESTS.map((word, index) => ({
    ...{ communityId, personId: others[index * 7]!.id, word, lang: 'fr' as const },
    at: new Date(now - (index + 1) * DAY_MS),
  }));
}

/**
 * Who coordinates comes first, then who animates. Everybody is of the network; of each practice a fifth, and some besides. As a member a
 * visitor is in those that one asks to be in: one stands open to them, and one invites them.
 */
function membersOf(community: InventedCommunity, all: readonly DemoPerson[]): DemoPerson[] {
  const [, coordinator, member, ...others] = all;
  const at = PRACTICES.indexOf(community);
  const theirs =
    at < 0 ? all.slice(3) : others.filter((_, index) => index % PRACTICES.length === at || index % 11 === at);
  const [first, ...rest] = theirs;
  const leads = at <= 0 ? [coordinator!, first!] : [first!, coordinator!];
  const administrators = at < 0 ? [all[0]!] : [];
  const visitors = community.joining === 'request' ? [member!] : [];
  return [...leads, ...rest.slice(0, 1), ...visitors, ...administrators, ...rest.slice(1)];
}
