import { PlainError } from './failure.mjs';
import { run } from './run.mjs';
import { ensureDebianPackages, isDebian } from './system-packages.mjs';

/** What Node.js is linked with and a bare system may lack, with the Debian package that has it. */
const PACKAGES = {
  'libatomic.so.1': 'libatomic1',
  'libstdc++.so.6': 'libstdc++6',
  'libgcc_s.so.1': 'libgcc-s1',
};
const MISSING = /error while loading shared libraries: ([^:\s]+)/;

/** Makes sure of the libraries that a fetched Node.js is linked with: the loader names them one at a time. */
export async function ensureLibrariesOf(node) {
  for (let found = await missingLibrary(node); found; found = await missingLibrary(node, found)) {
    const name = PACKAGES[found];
    if (!name || !isDebian())
      throw new PlainError(
        `Node.js needs the library ${found}, which this machine lacks. Install it, and then start again.`,
      );
    await ensureDebianPackages([name], 'Node.js');
  }
}

async function missingLibrary(node, before) {
  const { code, output } = await run(node, ['--version']);
  const library = code === 0 ? undefined : MISSING.exec(output)?.[1];
  if (library && library === before)
    throw new PlainError(`Node.js still does not find the library ${library}, although it was installed.`);
  return library;
}
