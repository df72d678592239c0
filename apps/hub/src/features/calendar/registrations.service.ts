import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@relais/kit';
import type { MeetingCode } from '@relais/protocol';
import type {
  CalendarRefusal,
  CalendarSettings,
  OwnCalendar,
  RegisterBody,
  Registered,
} from '@relais/protocol/calendar';
import type { CalendarStore } from '../../ports/calendar-store.ts';
import type { PeopleStore } from '../../ports/people-store.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Communities } from '../communities/communities.ts';
import type { CalendarPost } from './calendar-post.ts';
import type { CalendarAnswer } from './calendar.service.ts';
import type { CalendarSecrets } from './calendar-secrets.ts';
import { icsOf } from './ics.ts';
import type { MeetingAccess } from './meeting-access.ts';

export interface RegistrationsDeps {
  store: CalendarStore;
  access: MeetingAccess;
  people: Pick<PeopleStore, 'find'>;
  communities: Pick<Communities, 'find' | 'roleIn'>;
  limiter: RateLimiter;
  post: CalendarPost;
  secrets: CalendarSecrets;
  publicUrl: () => string;
  now: () => number;
}

/** Emails that a stranger may cause to one address. */
const FOR_ONE_ADDRESS = { limit: 10, windowMs: 3_600_000 };
/** A feed holds what a program of calendars shows of it. */
const FEED_MOST = 300;
const FEED_BACK_MS = 60 * 86_400_000;

/** Places in meetings, and what each person keeps of the calendar. */
export class RegistrationsService {
  readonly #deps: RegistrationsDeps;

  constructor(deps: RegistrationsDeps) {
    this.#deps = deps;
  }

