import { z } from 'zod';
import {
  EMAIL_MAX,
  LANGUAGE_MAX,
  LANGUAGES_MAX,
  ORGANISATION_MAX,
  PASSWORD_MAX,
  PASSWORD_MIN,
  STATEMENT_MAX,
  TERRITORY_MAX,
} from './people-limits.ts';
import { instant, personName } from './text.ts';

export { PASSWORD_MAX, PASSWORD_MIN, PHOTO_MAX_BYTES } from './people-limits.ts';

/** An address is compared without regard to capitals, as everybody writes it. */
export const emailAddress = z.string().trim().toLowerCase().max(EMAIL_MAX).pipe(z.email());
export const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
const triedPassword = z.string().min(1).max(PASSWORD_MAX);
/** What a link holds; looked up by its hash. */
export const linkToken = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const lang = z.enum(['fr', 'en']);

/** One line, or nothing; no control characters, whole characters only. */
export const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text), 'one line of text');
/** Lines are kept; other control characters are refused. */
const someLines = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine(
      (text) => text.isWellFormed() && !/[^\P{Cc}\n]/u.test(text),
      'text without control characters other than line breaks',
    );
/** A browser's form sends line breaks as CR LF. */
export const paragraphs = (max: number) =>
  z.preprocess((text) => (typeof text === 'string' ? text.replace(/\r\n?/g, '\n') : text), someLines(max));

export const profile = z.strictObject({
  name: personName,
  organisation: oneLine(ORGANISATION_MAX).default(''),
  /** A MRC by its name, or what the person wrote. */
  territory: oneLine(TERRITORY_MAX).default(''),
  /** As the person names them. */
  languages: z.array(oneLine(LANGUAGE_MAX).min(1)).max(LANGUAGES_MAX).default([]),
  offers: paragraphs(STATEMENT_MAX).default(''),
  seeks: paragraphs(STATEMENT_MAX).default(''),
});
export type Profile = z.infer<typeof profile>;

export const askLinkBody = z.strictObject({ email: emailAddress, lang });
export const useLinkBody = z.strictObject({ token: linkToken });
export const passwordBody = z.strictObject({ email: emailAddress, password: triedPassword });
export const useResetBody = z.strictObject({ token: linkToken, password: newPassword });
export const firstBody = z.strictObject({
  token: z.string().trim().min(1).max(128),
  name: personName,
  email: emailAddress,
  password: newPassword,
});

/** A browser that is signed in, as its owner recognises it. */
export const sessionView = z.strictObject({
  sessionId: z.string(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  since: instant,
  lastUse: instant,
  /** The one that asks. */
  isThis: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;

/** All that a person sees of their own account. A name that was never given is empty. */
export const me = z.strictObject({
  personId: z.string(),
  email: z.string(),
  isAdministrator: z.boolean(),
  hasPassword: z.boolean(),
  /** Of the photo, to be fetched anew when it changes; null without one. */
  photo: z.string().nullable(),
  profile: z.strictObject({ ...profile.shape, name: z.string() }),
  sessions: z.array(sessionView),
});
export type Me = z.infer<typeof me>;

/** What the pages know before anybody is signed in. */
export const peopleDoor = z.strictObject({
  /** No administrator yet: the first page can be used. */
  isFirst: z.boolean(),
  /** The name of the OpenID Connect provider that is set up. */
  provider: z.string().nullable(),
  /** Whether emails leave the server; otherwise who administers the site hands them on. */
  sendsMail: z.boolean(),
});
export type PeopleDoor = z.infer<typeof peopleDoor>;

/** An email that waits to be handed on, as who administers the site sees it. */
export const waitingMail = z.strictObject({
  key: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  at: instant,
});
export type WaitingMail = z.infer<typeof waitingMail>;

/** Why something about an account was refused. */
export const peopleRefusal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('invalidInput'), issues: z.array(z.string()) }),
  /** The request came from a page that is not ours. */
  z.strictObject({ kind: z.literal('foreignOrigin') }),
  z.strictObject({ kind: z.literal('notSignedIn') }),
  /** Only who administers the site. */
  z.strictObject({ kind: z.literal('notAllowed') }),
  /** No account, no password, or the wrong one: it is not said which. */
  z.strictObject({ kind: z.literal('wrongCredentials') }),
  /** Used already, too old, or never made. */
  z.strictObject({ kind: z.literal('linkInvalid') }),
  z.strictObject({ kind: z.literal('wrongToken') }),
  /** There is an administrator, or no provider. */
  z.strictObject({ kind: z.literal('notOpen') }),
  z.strictObject({ kind: z.literal('notAPhoto') }),
  z.strictObject({ kind: z.literal('tooLarge') }),
  z.strictObject({ kind: z.literal('unknownId') }),
  /** Signed in too long ago for what is asked [PRIV-3]. */
  z.strictObject({ kind: z.literal('signInAgain') }),
  /** Nobody else administers the site [PRIV-5]. */
  z.strictObject({ kind: z.literal('lastAdministrator') }),
  z.strictObject({ kind: z.literal('tooMany'), retryAfterMs: z.number() }),
  z.strictObject({ kind: z.literal('unavailable') }),
]);
export type PeopleRefusal = z.infer<typeof peopleRefusal>;
