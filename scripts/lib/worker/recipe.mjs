import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../paths.mjs';
import { ask } from '../run.mjs';
import { libraries } from './requirements.mjs';

/** What our side of the build consists of: when any of it changes, another worker comes out. */
export const recipe = join(scripts, 'worker');
const PARTS = ['bridge', 'subprojects', 'patches.mjs'];

/** How meson is called: as mediasoup's own release build, which is what its performance depends on. */
export const mesonOptions = ['--buildtype', 'release', '-Db_ndebug=true', '--wrap-mode=nodownload'];

let recipeHash;
export function recipeKey() {
  recipeHash ??= hash([...mesonOptions, ...PARTS.flatMap(contents)]);
  return recipeHash;
}

/** Stands for the versions of the libraries to compile against; undefined when one is missing. */
export function libraryKey() {
  const versions = ask('pkg-config', ['--modversion', ...libraries]);
  return versions === undefined ? undefined : hash([versions]);
}

function contents(part) {
  const path = join(recipe, part);
  if (part.endsWith('.mjs')) return [part, readFileSync(path)];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const files = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  return files.flatMap((file) => [file.slice(recipe.length), readFileSync(file)]);
}

function hash(pieces) {
  const sum = createHash('sha256');
  for (const piece of pieces) sum.update(`${piece.length}:`).update(piece);
  return sum.digest('hex').slice(0, 12);
}
