import { z } from 'zod';
import {
  COMMUNITY_DESCRIPTION_MAX,
  COMMUNITY_NAME_MAX,
  COMMUNITY_SLUG_MAX,
  INVITATION_DAYS,
  INVITED_AT_ONCE_MAX,
  RESERVED_SLUGS,
  SEARCH_MAX,
  WORD_MAX,
} from './community-limits.ts';
import { emailAddress, linkToken, oneLine, paragraphs, peopleRefusal } from './people.ts';
import { instant, line } from './text.ts';

/** What a member of a community may do there, the most first. */
export const communityRole = z.enum(['coordinator', 'animator', 'member']);
export type CommunityRole = z.infer<typeof communityRole>;

/** How one becomes a member. An invitation is good in all of them. */
export const joining = z.enum(['invitation', 'request', 'open']);
export type Joining = z.infer<typeof joining>;

/** The address of a community's page: it is read aloud, and written by hand. */
export const communitySlug = z
  .string()
  .max(COMMUNITY_SLUG_MAX)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .refine((slug) => !RESERVED_SLUGS.includes(slug), 'the address of another page');

const lang = z.enum(['fr', 'en']);
const settings = {
  name: line(COMMUNITY_NAME_MAX),
  description: paragraphs(COMMUNITY_DESCRIPTION_MAX).default(''),
  joining,
};
const word = paragraphs(WORD_MAX).default('');

export const makeCommunityBody = z.strictObject({
  ...settings,
  slug: communitySlug,
  /** Of the first coordinator. */
  coordinator: emailAddress,
  lang,
});
export type MakeCommunity = z.infer<typeof makeCommunityBody>;
export const saveCommunityBody = z.strictObject(settings);
export type CommunitySettings = z.infer<typeof saveCommunityBody>;
export const nameCoordinatorBody = z.strictObject({ email: emailAddress, lang });
export const joinBody = z.strictObject({ lang });
export const requestBody = z.strictObject({ word, lang });
export const decideBody = z.strictObject({ accept: z.boolean(), word });
export const roleBody = z.strictObject({ role: communityRole });
export const inviteBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    emails: z.array(emailAddress).min(1).max(INVITED_AT_ONCE_MAX),
    role: communityRole,
    lang,
  }),
  /** Whoever has the link becomes a member. */
  z.strictObject({ kind: z.literal('link'), days: z.literal(INVITATION_DAYS), lang }),
]);
export const invitationTokenBody = z.strictObject({ token: linkToken });
export const acceptBody = z.strictObject({ token: linkToken, lang });
/** All optional; words that have to be there, in any order, whatever their accents and capitals. */
export const directoryQuery = z.object({
  /** In the name or the organisation. */
  q: oneLine(SEARCH_MAX).default(''),
  territory: oneLine(SEARCH_MAX).default(''),
  /** In what somebody offers or looks for. */
  expertise: oneLine(SEARCH_MAX).default(''),
  /** `next` of the page before. */
  after: z.string().max(600).optional(),
});
export type DirectoryQuery = z.infer<typeof directoryQuery>;

/** What a person is to a community. */
export const standing = z.strictObject({
  role: communityRole.nullable(),
  requested: z.boolean(),
  /** By their address. */
  invited: z.boolean(),
});
export type Standing = z.infer<typeof standing>;

/** A community's page, as whoever is signed in sees it. */
export const communityView = z.strictObject({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  joining,
  members: z.int().min(0),
  /** Without one, who administers the site names one. */
  hasCoordinator: z.boolean(),
  mine: standing,
});
export type CommunityView = z.infer<typeof communityView>;

export const communitiesView = z.strictObject({
  communities: z.array(communityView),
  /** Whether the reader makes communities. */
  mayMake: z.boolean(),
});
export type CommunitiesView = z.infer<typeof communitiesView>;

export const memberView = z.strictObject({
  personId: z.string(),
  name: z.string(),
  organisation: z.string(),
  territory: z.string(),
  languages: z.array(z.string()),
  offers: z.string(),
  seeks: z.string(),
  photo: z.string().nullable(),
  role: communityRole,
  since: instant,
  isSelf: z.boolean(),
  /** For coordinators alone. */
  email: z.string().optional(),
});
export type MemberView = z.infer<typeof memberView>;

