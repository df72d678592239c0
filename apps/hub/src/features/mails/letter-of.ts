import type { Mail, MailedMeeting } from '../../ports/mailer.ts';
import type { Letter } from '../../ports/outbox.ts';
import { layout } from './layout.ts';
import { en } from './words-en.ts';
import { fr } from './words-fr.ts';

/** What one email says: sentences, a button that opens its address, and sentences. */
export interface Said {
  subject: string;
  before: string[];
  button: string;
  after: string[];
}

/** A meeting as its reader reads it. */
export interface ReadMeeting {
  title: string;
  date: string;
  when: string;
}

export interface MailWords {
  locale: string;
  hello: string;
  linkFallback: string;
  sentBy: string;
  /** `minutes`: how long it is to last. */
  when: (date: string, minutes: number, zone: string) => string;
  signInLink: (mail: { minutes: number }) => Said;
  passwordReset: (mail: { minutes: number }) => Said;
  emailChange: (mail: { minutes: number }) => Said;
  communityInvitation: (mail: { community: string; invitedBy?: string; days: number }) => Said;
  communityRequest: (mail: { community: string; person: string; word?: string }) => Said;
  communityAccepted: (mail: { community: string; word?: string }) => Said;
  communityDeclined: (mail: { community: string; word?: string }) => Said;
  meetingInvitation: (mail: { meeting: ReadMeeting; invitedBy?: string; animates?: boolean }) => Said;
  /** Of a recurrence: it is about so many later ones as well. */
  more: (meetings: number) => string;
  registrationConfirmed: (mail: { meeting: ReadMeeting; cancelUrl?: string; movedUp?: boolean }) => Said;
  registrationWaiting: (mail: { meeting: ReadMeeting; cancelUrl?: string }) => Said;
  meetingReminder: (mail: { meeting: ReadMeeting }) => Said;
  meetingChanged: (mail: { meeting: ReadMeeting; before: { title: string; date: string } }) => Said;
  meetingCancelled: (mail: { meeting: ReadMeeting; word?: string }) => Said;
}

const WORDS = { fr, en };
/** Beyond it a subject is of no use in a list of emails. */
const SUBJECT_CHARACTERS = 150;

/** [MAIL-4] The email as it is read, in its reader's language and time zone. Whatever people wrote is text in it. */
export function letterOf(mail: Mail): Letter {
  const words = WORDS[mail.lang];
  const said = saidOf(mail, words);
  const url = 'meeting' in mail ? mail.meeting.url : mail.url;
  const subject = [...oneLine(said.subject)].slice(0, SUBJECT_CHARACTERS).join('');
  const { text, html } = layout({ ...said, subject }, { url, lang: mail.lang, words });
  const ics = 'meeting' in mail ? mail.meeting.ics : undefined;
  return {
    key: mail.key,
    kind: mail.kind,
    to: mail.to,
    lang: mail.lang,
    subject,
    text: clean(text),
    html: clean(html),
    ics,
  };
}

/** Until when it is of use, in milliseconds since 1970; undefined: for ever. */
export function usefulUntil(mail: Mail, at: number): number | undefined {
  if ('minutes' in mail) return at + mail.minutes * 60_000;
  if (mail.kind === 'communityInvitation') return at + mail.days * 86_400_000;
  if (!('meeting' in mail)) return undefined;
  const { startsAt, minutes } = mail.meeting;
  // Who was told another time than it is now needs to know until the former one is over, too.
  const last = mail.kind === 'meetingChanged' ? Math.max(startsAt, mail.before.startsAt) : startsAt;
  return last + minutes * 60_000;
}

function saidOf(mail: Mail, words: MailWords): Said {
  switch (mail.kind) {
    case 'signInLink':
    case 'passwordReset':
    case 'emailChange':
      return words[mail.kind](mail);
    case 'communityInvitation':
      return words.communityInvitation(mail);
    case 'communityRequest':
      return words.communityRequest(mail);
    case 'communityAccepted':
    case 'communityDeclined':
      return words[mail.kind](mail);
    case 'meetingInvitation':
      return words.meetingInvitation({ ...mail, meeting: read(mail.meeting, words) });
    case 'registrationConfirmed':
      return words.registrationConfirmed({ ...mail, meeting: read(mail.meeting, words) });
    case 'registrationWaiting':
      return words.registrationWaiting({ ...mail, meeting: read(mail.meeting, words) });
    case 'meetingReminder':
      return words.meetingReminder({ meeting: read(mail.meeting, words) });
    case 'meetingChanged': {
      const { title, startsAt } = mail.before;
      const before = { title, date: dateOf(startsAt, mail.meeting.timeZone, words) };
      return words.meetingChanged({ meeting: read(mail.meeting, words), before });
    }
    case 'meetingCancelled':
      return words.meetingCancelled({ ...mail, meeting: read(mail.meeting, words) });
  }
}

function read({ title, startsAt, minutes, timeZone, more }: MailedMeeting, words: MailWords): ReadMeeting {
  const date = dateOf(startsAt, timeZone, words);
  const when = words.when(date, minutes, zoneOf(startsAt, timeZone, words));
  return { title, date, when: more ? `${when} ${words.more(more)}` : when };
}

function dateOf(at: number, zone: string, { locale }: MailWords): string {
  const timeZone = knownZone(zone);
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at);
}

function zoneOf(at: number, zone: string, { locale }: MailWords): string {
  const timeZone = knownZone(zone);
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** The region's own time, with its name beside it, rather than no email at all. */
function knownZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return timeZone;
  } catch {
    return 'America/Toronto';
  }
}

/** Without what no text holds, and no database takes. */
const clean = (text: string) => text.replace(/(?![\n\t])\p{Cc}/gu, '');

/** A line break in a subject would begin another header. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
