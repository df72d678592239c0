import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JoinFiles } from 'virtual:join-files';
import type { Plugin, Rolldown } from 'vite';

/**
 * The page of a meeting is SvelteKit's on the server and our own in the browser: `src/lib/join/main.ts` wakes what was
 * rendered, and SvelteKit's router, 18 kB of gzip for one page without links, is not fetched.
 *
 * The server writes the names of these files into the page. It is built before the browser's files have their names,
 * so that it is given a mark, in whose place they are put in the end; without the mark the build fails.
 */
export function joinEntry(): Plugin {
  let isBuild = false;
  let files: JoinFiles = { script: `/${ENTRY}`, styles: [], first: [], then: [], words: { fr: [], en: [] } };
  return {
    name: 'join-entry',
    sharedDuringBuild: true,
    configResolved: ({ command }) => void (isBuild = command === 'build'),
    buildStart() {
      if (isBuild && this.environment.name === 'client')
        this.emitFile({
          type: 'chunk',
          id: fileURLToPath(new URL(ENTRY, import.meta.url)),
          name: 'entry/join',
        });
    },
    resolveId: (id) => (id === VIRTUAL ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      // A function: SvelteKit loads the pages once before the mark is replaced.
      return `export const joinFiles = () => ${isBuild ? `JSON.parse('${MARK}')` : `(${JSON.stringify(files)})`};`;
    },
    generateBundle(_options, bundle) {
      if (this.environment.name === 'client') files = filesOf(bundle);
    },
    async writeBundle({ dir }) {
      if (this.environment.name === 'client') await putInPlace(join(dir ?? '', '..', 'server'), files);
    },
  };
}

const ENTRY = 'src/lib/join/main.ts';
const VIRTUAL = 'virtual:join-files';
const RESOLVED = `\0${VIRTUAL}`;
const MARK = '__RELAIS_JOIN_FILES__';
const MARKED = new RegExp(`(["'\`])${MARK}\\1`, 'g');

function filesOf(bundle: Rolldown.OutputBundle): JoinFiles {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const facade = (end: string) => {
    const found = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(end)));
    if (!found) throw new Error(`join-entry: no file of the browser's holds ${end}`);
    return found;
  };
  const closure = (chunk: Rolldown.OutputChunk, into = new Set<Rolldown.OutputChunk>()) => {
    if (into.has(chunk)) return into;
    into.add(chunk);
    for (const file of chunk.imports) {
      const imported = byFile.get(file);
      if (imported) closure(imported, into);
    }
    return into;
  };
  const entry = facade(ENTRY);
  const first = closure(entry);
  const paths = (list: Iterable<Rolldown.OutputChunk>) => [...list].map(({ fileName }) => `/${fileName}`);
  const besides = (end: string) => paths(closure(facade(end)).difference(first));
  return {
    script: `/${entry.fileName}`,
    styles: [...new Set([...first].flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]))].map(
      (file) => `/${file}`,
    ),
    first: paths(first).slice(1),
    then: besides('/create-stores.ts'),
    words: { fr: besides('/i18n/fr.ts'), en: besides('/i18n/en.ts') },
  };
}

async function putInPlace(folder: string, files: JoinFiles): Promise<void> {
  const written = JSON.stringify(JSON.stringify(files));
  let places = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const path = join(folder, name);
    const code = await readFile(path, 'utf8');
    if (!code.includes(MARK)) continue;
    places += 1;
    await writeFile(
      path,
      code.replace(MARKED, () => written),
    );
  }
  if (places === 0) throw new Error('join-entry: the server names no files of the page of a meeting');
}
