import { fail, ok } from '@relais/kit';
import type {
  MeetingCode,
  MeetingEvent,
  MeetingId,
  Message,
  MessagePosted,
  Place,
  VersionedEvent,
} from '@relais/protocol';
import type { MeetingCreated, MeetingHead, MeetingLog } from '../ports/meeting-log.ts';
import { toMessage } from './to-message.ts';

interface Kept {
  created: MeetingCreated;
  events: MeetingEvent[];
  /** `participantId clientMessageId` of every message. */
  posted: Set<string>;
}

/** The meeting log in this process's memory, for tests: it goes with the process and grows without bound. */
export function createMemoryMeetingLog(): MeetingLog {
  const meetings = new Map<MeetingId, Kept>();
  const byCode = new Map<MeetingCode, Kept>();

  const create: MeetingLog['create'] = async (created) => {
    if (byCode.has(created.code)) return fail({ kind: 'codeTaken' });
    if (meetings.has(created.meetingId)) throw new Error(`The meeting ${created.meetingId} exists already`);
    const kept: Kept = { created, events: [structuredClone(created)], posted: new Set() };
    meetings.set(created.meetingId, kept);
    byCode.set(created.code, kept);
    return ok(undefined);
  };

  const append: MeetingLog['append'] = async (meetingId, expectedVersion, events) => {
    const kept = meetings.get(meetingId);
    if (!kept) return fail({ kind: 'unknownMeeting' });
    if (kept.events.length !== expectedVersion) return fail({ kind: 'versionConflict' });
    const posted = messageKeys(events);
    const isNew = new Set(posted).size === posted.length && posted.every((key) => !kept.posted.has(key));
    if (!isNew) return fail({ kind: 'duplicateMessage' });
    for (const key of posted) kept.posted.add(key);
    kept.events.push(...structuredClone(events));
    return ok(kept.events.length);
  };

  const versioned = (meetingId: MeetingId): VersionedEvent[] =>
    (meetings.get(meetingId)?.events ?? []).map((event, index) => ({ version: index + 1, event }));

  return {
    create,
    append,
    async findByCode(code) {
      const kept = byCode.get(code);
      return ok(kept && toHead(kept));
    },
    async read(meetingId, afterVersion, limit) {
      return ok(structuredClone(versioned(meetingId).slice(afterVersion, afterVersion + limit)));
    },
    async lastOf(meetingId, types) {
      const found = meetings.get(meetingId)?.events.findLast(({ type }) => types.includes(type));
      return ok(structuredClone(found));
    },
    async messagesBefore(meetingId, beforeVersion, limit, place = 'plenary') {
      const messages: Message[] = versioned(meetingId)
        .filter(({ version }) => version < beforeVersion)
        .flatMap(({ version, event }) => (isIn(event, place) ? [toMessage(version, event)] : []));
      return ok(messages.slice(Math.max(0, messages.length - limit)));
    },
    async messagesAfter(meetingId, afterVersion, limit, places) {
      const messages: Message[] = versioned(meetingId)
        .filter(({ version }) => version > afterVersion)
        .flatMap(({ version, event }) => {
          const isRead =
            event.type === 'messagePosted' &&
            (places === 'all' || places.some((place) => isIn(event, place)));
          return isRead ? [toMessage(version, event)] : [];
        });
      return ok(messages.slice(0, limit));
    },
  };
}

function isIn(event: MeetingEvent, place: Place): event is MessagePosted {
  return event.type === 'messagePosted' && (event.to ?? ['plenary']).includes(place);
}

function messageKeys(events: readonly MeetingEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'messagePosted' ? [`${event.participantId} ${event.clientMessageId}`] : [],
  );
}

function toHead({ created, events }: Kept): MeetingHead {
  const { meetingId, code, title, at } = created;
  return { meetingId, code, title, createdAt: at, version: events.length };
}
