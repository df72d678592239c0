import { randomUUID } from 'node:crypto';
import { movedWith, occurrencesOf, instantOf, wallTimeOf } from '@relais/domain/calendar';
import { fail, ok, type Result } from '@relais/kit';
import type { MeetingCode, MeetingId } from '@relais/protocol';
import type {
  AnnounceBody,
  Announced,
  CalendarEntry,
  CalendarMeeting,
  CalendarPage,
  CalendarRefusal,
  CancelBody,
  ChangeBody,
  RegistrationView,
} from '@relais/protocol/calendar';
import { AHEAD_DAYS_MAX, CALENDAR_PAGE, OWN_COMING_MAX } from '@relais/protocol/calendar-limits';
import type {
  Announcement,
  Attendee,
  CalendarCursor,
  CalendarRow,
  CalendarStore,
  Listed,
  NewAnimator,
  NewAttendee,
  Renamed,
} from '../../ports/calendar-store.ts';
import type { PeopleStore } from '../../ports/people-store.ts';
import type { Communities } from '../communities/communities.ts';
import type { CalendarPost } from './calendar-post.ts';
import { RUNS_COMMUNITY, type MeetingAccess, type Standing } from './meeting-access.ts';

export type CalendarAnswer<T> = Promise<Result<T, CalendarRefusal>>;

export interface CalendarServiceDeps {
  store: CalendarStore;
  access: MeetingAccess;
  people: Pick<PeopleStore, 'find'>;
  communities: Pick<Communities, 'find' | 'roleIn'>;
  post: CalendarPost;
  /** A meeting under a new code. */
  make: (title: string) => Promise<Result<{ meetingId: MeetingId; code: MeetingCode }, unknown>>;
  keyOf: (meetingId: MeetingId) => string;
  /** Called with what a new title added to the log of a meeting, which somebody may be in already. */
  onRenamed: (renamed: Renamed) => void;
  now: () => number;
}

export interface ListAsked {
  /** The address of one of one's communities; undefined: of all, and one's own. */
  community: string | undefined;
  isPast: boolean;
  after: CalendarCursor | undefined;
}

const UNAVAILABLE = { kind: 'unavailable' } as const;

/** Announcing, reading, changing and cancelling meetings that have a date. */
export class CalendarService {
  readonly #deps: CalendarServiceDeps;

  constructor(deps: CalendarServiceDeps) {
    this.#deps = deps;
  }

  /** [CAL-1] [CAL-2] */
  async announce(personId: string, body: AnnounceBody): CalendarAnswer<Announced> {
    const { store, now } = this.#deps;
    const community = await this.#mayAnnounce(personId, body.community);
    if (!community.ok) return community;
    if (body.entry === 'community' && community.value === null) {
      return fail({ kind: 'invalidInput', issues: ['entry: the meeting is of no community'] });
    }
    const found = occurrencesOf(body, body.recurrence, now());
    if (!found.ok) return found;
    if (community.value === null) {
      const coming = await store.ownComing(personId, now());
      if (!coming.ok) return coming;
      if (coming.value + found.value.length > OWN_COMING_MAX) return fail({ kind: 'tooManyMeetings' });
    }
    const animators = await this.#animators(personId, body);
    if (!animators.ok) return animators;
    const seriesId = randomUUID();
    const made: { meetingId: MeetingId; code: MeetingCode; startsAt: number }[] = [];
    for (const startsAt of found.value) {
      const meeting = await this.#deps.make(body.title);
      // Meetings without a date that nobody has the link of are nobody's: nothing has to be taken back.
      if (!meeting.ok) return fail(UNAVAILABLE);
      made.push({ ...meeting.value, startsAt });
    }
    const { title, description, agenda, minutes, timeZone, registration, capacity } = body;
    const about = { title, description, agenda, minutes, timeZone, registration, capacity };
    const rows = made.map(({ meetingId, startsAt }) => ({
      ...about,
      meetingId,
      startsAt,
      seriesId,
      recurs: made.length > 1,
      communityId: community.value,
      announcedBy: personId,
      entry: body.entry,
    }));
    const attendees = made.flatMap(({ meetingId }) =>
      animators.value.map((one): NewAttendee => ({ ...one, id: randomUUID(), meetingId })),
    );
    const kept = await store.announce(rows, attendees, now());
    if (!kept.ok) return kept;
    void this.#deps.post.look();
    const [first] = made;
    return first ? ok({ code: first.code, occurrences: made.length }) : fail(UNAVAILABLE);
  }