  /** [CAL-4] Who has no account gives a name and an address; the email that goes there holds what cancels it. */
  async register(
    code: MeetingCode,
    personId: string | undefined,
    body: RegisterBody,
  ): CalendarAnswer<Registered> {
    const { access, store, limiter, post, now } = this.#deps;
    const who = await this.#who(personId, body);
    if (!who.ok) return who;
    const taken = await limiter.take(`register:${who.value.email}`, FOR_ONE_ADDRESS);
    if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const found = await access.read(code, personId);
    if (!found.ok) return found;
    const { meetingId, isCancelled, startsAt } = found.value.row;
    if (isCancelled || startsAt <= now()) return fail({ kind: 'isOver' });
    const { lang, timeZone } = body;
    const attendee = { id: randomUUID(), meetingId, ...who.value, part: 'attends', lang, timeZone } as const;
    const registered = await store.register(attendee, now());
    if (!registered.ok) return registered;
    if (registered.value === 'closed') return fail({ kind: 'registrationClosed' });
    void post.look();
    // Who is registered already is nothing that a stranger learns: they read what a new address would.
    if (registered.value.isNew || personId !== undefined) return ok({ state: registered.value.state });
    return ok({ state: await this.#stateOfAnother(found.value.row) });
  }

  /** By the link of the email. */
  async cancel(token: string): CalendarAnswer<void> {
    const id = this.#deps.secrets.readRegistration(token);
    if (!id.ok) return id;
    return this.#gone(await this.#deps.store.unregister({ id: id.value }), { kind: 'linkInvalid' });
  }

  async cancelOwn(personId: string, code: MeetingCode): CalendarAnswer<void> {
    const found = await this.#deps.store.find(code);
    if (!found.ok) return found;
    if (!found.value) return fail({ kind: 'meetingNotFound' });
    const { meetingId } = found.value;
    return this.#gone(await this.#deps.store.unregister({ meetingId, personId }), { kind: 'linkInvalid' });
  }

  async own(personId: string): CalendarAnswer<OwnCalendar> {
    const found = await this.#deps.store.settings(personId);
    if (!found.ok) return found;
    const { feed, ...settings } = found.value;
    return ok({ settings, feedUrl: this.#feedUrl(personId, feed) });
  }

  save(personId: string, settings: CalendarSettings): CalendarAnswer<void> {
    return this.#deps.store.saveSettings(personId, settings);
  }

  /** [CAL-7] What the former address gave it gives no more. */
  async renewFeed(personId: string): CalendarAnswer<{ feedUrl: string }> {
    const feed = await this.#deps.store.renewFeed(personId);
    return feed.ok ? ok({ feedUrl: this.#feedUrl(personId, feed.value) }) : feed;
  }

  async communityFeed(personId: string, slug: string): CalendarAnswer<{ feedUrl: string }> {
    const community = await this.#memberOf(personId, slug);
    if (!community.ok) return community;
    const found = await this.#deps.store.settings(personId);
    return found.ok ? ok({ feedUrl: this.#feedUrl(personId, found.value.feed, slug) }) : found;
  }

  /** [CAL-7] `PERSON.SECRET.ics`, or `PERSON.SLUG.SECRET.ics`. */
  async feed(address: string): CalendarAnswer<string> {
    const parts = address.replace(/\.ics$/, '').split('.');
    const [personId = '', slug, secret] = parts.length === 3 ? parts : [parts[0], undefined, parts[1]];
    const found = await this.#deps.store.settings(personId);
    if (!found.ok) return found;
    if (!this.#deps.secrets.isFeed(secret ?? '', personId, found.value.feed, slug))
      return fail({ kind: 'linkInvalid' });
    const since = this.#deps.now() - FEED_BACK_MS;
    const page = { since, isPast: false, after: undefined, most: FEED_MOST };
    const publicUrl = this.#deps.publicUrl();
    if (slug === undefined) {
      const rows = await this.#deps.store.ofPerson(personId, page);
      return rows.ok ? ok(icsOf(rows.value, { publicUrl, method: 'publish', name: 'Relais' })) : rows;
    }
    const community = await this.#memberOf(personId, slug);
    // Who is no member any more has a link that is none any more.
    if (!community.ok)
      return community.error.kind === 'unknownCommunity' ? fail({ kind: 'linkInvalid' }) : community;
    const rows = await this.#deps.store.ofCommunity(community.value.communityId, personId, page);
    return rows.ok
      ? ok(icsOf(rows.value, { publicUrl, method: 'publish', name: community.value.name }))
      : rows;
  }

  /** One meeting, for a calendar that takes files. */
  async file(code: MeetingCode, personId: string | undefined): CalendarAnswer<string> {
    const found = await this.#deps.access.read(code, personId);
    if (!found.ok) return found;
    const { row } = found.value;
    const method = row.isCancelled ? 'cancel' : 'publish';
    return ok(icsOf([row], { publicUrl: this.#deps.publicUrl(), method }));
  }

  async #who(
    personId: string | undefined,
    { name, email }: RegisterBody,
  ): CalendarAnswer<{ personId: string | null; email: string; name: string }> {
    if (personId === undefined) {
      const issues = [...(name ? [] : ['name: required']), ...(email ? [] : ['email: required'])];
      return name && email ? ok({ personId: null, name, email }) : fail({ kind: 'invalidInput', issues });
    }
    const found = await this.#deps.people.find(personId);
    if (!found.ok) return found;
    if (!found.value) return fail({ kind: 'notSignedIn' });
    return ok({ personId, email: found.value.email, name: name ?? found.value.profile.name });
  }

  async #stateOfAnother({ meetingId, capacity }: { meetingId: MeetingIdOf; capacity: number | null }) {
    const attendees = await this.#deps.store.attendees(meetingId);
    const asked = attendees.ok ? attendees.value.filter(({ part }) => part === 'attends') : [];
    const isFull = capacity !== null && asked.length >= capacity;
    return isFull ? ('waiting' as const) : ('confirmed' as const);
  }

  async #memberOf(personId: string, slug: string): CalendarAnswer<{ communityId: string; name: string }> {
    const found = await this.#deps.communities.find(slug);
    if (!found.ok) return found;
    const role = found.value && (await this.#deps.communities.roleIn(found.value.communityId, personId));
    if (role && !role.ok) return role;
    return found.value && role?.value ? ok(found.value) : fail({ kind: 'unknownCommunity' });
  }

  #gone(
    gone: Result<boolean, { kind: 'unavailable' }>,
    otherwise: CalendarRefusal,
  ): Result<void, CalendarRefusal> {
    if (!gone.ok) return gone;
    if (!gone.value) return fail(otherwise);
    void this.#deps.post.look();
    return ok(undefined);
  }

  #feedUrl(personId: string, generation: number, slug?: string): string {
    const secret = this.#deps.secrets.feed(personId, generation, slug);
    const name = [personId, ...(slug === undefined ? [] : [slug]), secret].join('.');
    return `${this.#deps.publicUrl()}/api/calendar/feeds/${name}.ics`;
  }
}

type MeetingIdOf = Parameters<CalendarStore['attendees']>[0];
