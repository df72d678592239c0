import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { readMigrations } from '../migrations.ts';

/** A dump cannot be made, read or taken; the message is for the person who asked for it and says what to do. */
export class DumpError extends Error {
  override readonly name = 'DumpError';
}

/**
 * A dump is text in UTF-8, packed by gzip: a head, then for each table a line that names it and a line for each of its rows, and an
 * end that counts them. Rows are PostgreSQL's own JSON and are never read by us, so no number or text changes on its way. What is
 * ours begins with `#`, with which no row begins.
 */
export const OURS = '#';

/** Rows may be read by every later version: this is raised when the form of the file changes, not with the tables. */
const FORMAT = 1;

const line = z.union([
  z.strictObject({
    relais: z.literal('dump'),
    format: z.literal(FORMAT, 'this form'),
    /** Milliseconds since 1970. */
    at: z.int(),
    /** Of the steps that the database had taken, in order. */
    migrations: z.array(z.string()).min(1),
  }),
  z.strictObject({ table: z.string() }),
  z.strictObject({ end: z.strictObject({ rows: z.int() }) }),
]);
type Line = z.infer<typeof line>;
export type DumpHead = Extract<Line, { relais: 'dump' }>;

export const head = (at: number, migrations: string[]): string =>
  written({ relais: 'dump', format: FORMAT, at, migrations });
export const tableLine = (table: string): string => written({ table });
export const end = (rows: number): string => written({ end: { rows } });

function written(content: Line): string {
  return `${OURS}${JSON.stringify(content)}\n`;
}

/** What is ours on a line that begins with our sign. */
export function readLine(text: string): Line {
  try {
    return line.parse(JSON.parse(text.slice(OURS.length)));
  } catch {
    throw new DumpError(
      'This file is not a dump of Relais, or one of a later version. Nothing was changed: choose another, or install that version.',
    );
  }
}

/** The lines of a dump. Rejects where the file is cut off or damaged, which gzip's own sum tells. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  file.pipe(text).setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of text) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    file.destroy();
  }
  if (rest !== '') throw cutOff();
}

export function cutOff(): DumpError {
  return new DumpError(
    'This dump is cut off or damaged: its end is not there. Nothing was changed. Take another dump, or fetch this one again.',
  );
}

function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return new DumpError(`There is no file ${path}.`);
  if (code === 'EACCES') return new DumpError(`${path} may not be read by this user.`);
  if (code === 'Z_BUF_ERROR') return cutOff();
  if (code === 'Z_DATA_ERROR')
    return new DumpError(
      `${path} is not a dump of Relais, or it is damaged. Nothing was changed. Take another.`,
    );
  return error;
}

/** Every table that a version of ours has made, as they are named in its migrations: others in a database are not ours. */
export function ownTables(): string[] {
  const statements = readMigrations().flatMap(({ statements }) => statements);
  const made = statements.flatMap((each) => [...each.matchAll(/create table "(\w+)"/gi)]);
  return made.flatMap(([, name]) => name ?? []);
}
