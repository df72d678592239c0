import type { Database } from '@relais/db';
import { noteConsent } from '../adapters/register-consent.ts';
import { addMember } from '../adapters/postgres-membership-store.ts';
import { writeEntry } from '../adapters/register-rows.ts';
import type { DemoRows } from './demo-meetings.ts';
import type { DemoPerson } from './seed-demo.ts';
import type { InventedCommunity } from './invented.ts';

/** All of the demonstration is written in one. */
export type Tx = Parameters<Parameters<Database['orm']['transaction']>[0]>[0];

export interface DemoCommunityOf {
  community: InventedCommunity;
  communityId: string;
  /** Who coordinates first, then who animates. */
  members: readonly DemoPerson[];
  administrator: DemoPerson;
  now: number;
}

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
/** The place is as old as this; everybody was there before the oldest of its meetings. */
const [BEGUN_DAYS, LAST_CAME_DAYS] = [200, 70];

export const demoBegan = (now: number) => now - BEGUN_DAYS * DAY_MS;

/** The first three, as whom visitors sign in, were there from the beginning. The others came one after another, in working hours. */
export function cameAt(person: DemoPerson, now: number): number {
  const number = Number(person.id.replace('demo-', ''));
  const days = number < 3 ? 0 : 1 + ((number * 37) % (BEGUN_DAYS - LAST_CAME_DAYS - 2));
  return demoBegan(now) + days * DAY_MS + (number % 7) * HOUR_MS;
}

/** [PRIV-6] [PRIV-8] Whoever came agreed to what the page on personal information says; the first of them administers the site. */
export async function registerPeople(tx: Tx, all: readonly DemoPerson[], now: number): Promise<void> {
  const [administrator] = all;
  await writeEntry(tx, { kind: 'administratorMade', subjectId: administrator?.id }, demoBegan(now));
  for (const person of all) await noteConsent({ orm: tx }, person.id, cameAt(person, now));
}

/** [PRIV-6] Its members came in as anybody does, and what was decided of them since then is in the register too. */
export async function fillCommunity(tx: Tx, of: DemoCommunityOf): Promise<void> {
  const { community, communityId, members, administrator, now } = of;
  const [coordinator, ...others] = members;
  const made = demoBegan(now) + 8 * HOUR_MS;
  await writeEntry(tx, { kind: 'communityMade', actorId: administrator.id, communityId }, made);
  await writeEntry(tx, { kind: 'coordinatorNamed', actorId: administrator.id, communityId }, made + HOUR_MS);
  const actorId = coordinator?.id;
  for (const [index, { id: personId, ...person }] of members.entries()) {
    const role = index === 0 ? 'coordinator' : index < 3 ? 'animator' : 'member';
    const at = Math.max(made + 2 * HOUR_MS, cameAt({ id: personId, ...person }, now) + HOUR_MS);
    await addMember(tx, { communityId, personId, role, lang: 'fr', since: new Date(at) });
    if (community.joining === 'request' && index > 0)
      await writeEntry(tx, { kind: 'requestAccepted', actorId, subjectId: personId, communityId }, at);
  }
  for (const { id: subjectId } of others.slice(0, 2))
    await writeEntry(
      tx,
      { kind: 'roleChanged', actorId, subjectId, communityId },
      now - LAST_CAME_DAYS * DAY_MS,
    );
  await writeEntry(tx, { kind: 'communityChanged', actorId, communityId }, now - 16 * DAY_MS);
}

/** [PRIV-6] Who may enter its meetings was said when each was announced. */
export async function registerMeetings(tx: Tx, rows: DemoRows): Promise<void> {
  for (const { meetingId, announcedBy, createdAt } of rows.calendar)
    if (createdAt) {
      const entry = { kind: 'entryChanged' as const, actorId: announcedBy ?? undefined, meetingId };
      await writeEntry(tx, entry, createdAt.getTime());
    }
}
