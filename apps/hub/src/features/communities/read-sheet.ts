import { fail, ok, type Result } from '@relais/kit';
import type { ImportColumn } from '@relais/protocol/communities';
import { IMPORT_MAX_LINES } from '@relais/protocol/community-limits';
import { CsvError, parse } from 'csv-parse/sync';

export type SheetRefusal = { kind: 'notUtf8' } | { kind: 'noColumns' } | { kind: 'tooManyLines' };

/** A file as it was written, by columns; lines are counted from 1, as programs show them. */
export interface Sheet {
  lines: { line: number; cells: Partial<Record<ImportColumn, string>>; givenName: string }[];
  unused: string[];
  /** The line with a quote that is not closed: it and what follows cannot be told apart. */
  brokenAt: number | undefined;
}

/** The names that columns have in files, folded; a given name beside the family name is put before it. */
const NAMES: Readonly<Record<ImportColumn | 'givenName', readonly string[]>> = {
  email: ['courriel', 'adresse courriel', 'adresse', 'email', 'e-mail', 'mail', 'email address'],
  name: ['nom', 'nom complet', 'nom de famille', 'name', 'full name', 'last name', 'surname'],
  givenName: ['prenom', 'first name', 'given name'],
  organisation: ['organisme', 'organisation', 'organization'],
  territory: ['territoire', 'mrc', 'territory'],
  languages: ['langues', 'langue', 'languages', 'language'],
  offers: ['offre', 'offres', 'peut offrir', 'expertise', 'offers', 'can offer'],
  seeks: ['cherche', 'recherche', 'besoins', 'seeks', 'looks for'],
  role: ['role'],
};
const DELIMITERS = [';', ',', '\t'];

export function readSheet(bytes: Uint8Array): Result<Sheet, SheetRefusal> {
  const text = decoded(bytes);
  if (text === undefined) return fail({ kind: 'notUtf8' });
  for (const delimiter of DELIMITERS) {
    const columns = headOf(text, delimiter).map(columnOf);
    if (columns.some(({ column }) => column === 'email')) return readLines(text, delimiter, columns);
  }
  return fail({ kind: 'noColumns' });
}

/** Without its byte order mark; undefined: not UTF-8. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    // Line ends that are mixed, as where two files were put together, are one kind.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return undefined;
  }
}

type Column = { title: string; column: ImportColumn | 'givenName' | undefined };

function headOf(text: string, delimiter: string): string[] {
  try {
    const [head] = parse(text, { delimiter, to: 1, relax_column_count: true, skip_empty_lines: true });
    return head ?? [];
  } catch (error) {
    if (error instanceof CsvError) return [];
    throw error;
  }
}

function columnOf(title: string): Column {
  const name = title
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .trim();
  const known = Object.entries(NAMES).find(([, names]) => names.includes(name));
  return { title: title.trim(), column: known?.[0] as Column['column'] };
}

function readLines(text: string, delimiter: string, columns: readonly Column[]): Result<Sheet, SheetRefusal> {
  let broken = false;
  const records = parse(text, {
    delimiter,
    info: true,
    relax_column_count: true,
    // Names have nicknames in quotes in them.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: () => {
      broken = true;
      return undefined;
    },
    // One more than there may be, and the head.
    to: IMPORT_MAX_LINES + 2,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  const [, ...rows] = records;
  if (rows.length > IMPORT_MAX_LINES) return fail({ kind: 'tooManyLines' });
  const lines = rows
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .map(({ record, info }) => {
      const cells: Partial<Record<ImportColumn | 'givenName', string>> = {};
      columns.forEach(({ column }, i) => {
        if (column) cells[column] ??= (record[i] ?? '').replace(/\t/g, ' ').trim();
      });
      const { givenName = '', ...others } = cells;
      // The parser counts where a record ends; lines in its cells are before that.
      const within = record.join('').split('\n').length - 1;
      return { line: info.lines - within, cells: others, givenName };
    });
  const brokenAt = broken ? (records.at(-1)?.info.lines ?? 0) + 1 : undefined;
  const unused = columns.filter(({ title, column }) => title && !column).map(({ title }) => title);
  return ok({ lines, unused, brokenAt });
}
