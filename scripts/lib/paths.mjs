import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, wherever it was put. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const scripts = join(root, 'scripts');

/** `linux-x64`, `darwin-arm64`, … */
export const platform = `${process.platform}-${process.arch}`;

/** The user's cache: what is costly to make and outlives one copy of the repository. */
export function userCache(env = process.env) {
  const given = env.XDG_CACHE_HOME;
  const base = given && isAbsolute(given) ? given : join(homedir(), '.cache');
  return join(base, 'relais');
}

/** Held while packages are installed or pages built, by one command at a time. */
export const prepareLock = join(scripts, 'toolchain', 'bin', 'prepare.lock');
