import { z } from 'zod';
import { instant } from './text.ts';

export const registerKind = z.enum([
  'dataExported',
  'personErased',
  'meetingForgotten',
  'roleChanged',
  'memberRemoved',
  'membersImported',
]);
export type RegisterKind = z.infer<typeof registerKind>;

/** A line of the register, as who may read it sees it. Of who was erased nobody is named. */
export const registerLine = z.strictObject({
  id: z.string(),
  kind: registerKind,
  actor: z.string().nullable(),
  subject: z.string().nullable(),
  community: z.string().nullable(),
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