  /** [CAL-3] [CAL-9] Who has the code has the link; what they are to it adds to what they read. */
  async read(code: MeetingCode, personId: string | undefined): CalendarAnswer<CalendarMeeting> {
    const found = await this.#deps.access.read(code, personId);
    if (!found.ok) return found;
    const { row, attendees, mine, reader } = found.value;
    const animators = attendees.filter(({ part }) => part === 'animates');
    const asked = attendees.filter(({ part }) => part === 'attends');
    const waiting = asked.filter(({ state }) => state === 'waiting');
    const place = waiting.findIndex((one) => one === mine);
    return ok({
      ...entryOf({ ...row, part: partOf(mine) }),
      description: row.description,
      agenda: row.agenda,
      animators: animators.map(({ name }) => name),
      animatorEmails: reader.runs ? animators.filter((one) => one !== mine).map(({ email }) => email) : [],
      recurs: row.recurs,
      registration: row.registration,
      capacity: row.capacity,
      registered: asked.length - waiting.length,
      waiting: waiting.length,
      cancelWord: row.cancelWord,
      sequence: row.sequence,
      place: place < 0 ? null : place + 1,
      facilitatorKey: reader.runs ? this.#deps.keyOf(row.meetingId) : null,
    });
  }

  /** [CAL-6] */
  async change(personId: string, code: MeetingCode, body: ChangeBody): CalendarAnswer<void> {
    const found = await this.#toRun(personId, code);
    if (!found.ok) return found;
    const { row } = found.value;
    if (row.sequence !== body.sequence) return fail({ kind: 'changedMeanwhile' });
    const rows = await this.#scope(row, body.scope);
    if (!rows.ok) return rows;
    const now = this.#deps.now();
    const startsAt = instantOf(body);
    if (startsAt <= now) return fail({ kind: 'notADate', why: 'past' });
    const from = wallTimeOf(row.startsAt, row.timeZone);
    const { title, description, agenda, minutes, timeZone, registration, capacity } = body;
    const about = { title, description, agenda, minutes, timeZone, registration, capacity };
    const changes = rows.value.map(({ meetingId, sequence, startsAt: at }) => {
      const moved = meetingId === row.meetingId ? startsAt : movedWith(at, from, body);
      const to: Announcement = { ...about, startsAt: moved };
      return { meetingId, sequence, to };
    });
    if (changes.some(({ to }) => to.startsAt > now + AHEAD_DAYS_MAX * 86_400_000))
      return fail({ kind: 'notADate', why: 'tooFar' });
    const animators = await this.#animatorsOf(found.value, body);
    if (!animators.ok) return animators;
    const changed = await this.#deps.store.change(changes, { actorId: personId, at: now }, animators.value);
    if (!changed.ok) return changed;
    if (changed.value === 'overtaken') return fail({ kind: 'changedMeanwhile' });
    for (const renamed of changed.value.renamed) this.#deps.onRenamed(renamed);
    void this.#deps.post.look();
    return ok(undefined);
  }

