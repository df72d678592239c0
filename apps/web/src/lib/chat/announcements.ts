import type { Message, ParticipantId } from '@relais/protocol';
import type { Announcement } from '../meeting/view-model.ts';

/** More than that at once are for nobody to read: the oldest stand among the messages. */
const MOST = 3;

/** [BREAK-15] With those of others that were made after a version, the last ones. */
export function newAnnouncements(
  known: readonly Announcement[],
  heard: readonly Message[],
  { self, after }: { self: ParticipantId | undefined; after: number },
): readonly Announcement[] {
  const fresh = heard.filter((one) => one.announcement && one.version > after && one.participantId !== self);
  if (fresh.length === 0) return known;
  const shown = fresh.map(({ participantId, clientMessageId, name, text, to = [] }) => ({
    key: `${participantId}/${clientMessageId}`,
    name,
    text,
    to,
  }));
  return [...known, ...shown].slice(-MOST);
}
