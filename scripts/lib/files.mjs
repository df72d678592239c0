import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './paths.mjs';

/** Every file at or under `path` for which `skip(name)` is false, in a stable order. */
export function filesUnder(path, skip = () => false) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !skip(name));
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return filesUnder(join(path, entry.name), skip);
    return entry.isFile() ? [join(path, entry.name)] : [];
  });
}

/** One short text for these names and contents: another whenever any of them changes. */
export function fingerprint(pieces) {
  const sum = createHash('sha256');
  for (const piece of pieces) sum.update(`${piece.length}:`).update(piece);
  return sum.digest('hex').slice(0, 16);
}

export function fingerprintOfFiles(files) {
  return fingerprint(files.flatMap((file) => [relative(root, file), readFileSync(file)]));
}

export function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const stampPath = (name) => join(root, 'node_modules', '.relais', name);

/** What a piece of work was last done for, successfully; it goes with `node_modules`. */
export function readStamp(name) {
  return readIfThere(stampPath(name));
}

export function writeStamp(name, value) {
  mkdirSync(dirname(stampPath(name)), { recursive: true });
  writeFileSync(stampPath(name), value);
}
