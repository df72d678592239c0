import { ok } from '@relais/kit';
import type { MeetingId, ParticipantId } from '@relais/protocol';
import type { EntryStore, StoredEntry, StoredLink } from '../ports/entry-store.ts';

interface Link extends StoredLink {
  meetingId: MeetingId;
  revokedAt: number | undefined;
  taken: Set<ParticipantId>;
}

const OPEN: StoredEntry = { rule: 'anyone', communityId: undefined };

/** Who may enter meetings, in this process's memory, for tests. */
export function createMemoryEntryStore(): EntryStore {
  const entries = new Map<MeetingId, StoredEntry>();
  const invited = new Map<MeetingId, Set<string>>();
  const links = new Map<string, Link>();
  const linksOf = (meetingId: MeetingId) =>
    [...links.values()].filter((link) => link.meetingId === meetingId);
  const linkOf = (meetingId: MeetingId, linkId: string) => {
    const link = links.get(linkId);
    return link?.meetingId === meetingId ? link : undefined;
  };

  return {
    find: async (meetingId) => ok(entries.get(meetingId) ?? OPEN),
    save: async (meetingId, entry) => {
      entries.set(meetingId, { ...entry });
      return ok(undefined);
    },
    invited: async (meetingId) => ok([...(invited.get(meetingId) ?? [])].sort()),
    isInvited: async (meetingId, email) => ok(invited.get(meetingId)?.has(email) ?? false),
    setInvited: async (meetingId, emails) => {
      invited.set(meetingId, new Set(emails));
      return ok(undefined);
    },
    invite: async (meetingId, emails) => {
      invited.set(meetingId, new Set([...(invited.get(meetingId) ?? []), ...emails]));
      return ok(undefined);
    },
    addLink: async (meetingId, link, most) => {
      const isGood = ({ revokedAt, expiresAt }: { revokedAt: number | undefined; expiresAt: number }) =>
        revokedAt === undefined && expiresAt > link.createdAt;
      if (linksOf(meetingId).filter(isGood).length >= most) return ok(false);
      const dead = linksOf(meetingId).filter((one) => !isGood(one));
      for (const { linkId } of dead.sort((a, b) => b.createdAt - a.createdAt).slice(most))
        links.delete(linkId);
      links.set(link.linkId, { ...link, meetingId, revokedAt: undefined, taken: new Set() });
      return ok(true);
    },
    links: async (meetingId) =>
      ok(
        linksOf(meetingId)
          .sort((a, b) => b.createdAt - a.createdAt)
          .map(({ meetingId: _, taken, ...link }) => ({ ...link, taken: taken.size })),
      ),
    revoke: async (meetingId, linkId, at) => {
      const link = linkOf(meetingId, linkId);
      if (link) link.revokedAt ??= at;
      return ok(link !== undefined);
    },
    come: async (meetingId, linkId, participantId, at) => {
      const link = linkOf(meetingId, linkId);
      if (!link) return ok('unknown');
      if (link.revokedAt !== undefined) return ok('revoked');
      if (link.taken.has(participantId)) return ok('back');
      if (link.expiresAt <= at) return ok('expired');
      if (link.taken.size >= link.seats) return ok('usedUp');
      link.taken.add(participantId);
      return ok('taken');
    },
    giveBack: async (linkId, participantId) => {
      links.get(linkId)?.taken.delete(participantId);
      return ok(undefined);
    },
  };
}
