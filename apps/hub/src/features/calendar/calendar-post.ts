import { reminderDue } from '@relais/domain/calendar';
import type { Logger } from 'pino';
import type { CalendarStore, Noted, Told, ToRemind, ToTell } from '../../ports/calendar-store.ts';
import type { Mail, MailedMeeting, Mailer } from '../../ports/mailer.ts';
import type { CalendarSecrets } from './calendar-secrets.ts';
import { icsOf, meetingUrl } from './ics.ts';

export interface CalendarPostDeps {
  store: CalendarStore;
  mailer: Mailer;
  secrets: CalendarSecrets;
  publicUrl: () => string;
  now: () => number;
  logger: Logger;
}

/** What is ordered in one step: a database ends one that lies idle for seconds. */
const AT_ONCE = 100;

/**
 * [CAL-5] The emails of the calendar. What each person was told last is data; whoever looks orders what they do not know yet. A hub
 * that was killed leaves it to the next look, of whichever hub, and what was ordered already has the same key [MAIL-1].
 */
export class CalendarPost {
  readonly #deps: CalendarPostDeps;
  #looking: Promise<void> | undefined;
  #again = false;

  constructor(deps: CalendarPostDeps) {
    this.#deps = deps;
  }

  /** Resolves when all that was true before the call has been ordered, or could not be. */
  look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#run().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        const now = this.#deps.now();
        await this.#deps.store.tell(now, (due) => this.#order(due, now));
      } catch (error) {
        this.#deps.logger.error({ err: error }, 'emails of the calendar could not be ordered');
      }
    }
  }

  async #order({ tell, remind }: { tell: ToTell[]; remind: ToRemind[] }, now: number): Promise<Noted> {
    const noted: Noted = { told: [], reminded: [] };
    let left = AT_ONCE;
    for (const group of groupsOf(tell)) {
      if (left-- === 0) return this.#later(noted);
      const mail = this.#mailOf(group);
      if (mail && !(await this.#deps.mailer.send(mail)).ok) break;
      for (const { attendee, meeting } of group)
        noted.told.push({ id: attendee.id, told: { ...truth(attendee, meeting) } });
    }
    for (const each of remind) {
      const { attendee, meeting, wanted, reminded } = each;
      const { startsAt } = meeting;
      const which = reminderDue({ startsAt, since: attendee.at, now }, wanted, reminded);
      if (!which) continue;
      if (left-- <= 0) return this.#later(noted);
      const sent = await this.#deps.mailer.send({
        key: `calendar:${attendee.id}:${which}:${startsAt}`,
        to: attendee.email,
        lang: attendee.lang,
        kind: 'meetingReminder',
        meeting: this.#mailed([each], 'publish'),
      });
      if (!sent.ok) break;
      noted.reminded.push({ id: attendee.id, which, startsAt });
    }
    return noted;
  }

  #later(noted: Noted): Noted {
    this.#again = true;
    return noted;
  }

  /** Undefined: what changed is nothing that they need to know. */
  #mailOf(group: readonly ToTell[]): Mail | undefined {
    const [first] = group;
    if (!first) return undefined;
    const { attendee, meeting, told, by } = first;
    const { id, email: to, lang, part, state } = attendee;
    const to_ = (what: string) => ({ key: `calendar:${id}:${what}:${meeting.sequence}`, to, lang });
    if (meeting.isCancelled) {
      // Who had not even heard of it hears nothing of its end.
      if (!told) return undefined;
      const word = meeting.cancelWord;
      const mailed = this.#mailed(group, 'cancel');
      return { ...to_('cancelled'), kind: 'meetingCancelled', meeting: mailed, ...(word && { word }) };
    }
    const mailed = this.#mailed(group, 'publish');
    if (part === 'animates' && !told)
      return {
        ...to_('animates'),
        ...{ kind: 'meetingInvitation', meeting: mailed, animates: true },
        ...(by && { invitedBy: by }),
      };
    const cancelUrl = `${this.#deps.publicUrl()}/rencontres/inscription#${this.#deps.secrets.registration(id)}`;
    if (state === 'waiting' && told?.state !== 'waiting')
      return { ...to_('waiting'), kind: 'registrationWaiting', meeting: mailed, cancelUrl };
    if (state === 'confirmed' && told?.state !== 'confirmed') {
      const movedUp = told?.state === 'waiting';
      return { ...to_('confirmed'), kind: 'registrationConfirmed', meeting: mailed, cancelUrl, movedUp };
    }
    if (!told || isSame(told, meeting)) return undefined;
    return { ...to_('changed'), kind: 'meetingChanged', meeting: mailed, before: told };
  }

  #mailed(
    group: readonly Pick<ToTell, 'attendee' | 'meeting'>[],
    method: 'publish' | 'cancel',
  ): MailedMeeting {
    const [first] = group;
    if (!first) throw new Error('a letter about no meeting');
    const publicUrl = this.#deps.publicUrl();
    const { title, startsAt, minutes, code } = first.meeting;
    const meetings = group.map(({ meeting }) => meeting);
    return {
      title,
      startsAt,
      minutes,
      timeZone: first.attendee.timeZone,
      url: meetingUrl(publicUrl, code),
      // Who only waits has nothing to write in a calendar.
      ...((first.attendee.state === 'confirmed' || method === 'cancel') && {
        ics: icsOf(meetings, { publicUrl, method }),
      }),
      ...(group.length > 1 && { more: group.length - 1 }),
    };
  }
}

/** Of a recurrence that changed as a whole each person gets one email, not one for each meeting. */
function groupsOf(tell: readonly ToTell[]): ToTell[][] {
  const groups = new Map<string, ToTell[]>();
  for (const each of tell) {
    const { attendee, meeting, told } = each;
    const what = meeting.isCancelled ? 'cancelled' : `${attendee.state} after ${told?.state ?? 'nothing'}`;
    // What confirms a registration holds the link that cancels this one.
    const isAlone = attendee.part === 'attends' && !meeting.isCancelled && told?.state !== attendee.state;
    const key = isAlone
      ? attendee.id
      : JSON.stringify([attendee.email, meeting.seriesId, attendee.part, what]);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

function truth(
  { state }: ToTell['attendee'],
  { isCancelled, sequence, title, startsAt }: ToTell['meeting'],
): Told {
  return { state: isCancelled ? 'cancelled' : state, sequence, title, startsAt };
}

/** The length and what it is about may change without a word: the page and the feed say it. */
const isSame = (told: Told, { title, startsAt }: ToTell['meeting']) =>
  told.title === title && told.startsAt === startsAt;
