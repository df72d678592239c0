import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { patches } from '../../worker/patches.mjs';
import { filesUnder, fingerprint } from '../files.mjs';
import { scripts } from '../paths.mjs';
import { ask } from '../run.mjs';
import { libraries } from './requirements.mjs';

/** What our side of the build consists of: when any of it changes, another worker comes out. */
export const recipe = join(scripts, 'worker');

/** How meson is called: as mediasoup's own release build, which is what its performance depends on. */
export const mesonOptions = ['--buildtype', 'release', '-Db_ndebug=true', '--wrap-mode=nodownload'];

let recipeHash;
export function recipeKey() {
  recipeHash ??= fingerprint([
    ...mesonOptions,
    ...patches.flatMap(({ file, from, to }) => [file, from, to]),
    ...['bridge', 'subprojects'].flatMap((part) => filesUnder(join(recipe, part))).flatMap(nameAndContents),
  ]);
  return recipeHash;
}

/** Stands for the versions of the libraries to compile against; undefined when one is missing. */
export function libraryKey() {
  const versions = ask('pkg-config', ['--modversion', ...libraries]);
  return versions === undefined ? undefined : fingerprint([versions]);
}

function nameAndContents(file) {
  return [file.slice(recipe.length), readFileSync(file)];
}