  async cancel(personId: string, code: MeetingCode, { scope, word }: CancelBody): CalendarAnswer<void> {
    const found = await this.#toRun(personId, code);
    if (!found.ok) return found;
    const rows = await this.#scope(found.value.row, scope);
    if (!rows.ok) return rows;
    const meetingIds = rows.value.map(({ meetingId }) => meetingId);
    const cancelled = await this.#deps.store.cancel(meetingIds, word, {
      actorId: personId,
      at: this.#deps.now(),
    });
    if (cancelled.ok) void this.#deps.post.look();
    return cancelled;
  }

  /** Who is registered, for whom it is to run the meeting. */
  async registrations(personId: string, code: MeetingCode): CalendarAnswer<RegistrationView[]> {
    const found = await this.#mayRun(personId, code);
    if (!found.ok) return found;
    const asked = found.value.attendees.filter(({ part }) => part === 'attends');
    return ok(asked.map(({ name, email, state, at }) => ({ name, email, state, at })));
  }

  /** [CAL-3] [CAL-12] What comes for somebody, or is over; of all, or of one of their communities. */
  async list(personId: string, { community, isPast, after }: ListAsked): CalendarAnswer<CalendarPage> {
    const page = { since: this.#deps.now(), isPast, after, most: CALENDAR_PAGE + 1 };
    if (community === undefined) return pageOf(await this.#deps.store.ofPerson(personId, page));
    const found = await this.#deps.communities.find(community);
    if (!found.ok) return found;
    const role = found.value && (await this.#deps.communities.roleIn(found.value.communityId, personId));
    if (role && !role.ok) return role;
    // [REF-4] One that is not theirs and one that is not there are answered alike.
    if (!found.value || !role?.value) return fail({ kind: 'unknownCommunity' });
    return pageOf(await this.#deps.store.ofCommunity(found.value.communityId, personId, page));
  }

  async #mayRun(personId: string, code: MeetingCode): CalendarAnswer<Standing> {
    const found = await this.#deps.access.read(code, personId);
    if (!found.ok) return found;
    return found.value.reader.runs ? found : fail({ kind: 'notAllowed' });
  }

  /** One that may be changed: neither over nor cancelled. */
  async #toRun(personId: string, code: MeetingCode): CalendarAnswer<Standing> {
    const found = await this.#mayRun(personId, code);
    if (!found.ok) return found;
    const { isCancelled, startsAt } = found.value.row;
    return isCancelled || startsAt <= this.#deps.now() ? fail({ kind: 'isOver' }) : found;
  }

  async #scope(row: CalendarRow, scope: 'one' | 'following'): CalendarAnswer<CalendarRow[]> {
    return scope === 'one' ? ok([row]) : this.#deps.store.following(row.seriesId, row.startsAt);
  }

  async #mayAnnounce(personId: string, slug: string | null): CalendarAnswer<string | null> {
    if (slug === null) return ok(null);
    const found = await this.#deps.communities.find(slug);
    if (!found.ok) return found;
    if (!found.value) return fail({ kind: 'unknownCommunity' });
    const role = await this.#deps.communities.roleIn(found.value.communityId, personId);
    if (!role.ok) return role;
    if (role.value !== undefined && RUNS_COMMUNITY.has(role.value)) return ok(found.value.communityId);
    const self = await this.#deps.people.find(personId);
    if (!self.ok) return self;
    // Who administers the site starts what a community has nobody for; they read no more of it by that [COMM-2].
    if (self.value?.isAdministrator) return ok(found.value.communityId);
    return fail({ kind: role.value === undefined ? 'unknownCommunity' : 'notAllowed' });
  }

  /**
   * [CAL-11] Who animates from now on; undefined: as it was. Who changes it keeps what they are, and who announced a meeting of their
   * own runs it in any case.
   */
  async #animatorsOf(
    { row, attendees, mine }: Standing,
    { animators, timeZone }: ChangeBody,
  ): CalendarAnswer<NewAnimator[] | undefined> {
    if (!animators) return ok(undefined);
    const kept = attendees.filter(
      ({ part, personId, email }) =>
        part === 'animates' &&
        (personId === mine?.personId ||
          (row.community === null && personId === row.announcedBy) ||
          animators.includes(email)),
    );
    const known = new Set(kept.map(({ email }) => email));
    const others = animators.filter((address) => !known.has(address) && address !== mine?.email);
    const found = await this.#accounts(others);
    if (!found.ok) return found;
    const { lang } = mine ?? attendees[0] ?? { lang: 'fr' };
    return ok([
      ...kept.map(({ personId, email, name, lang: own, timeZone: zone }) => ({
        ...{ personId, email, name, lang: own, timeZone: zone },
      })),
      ...found.value.map((one) => ({ ...one, lang, timeZone })),
    ]);
  }

  async #accounts(
    addresses: readonly string[],
  ): CalendarAnswer<{ personId: string; name: string; email: string }[]> {
    const accounts = [];
    for (const email of new Set(addresses)) {
      const found = await this.#deps.store.personByEmail(email);
      if (!found.ok) return found;
      if (!found.value) return fail({ kind: 'unknownAnimator', email });
      accounts.push({ ...found.value, email });
    }
    return ok(accounts);
  }

  async #animators(
    personId: string,
    { animators, lang, timeZone }: AnnounceBody,
  ): CalendarAnswer<Omit<NewAttendee, 'id' | 'meetingId'>[]> {
    const self = await this.#deps.people.find(personId);
    if (!self.ok) return self;
    if (!self.value) return fail({ kind: 'notSignedIn' });
    const one = { part: 'animates', lang, timeZone } as const;
    const { email, profile } = self.value;
    const others = await this.#accounts(animators.filter((address) => address !== email));
    if (!others.ok) return others;
    return ok([
      { ...one, personId, email, name: profile.name, knows: true },
      ...others.value.map((other) => ({ ...one, ...other })),
    ]);
  }
}

function partOf(one: Attendee | undefined): Listed['part'] {
  if (!one) return null;
  if (one.part === 'animates') return 'animates';
  return one.state === 'waiting' ? 'waiting' : 'registered';
}

function entryOf(row: Listed): CalendarEntry {
  const { code, title, startsAt, minutes, timeZone, isCancelled, community, part } = row;
  return {
    code,
    title,
    startsAt,
    minutes,
    timeZone,
    isCancelled,
    community: community && { slug: community.slug, name: community.name },
    part,
  };
}

function pageOf(
  listed: Awaited<ReturnType<CalendarStore['ofPerson']>>,
): Result<CalendarPage, CalendarRefusal> {
  if (!listed.ok) return listed;
  const rows = listed.value.slice(0, CALENDAR_PAGE);
  const last = rows.at(-1);
  const after = listed.value.length > CALENDAR_PAGE && last ? `${last.startsAt}.${last.meetingId}` : null;
  return ok({ entries: rows.map(entryOf), after });
}
