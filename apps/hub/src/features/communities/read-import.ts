import { ok, type Result } from '@relais/kit';
import type { CommunityRole, ImportColumn, ImportPreview, ImportProblem } from '@relais/protocol/communities';
import { NAME_MAX_LENGTH } from '@relais/protocol/limits';
import { emailAddress, profile, type Profile } from '@relais/protocol/people';
import {
  LANGUAGE_MAX,
  LANGUAGES_MAX,
  ORGANISATION_MAX,
  STATEMENT_MAX,
  TERRITORY_MAX,
} from '@relais/protocol/people-limits';
import { readSheet, type Sheet, type SheetRefusal } from './read-sheet.ts';

/** Somebody of a file, as it can be written. */
export interface ReadPerson {
  line: number;
  email: string;
  role: CommunityRole;
  profile: Profile;
}

export interface ReadImport {
  people: ReadPerson[];
  problems: ImportPreview['problems'];
  unused: string[];
}

const ROLES: Readonly<Record<string, CommunityRole>> = {
  '': 'member',
  membre: 'member',
  member: 'member',
  animation: 'animator',
  animateur: 'animator',
  animatrice: 'animator',
  'animateur·trice': 'animator',
  animator: 'animator',
  facilitator: 'animator',
  coordination: 'coordinator',
  coordonnateur: 'coordinator',
  coordonnatrice: 'coordinator',
  'coordonnateur·trice': 'coordinator',
  coordinator: 'coordinator',
};

/** Characters; of languages all together. */
const LONGEST: Partial<Record<ImportColumn, number>> = {
  name: NAME_MAX_LENGTH,
  organisation: ORGANISATION_MAX,
  territory: TERRITORY_MAX,
  languages: LANGUAGE_MAX * LANGUAGES_MAX,
  offers: STATEMENT_MAX,
  seeks: STATEMENT_MAX,
};
/** Written back in a problem: enough to find it by. */
const WRITTEN_MAX = 80;

/** [COMM-10] What a file says of whom, and which of its lines cannot be used, and why. */
export function readImport(bytes: Uint8Array): Result<ReadImport, SheetRefusal> {
  const sheet = readSheet(bytes);
  if (!sheet.ok) return sheet;
  const seen = new Map<string, number>();
  const people: ReadPerson[] = [];
  const problems: ReadImport['problems'] = [];
  for (const line of sheet.value.lines) {
    const read = readLine(line, seen);
    if ('kind' in read) problems.push({ line: line.line, problem: read });
    else people.push(read);
  }
  const { brokenAt, unused } = sheet.value;
  if (brokenAt !== undefined) problems.push({ line: brokenAt, problem: { kind: 'quotes' } });
  return ok({ people, problems, unused: unused.map((title) => title.slice(0, WRITTEN_MAX)) });
}

function readLine(
  { line, cells, givenName }: Sheet['lines'][number],
  seen: Map<string, number>,
): ReadPerson | ImportProblem {
  const { email = '', role = '' } = cells;
  if (email === '') return { kind: 'emailMissing' };
  const address = emailAddress.safeParse(email);
  if (!address.success) return { kind: 'emailWrong', written: email.slice(0, WRITTEN_MAX) };
  const before = seen.get(address.data);
  if (before !== undefined) return { kind: 'emailTwice', line: before };
  seen.set(address.data, line);
  const known = ROLES[role.toLowerCase()];
  if (!known) return { kind: 'unknownRole', written: role.slice(0, WRITTEN_MAX) };
  const written = { ...cells, name: [givenName, cells.name].filter(Boolean).join(' ') };
  for (const [column, max] of Object.entries(LONGEST) as [ImportColumn, number][])
    if ((written[column] ?? '').length > max) return { kind: 'tooLong', column, max };
  return withProfile({ line, email: address.data, role: known }, written);
}

function withProfile(
  person: Omit<ReadPerson, 'profile'>,
  { name, organisation, territory, languages = '', offers, seeks }: Partial<Record<ImportColumn, string>>,
): ReadPerson | ImportProblem {
  const spoken = languages
    .split(/[,;/]/)
    .map((one) => one.trim())
    .filter(Boolean);
  const texts = { organisation, territory, offers, seeks, languages: spoken };
  // A name may be missing in a file: who has none yet is asked for it when they sign in.
  const read = profile.safeParse({ ...texts, name: name || 'x' });
  if (read.success) return { ...person, profile: { ...read.data, name: name ?? '' } };
  const [column] = read.error.issues[0]?.path ?? [];
  return { kind: 'notText', column: COLUMNS.find((one) => one === column) ?? 'name' };
}

const COLUMNS: readonly ImportColumn[] = [
  'name',
  'organisation',
  'territory',
  'languages',
  'offers',
  'seeks',
];
