import type { Result } from '@relais/kit';

/** What emails say of a meeting. */
export interface MailedMeeting {
  title: string;
  /** Milliseconds since 1970. */
  startsAt: number;
  /** How long it is to last. */
  minutes: number;
  /** Of the reader, or of the meeting where the reader's is not known: an IANA name, such as `America/Toronto`. */
  timeZone: string;
  /** The meeting's page. */
  url: string;
  /** The meeting as an iCalendar file, to be attached. */
  ics?: string;
  /** How many later meetings of the same recurrence it is about as well. */
  more?: number;
}

export type Mail = {
  /** The same key is never sent twice. */
  key: string;
  to: string;
  lang: 'fr' | 'en';
} & (
  | { kind: 'signInLink'; url: string; minutes: number }
  | { kind: 'passwordReset'; url: string; minutes: number }
  | { kind: 'emailChange'; url: string; minutes: number }
  | { kind: 'communityInvitation'; community: string; invitedBy?: string; url: string; days: number }
  /** To a coordinator: who asks to be taken in, and what they say of themselves. */
  | { kind: 'communityRequest'; community: string; person: string; word?: string; url: string }
  /** `word`: the coordinator's own, to who asked. */
  | { kind: 'communityAccepted'; community: string; word?: string; url: string }
  | { kind: 'communityDeclined'; community: string; word?: string; url: string }
  /** `animates`: they are to run it. */
  | { kind: 'meetingInvitation'; meeting: MailedMeeting; invitedBy?: string; animates?: boolean }
  /** `movedUp`: a place has come free for who was waiting. */
  | { kind: 'registrationConfirmed'; meeting: MailedMeeting; cancelUrl?: string; movedUp?: boolean }
  | { kind: 'registrationWaiting'; meeting: MailedMeeting; cancelUrl?: string }
  | { kind: 'meetingReminder'; meeting: MailedMeeting }
  /** `before`: what it was called and when it was to be, as the reader was told. */
  | { kind: 'meetingChanged'; meeting: MailedMeeting; before: Pick<MailedMeeting, 'title' | 'startsAt'> }
  /** `word`: why, in the animator's own words. */
  | { kind: 'meetingCancelled'; meeting: MailedMeeting; word?: string }
);

export interface Mailer {
  /** Resolves when the mail is stored, not when it is sent. */
  send(mail: Mail): Promise<Result<void, 'storeUnavailable'>>;
}
