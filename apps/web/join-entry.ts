import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntryFiles, JoinFiles } from 'virtual:join-files';
import type { Plugin, Rolldown } from 'vite';

/**
 * The page of a meeting is SvelteKit's on the server and our own in the browser: `src/lib/join/main.ts` wakes what was
 * rendered, and SvelteKit's router, 18 kB of gzip for one page without links, is not fetched. The page that says that there is
 * no network is made alike, as it stands under the address of any other.
 *
 * The server writes the names of these files into the page. It is built before the browser's files have their names,
 * so that it is given a mark, in whose place they are put in the end; without the mark the build fails.
 */
export function joinEntry(): Plugin {
  let isBuild = false;
  const words = { fr: [], en: [] };
  let files: JoinFiles = {
    join: { script: `/${ENTRIES.join}`, styles: [], first: [], then: [], words },
    offline: { script: `/${ENTRIES.offline}`, styles: [], first: [], then: [], words },
  };
  let kept = { version: 'none', paths: [] as string[] };
  return {
    name: 'join-entry',
    sharedDuringBuild: true,
    configResolved: ({ command }) => void (isBuild = command === 'build'),
    buildStart() {
      if (!isBuild || this.environment.name !== 'client') return;
      for (const [name, path] of Object.entries(ENTRIES))
        this.emitFile({
          type: 'chunk',
          id: fileURLToPath(new URL(path, import.meta.url)),
          name: `entry/${name}`,
        });
    },
    resolveId: (id) => (id === VIRTUAL || id === VIRTUAL_KEPT ? `\0${id}` : null),
    load(id) {
      if (id === `\0${VIRTUAL_KEPT}`)
        return Object.entries(kept)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
          .join('\n');
      if (id !== `\0${VIRTUAL}`) return null;
      // A function: SvelteKit loads the pages once before the mark is replaced.
      return `export const joinFiles = () => ${isBuild ? `JSON.parse('${MARK}')` : `(${JSON.stringify(files)})`};`;
    },
    generateBundle(_options, bundle) {
      if (this.environment.name !== 'client') return;
      files = filesOf(bundle);
      kept = keptOf(bundle);
    },
    async writeBundle({ dir }) {
      if (this.environment.name === 'client') await putInPlace(join(dir ?? '', '..', 'server'), files);
    },
  };
}

const ENTRIES = { join: 'src/lib/join/main.ts', offline: 'src/lib/shell/offline-main.ts' };
const VIRTUAL = 'virtual:join-files';
const VIRTUAL_KEPT = 'virtual:kept-files';
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
  const paths = (list: Iterable<Rolldown.OutputChunk>) => [...list].map(({ fileName }) => `/${fileName}`);
  const entryFiles = (path: string, next?: string): EntryFiles => {
    const entry = facade(path);
    const first = closure(entry);
    const besides = (end: string) => paths(closure(facade(end)).difference(first));
    return {
      script: `/${entry.fileName}`,
      styles: stylesOf(first),
      first: paths(first).slice(1),
      then: next ? besides(next) : [],
      words: { fr: besides('/i18n/fr.ts'), en: besides('/i18n/en.ts') },
    };
  };
  return { join: entryFiles(ENTRIES.join, '/create-stores.ts'), offline: entryFiles(ENTRIES.offline) };
}

function stylesOf(chunks: Iterable<Rolldown.OutputChunk>): string[] {
  const files = [...chunks].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
  return [...new Set(files)].map((file) => `/${file}`);
}

/** Kept once it was used: the page of who runs the server, handlers of other browsers, the way around blocked WebSockets. */
const NOT_KEPT = /\/routes\/admin\/|\/i18n\/\w\w-admin\.ts|\/handlers\/\w+\d\.js|\/polling-line\.ts/;

/** All of the program that people use, for the service worker. */
function keptOf(bundle: Rolldown.OutputBundle): { version: string; paths: string[] } {
  const chunks = Object.values(bundle)
    .filter((output) => output.type === 'chunk')
    .filter(({ moduleIds }) => !moduleIds.some((id) => NOT_KEPT.test(id)));
  const paths = [...chunks.map(({ fileName }) => `/${fileName}`), ...stylesOf(chunks), '/favicon.svg'].sort();
  return { version: createHash('sha256').update(paths.join()).digest('hex').slice(0, 12), paths };
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