export const directoryView = z.strictObject({
  members: z.array(memberView),
  /** How many fit what is searched. */
  total: z.int().min(0),
  /** Asks for those that follow; null: none do. */
  next: z.string().nullable(),
});
export type DirectoryView = z.infer<typeof directoryView>;

export const requestView = z.strictObject({
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  organisation: z.string(),
  territory: z.string(),
  word: z.string(),
  at: instant,
});
export type RequestView = z.infer<typeof requestView>;

export const invitationView = z.strictObject({
  invitationId: z.string(),
  /** Null: a link, which is `url`. */
  email: z.string().nullable(),
  url: z.string().nullable(),
  role: communityRole,
  invitedBy: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
});
export type InvitationView = z.infer<typeof invitationView>;

/** What came of inviting addresses. */
export const invitedView = z.strictObject({ invited: z.int().min(0), alreadyMembers: z.array(z.string()) });
export type InvitedView = z.infer<typeof invitedView>;

/** What an invitation says to who holds it, signed in or not. */
export const invitationLook = z.strictObject({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  role: communityRole,
  invitedBy: z.string().nullable(),
  /** For whom it is; null: for whoever has it. */
  email: z.string().nullable(),
});
export type InvitationLook = z.infer<typeof invitationLook>;

/** Columns of a file that is imported, by what they hold. */
export const importColumn = z.enum([
  'email',
  'name',
  'organisation',
  'territory',
  'languages',
  'offers',
  'seeks',
  'role',
]);
export type ImportColumn = z.infer<typeof importColumn>;

/** Why a line of a file is left out. */
export const importProblem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('emailMissing') }),
  z.strictObject({ kind: z.literal('emailWrong'), written: z.string() }),
  /** The address stands on an earlier line. */
  z.strictObject({ kind: z.literal('emailTwice'), line: z.int() }),
  z.strictObject({ kind: z.literal('tooLong'), column: importColumn, max: z.int() }),
  /** Control characters, or more lines than the column may have. */
  z.strictObject({ kind: z.literal('notText'), column: importColumn }),
  z.strictObject({ kind: z.literal('unknownRole'), written: z.string() }),
  /** A quote that is not closed: nothing of what follows can be told apart. */
  z.strictObject({ kind: z.literal('quotes') }),
]);
export type ImportProblem = z.infer<typeof importProblem>;

/** What an import would do, line by line; nothing of it is written. */
export const importPreview = z.strictObject({
  people: z.array(
    z.strictObject({
      line: z.int(),
      email: z.string(),
      name: z.string(),
      role: communityRole,
      /** `invited`: the address has an invitation already, and gets no other. */
      outcome: z.enum(['invite', 'invited', 'member']),
    }),
  ),
  problems: z.array(z.strictObject({ line: z.int(), problem: importProblem })),
  /** Columns by their names in the file of which nothing is used. */
  unused: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const imported = z.strictObject({ invited: z.int().min(0), leftOut: z.int().min(0) });
export type Imported = z.infer<typeof imported>;

/** Why something about a community was refused. */
export const communityRefusal = z.discriminatedUnion('kind', [
  ...peopleRefusal.options,
  /** A community keeps a coordinator [COMM-4]. */
  z.strictObject({ kind: z.literal('lastCoordinator') }),
  z.strictObject({ kind: z.literal('slugTaken') }),
  /** As many as there may be. */
  z.strictObject({ kind: z.literal('full') }),
  /** Who has no name yet is not found in a directory. */
  z.strictObject({ kind: z.literal('nameMissing') }),
  /** The invitation is for another address. */
  z.strictObject({ kind: z.literal('otherAddress') }),
  /** A file that is not UTF-8. */
  z.strictObject({ kind: z.literal('notUtf8') }),
  /** A file without a line that names its columns, the one of addresses among them. */
  z.strictObject({ kind: z.literal('noColumns') }),
  z.strictObject({ kind: z.literal('tooManyLines') }),
]);
export type CommunityRefusal = z.infer<typeof communityRefusal>;
