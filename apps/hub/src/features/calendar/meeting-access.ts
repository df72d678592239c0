import { mayReadAnnounced, STRANGER, type Reader } from '@relais/domain/calendar';
import { fail, ok } from '@relais/kit';
import type { MeetingCode, PersonId } from '@relais/protocol';
import type { EntryRule } from '@relais/protocol/entry';
import type { Attendee, CalendarRow, CalendarStore } from '../../ports/calendar-store.ts';
import type { EntryStore } from '../../ports/entry-store.ts';
import type { PeopleStore } from '../../ports/people-store.ts';
import type { Communities } from '../communities/communities.ts';
import type { CalendarAnswer } from './calendar.service.ts';
import type { Chronicles } from './chronicles.ts';

export interface MeetingAccessDeps {
  store: Pick<CalendarStore, 'find' | 'attendees'>;
  people: Pick<PeopleStore, 'emailsOf'>;
  communities: Pick<Communities, 'roleIn'>;
  entries: Pick<EntryStore, 'find' | 'isInvited'>;
  chronicles: Chronicles;
}

/** A meeting, and what somebody is to it. */
export interface Standing {
  row: CalendarRow;
  rule: EntryRule;
  attendees: Attendee[];
  /** Their own place in it, or among who animates. */
  mine: Attendee | undefined;
  reader: Reader;
}

export const RUNS_COMMUNITY = new Set(['coordinator', 'animator']);

/** [CAL-9] Who may read of which meeting of the calendar; to anybody else it is answered like one that is not there. */
export class MeetingAccess {
  readonly #deps: MeetingAccessDeps;

  constructor(deps: MeetingAccessDeps) {
    this.#deps = deps;
  }

  async read(code: MeetingCode, personId: string | undefined): CalendarAnswer<Standing> {
    const found = await this.#deps.store.find(code);
    if (!found.ok) return found;
    if (!found.value) return fail({ kind: 'meetingNotFound' });
    const standing = await this.#standing(found.value, personId);
    if (!standing.ok) return standing;
    const { row, rule, reader } = standing.value;
    if (mayReadAnnounced({ rule, registration: row.registration }, reader)) return standing;
    // A log is read for those alone who would not come in otherwise.
    const log = await this.withLog(standing.value, personId);
    if (!log.ok) return log;
    return log.value.reader.wasThere ? log : fail({ kind: 'meetingNotFound' });
  }

  /** With what the log of the meeting says of them. */
  async withLog(standing: Standing, personId: string | undefined): CalendarAnswer<Standing> {
    if (personId === undefined) return ok(standing);
    const chronicle = await this.#deps.chronicles.of(standing.row.meetingId);
    if (!chronicle.ok) return chronicle;
    const wasThere = chronicle.value.wasThere(personId);
    const wasRemoved = chronicle.value.wasRemoved(personId);
    return ok({ ...standing, reader: { ...standing.reader, wasThere, wasRemoved } });
  }

  async #standing(row: CalendarRow, personId: string | undefined): CalendarAnswer<Standing> {
    const { store, entries } = this.#deps;
    const [attendees, entry] = await Promise.all([
      store.attendees(row.meetingId),
      entries.find(row.meetingId),
    ]);
    if (!attendees.ok) return attendees;
    if (!entry.ok) return entry;
    const { rule } = entry.value;
    const known = { row, rule, attendees: attendees.value };
    if (personId === undefined) return ok({ ...known, mine: undefined, reader: STRANGER });
    const email = await this.#emailOf(personId);
    if (!email.ok) return email;
    const mine = attendees.value.find((one) => one.personId === personId);
    // Who registered without an account, and has one with that address by now.
    const place = mine ?? attendees.value.find((one) => one.personId === null && one.email === email.value);
    const isInvited =
      email.value === undefined ? ok(false) : await entries.isInvited(row.meetingId, email.value);
    if (!isInvited.ok) return isInvited;
    const role = row.community
      ? await this.#deps.communities.roleIn(row.community.communityId, personId)
      : ok(undefined);
    if (!role.ok) return role;
    // What was announced for a community is the community's: who left it announces nothing there any more.
    const isTheirs = row.community
      ? role.value !== undefined && RUNS_COMMUNITY.has(role.value)
      : row.announcedBy === personId;
    const reader: Reader = {
      ...STRANGER,
      runs: isTheirs || mine?.part === 'animates',
      isRegistered: place?.part === 'attends' && place.state === 'confirmed',
      waits: place?.part === 'attends' && place.state === 'waiting',
      isInvited: isInvited.value,
      isMember: role.value !== undefined,
    };
    return ok({ ...known, mine, reader });
  }

  /** Their address, if it is proved. */
  async #emailOf(personId: string): CalendarAnswer<string | undefined> {
    const id = personId as PersonId;
    const found = await this.#deps.people.emailsOf([id]);
    return found.ok ? ok(found.value.get(id)?.toLowerCase()) : found;
  }
}
