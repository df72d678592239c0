import {
  CLIENT_MESSAGE_INDEX,
  type Database,
  databaseFailure,
  MEETING_CODE_CONSTRAINT,
  meetingEvents,
  meetings,
} from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import {
  meetingCode,
  type MeetingEvent,
  meetingEvent,
  meetingId as meetingIdSchema,
  type MessagePosted,
  type VersionedEvent,
} from '@relais/protocol';
import { and, asc, desc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm';
import type { MeetingHead, MeetingLog } from '../ports/meeting-log.ts';
import { toMessage } from './to-message.ts';

/**
 * The meeting log in PostgreSQL. A write is one statement, hence one transaction and one round trip: no
 * connection is ever left within a transaction by a caller that gave up.
 */
export function createPostgresMeetingLog(database: Database): MeetingLog {
  const { orm, logger } = database;
  const append = prepareAppend(orm);
  const isKnown = prepareIsKnown(orm);

  /** Runs a query; an expected failure is answered, `onNotUnique` naming what a constraint's refusal means. */
  async function attempt<T, E extends { kind: string } = never>(
    query: () => Promise<T>,
    onNotUnique: (constraint: string) => E | undefined = () => undefined,
  ): Promise<Result<T, E | { kind: 'unavailable' }>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind === 'unavailable') {
        logger.warn({ reason: failure.reason }, 'the meeting log is unavailable');
        return fail({ kind: 'unavailable' });
      }
      const known = onNotUnique(failure.constraint);
      if (known === undefined) throw new Error(`${failure.constraint} is violated`, { cause: error });
      return fail(known);
    }
  }

  return {
    async create(created) {
      const result = await attempt(
        () => orm.execute(createStatement(created)),
        (constraint) =>
          constraint === MEETING_CODE_CONSTRAINT ? ({ kind: 'codeTaken' } as const) : undefined,
      );
      return result.ok ? ok(undefined) : result;
    },

    async append(meetingId, expectedVersion, events) {
      const result = await attempt(
        () =>
          append.execute({
            meetingId,
            expectedVersion,
            count: events.length,
            events: JSON.stringify(events),
          }),
        (constraint) =>
          constraint === CLIENT_MESSAGE_INDEX ? ({ kind: 'duplicateMessage' } as const) : undefined,
      );
      if (!result.ok) return result;
      if (result.value.length === events.length) return ok(expectedVersion + events.length);
      const known = await attempt(() => isKnown.execute({ meetingId }));
      if (!known.ok) return known;
      return fail({ kind: known.value.length > 0 ? 'versionConflict' : 'unknownMeeting' });
    },

    async findByCode(code) {
      const query = orm.select().from(meetings).where(eq(meetings.code, code)).limit(1);
      const result = await attempt(() => query.execute());
      return result.ok ? ok(result.value[0] && toHead(result.value[0])) : result;
    },

    async read(meetingId, afterVersion, limit) {
      const { version, payload } = meetingEvents;
      const query = orm
        .select({ version, payload })
        .from(meetingEvents)
        .where(and(eq(meetingEvents.meetingId, meetingId), gt(version, afterVersion)))
        .orderBy(asc(version))
        .limit(limit);
      const result = await attempt(() => query.execute());
      return result.ok ? ok(result.value.map(toVersionedEvent)) : result;
    },

    async lastOf(meetingId, types) {
      const { type, version, payload } = meetingEvents;
      const query = orm
        .select({ version, payload })
        .from(meetingEvents)
        .where(and(eq(meetingEvents.meetingId, meetingId), inArray(type, [...types])))
        .orderBy(desc(version))
        .limit(1);
      const result = await attempt(() => query.execute());
      return result.ok ? ok(result.value[0] && toVersionedEvent(result.value[0]).event) : result;
    },

    async messagesBefore(meetingId, beforeVersion, limit, place = 'plenary') {
      const { version, payload } = meetingEvents;
      const query = orm
        .select({ version, payload })
        .from(meetingEvents)
        // As the partial index has it: a parameter in place of the constant could not use it.
        .where(
          and(
            eq(meetingEvents.meetingId, meetingId),
            sql`type = 'messagePosted'`,
            // Whoever reads without end reads to the last that there can be.
            lt(version, Math.min(beforeVersion, MAX_VERSION)),
            place === 'plenary'
              ? sql`(payload->'to' is null or payload->'to' ? 'plenary')`
              : sql`payload->'to' ? ${place}`,
          ),
        )
        .orderBy(desc(version))
        .limit(limit);
      const result = await attempt(() => query.execute());
      if (!result.ok) return result;
      return ok(
        result.value
          .map(toVersionedEvent)
          .reverse()
          .map((row) => toMessage(row.version, posted(row.event))),
      );
    },

    async messagesAfter(meetingId, afterVersion, limit, places) {
      const { version, payload } = meetingEvents;
      const rooms = places === 'all' ? [] : places.filter((place) => place !== 'plenary');
      const inPlenary = sql`(payload->'to' is null or payload->'to' ? 'plenary')`;
      const inRooms = rooms.map((room) => sql`payload->'to' ? ${room}`);
      const readable =
        places === 'all' ? undefined : or(...(places.includes('plenary') ? [inPlenary] : []), ...inRooms);
      if (places !== 'all' && places.length === 0) return ok([]);
      const query = orm
        .select({ version, payload })
        .from(meetingEvents)
        .where(
          and(
            eq(meetingEvents.meetingId, meetingId),
            sql`type = 'messagePosted'`,
            gt(version, Math.min(afterVersion, MAX_VERSION)),
            readable,
          ),
        )
        .orderBy(asc(version))
        .limit(limit);
      const result = await attempt(() => query.execute());
      if (!result.ok) return result;
      return ok(result.value.map(toVersionedEvent).map((row) => toMessage(row.version, posted(row.event))));
    },
  };
}

