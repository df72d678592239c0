import { z } from 'zod';
import { instant } from './text.ts';

export const registerKind = z.enum([
  // Consents: given, and taken back.
  'privacyAccepted',
  'communityJoined',
  'communityLeft',
  // Of personal information.
  'dataExported',
  'personErased',
  'meetingForgotten',
  'mailsRead',
  // Of the site and its communities.
  'administratorMade',
  'communityMade',
  'communityChanged',
  'coordinatorNamed',
  'roleChanged',
  'memberRemoved',
  'membersImported',
  'invitationsSent',
  'invitationLinkMade',
  'invitationRevoked',
  'requestAccepted',
  'requestDeclined',
  // Of meetings.
  'meetingAnnounced',
  'meetingChanged',
  'meetingCancelled',
  'entryChanged',
  'guestLinkMade',
  'guestLinkRevoked',
]);
export type RegisterKind = z.infer<typeof registerKind>;

/** A line of the register, as who may read it sees it. Of who was erased nobody is named. */
export const registerLine = z.strictObject({
  id: z.string(),
  kind: registerKind,
  actor: z.string().nullable(),
  subject: z.string().nullable(),
  community: z.string().nullable(),
  /** Of a meeting that is forgotten: null. */
  meeting: z.string().nullable(),
  at: instant,
});
export const registerPage = z.strictObject({ lines: z.array(registerLine), next: z.string().nullable() });
export type RegisterPage = z.infer<typeof registerPage>;

export const registerQuery = z.strictObject({
  before: z
    .string()
    .regex(/^[0-9a-f-]{36}$/)
    .optional(),
  kind: registerKind.optional(),
});

/** Somebody's stay in a meeting, as the meeting's log has it; it goes with the meeting. */
export const attendanceLine = z.strictObject({
  id: z.string(),
  meeting: z.string(),
  name: z.string(),
  hasAccount: z.boolean(),
  cameAt: instant,
  /** Null: they are there, or the meeting was cut off. */
  leftAt: instant.nullable(),
  reason: z.enum(['left', 'graceExpired', 'removed']).nullable(),
});
export const attendancePage = z.strictObject({
  lines: z.array(attendanceLine),
  next: z.string().nullable(),
});
export type AttendancePage = z.infer<typeof attendancePage>;

/** Where a page of it goes on: when the last line's person came, and the place of that in the log. */
export const attendanceQuery = z.strictObject({
  before: z
    .string()
    .max(200)
    .regex(/^\d{1,15}\.\d{1,9}\.[\w-]+$/)
    .optional(),
});

/** What is kept, for how many days, and who answers for it. 0: for ever. */
export const privacyView = z.strictObject({
  /** Null where the server has not been told. */
  responsible: z.string().nullable(),
  days: z.strictObject({
    meetings: z.int(),
    register: z.int(),
    mails: z.int(),
    checks: z.int(),
    sessions: z.int(),
  }),
});
export type PrivacyView = z.infer<typeof privacyView>;

/** What becomes of what the person wrote in meetings: the words go with the name, or stay under « Personne effacée ». */
export const eraseBody = z.strictObject({ messages: z.enum(['erase', 'keep']), email: z.string().max(320) });
export type EraseBody = z.infer<typeof eraseBody>;