/** What its column holds. */
const MAX_VERSION = 2 ** 31 - 1;

function createStatement(created: Extract<MeetingEvent, { type: 'meetingCreated' }>) {
  const { meetingId, code, title, at } = created;
  return sql`
    with head as (
      insert into meetings (meeting_id, code, title, version, created_at)
      values (${meetingId}, ${code}, ${title}, 1, to_timestamp(${at}::double precision / 1000))
    )
    insert into meeting_events (meeting_id, version, type, payload, at)
    values (${meetingId}, 1, ${created.type}, ${JSON.stringify(created)}::jsonb,
      to_timestamp(${at}::double precision / 1000))`;
}

/**
 * The head moves only from the expected version: of two appends at once the second waits for the first's row
 * lock, then finds another version, moves nothing and therefore adds nothing. Prepared once per connection: making
 * its plan anew for each message took as long as carrying it out (0.5 ms of 0.9, apart from the disk).
 */
function prepareAppend(orm: Database['orm']) {
  const count = sql`${sql.placeholder('count')}::integer`;
  const head = orm.$with('head').as(
    orm
      .update(meetings)
      .set({ version: sql`${meetings.version} + ${count}` })
      .where(
        and(
          eq(meetings.meetingId, sql.placeholder('meetingId')),
          eq(meetings.version, sql.placeholder('expectedVersion')),
        ),
      )
      .returning({ meetingId: meetings.meetingId, version: meetings.version }),
  );
  return orm
    .with(head)
    .insert(meetingEvents)
    .select(
      sql`
      select head.meeting_id, head.version - ${count} + event.place, event.payload->>'type', event.payload,
        to_timestamp((event.payload->>'at')::double precision / 1000)
      from head,
        jsonb_array_elements(${sql.placeholder('events')}::jsonb) with ordinality as event (payload, place)`,
    )
    .returning({ version: meetingEvents.version })
    .prepare('append_events');
}

function prepareIsKnown(orm: Database['orm']) {
  return orm
    .select({ meetingId: meetings.meetingId })
    .from(meetings)
    .where(eq(meetings.meetingId, sql.placeholder('meetingId')))
    .prepare('is_meeting_known');
}

/** Rows are an edge like any other: another version of this program may have written them. */
function toVersionedEvent(row: { version: number; payload: unknown }): VersionedEvent {
  return { version: row.version, event: meetingEvent.parse(row.payload) };
}

function posted(event: MeetingEvent): MessagePosted {
  if (event.type !== 'messagePosted') throw new Error(`Expected a message, found ${event.type}`);
  return event;
}

function toHead(row: typeof meetings.$inferSelect): MeetingHead {
  return {
    meetingId: meetingIdSchema.parse(row.meetingId),
    code: meetingCode.parse(row.code),
    title: row.title,
    createdAt: row.createdAt.getTime(),
    version: row.version,
  };
}
