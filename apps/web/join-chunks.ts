import type { Plugin, Rolldown } from 'vite';

interface Graph {
  getModuleIds(): Iterable<string>;
  getModuleInfo(id: string): Rolldown.ModuleInfo | null;
}

/**
 * Into which file of the browser's a module goes. Left to itself the bundler makes a crumb of every set of modules that
 * some files share; what joining loads together is one file here: fewer requests, and gzip sees more.
 */
export function joinChunks(): { plugin: Plugin; nameOf: (id: string) => string | null } {
  let page = new Set<string>();
  let stores = new Set<string>();
  let media = new Set<string>();
  return {
    plugin: {
      name: 'join-chunks',
      buildEnd() {
        if (this.environment.name !== 'client') return;
        page = closure(this, PAGE);
        stores = closure(this, STORES).difference(page);
        media = closure(this, MEDIA).difference(page).difference(stores);
      },
      generateBundle(_options, bundle) {
        if (this.environment.name === 'client') refuseCycles(bundle);
      },
    },
    nameOf(id) {
      if (LATER.test(id)) return null;
      if (WORDS.test(id)) return 'base';
      // With the other pages, which begin with the same; nothing that they alone use.
      if (page.has(id)) return SHARED.test(id) ? 'base' : 'page';
      if (stores.has(id)) return 'stores';
      return media.has(id) ? 'media' : null;
    },
  };
}

const PAGE = /\/src\/lib\/join\/main\.ts$/;
const STORES = /\/create-stores\.ts$/;
/** What every browser's handler needs; the handlers themselves are files of their own. */
const MEDIA = /\/mediasoup-client\/lib\/(index|scalabilityModes|handlers\/sdp\/\w+|handlers\/ortc\/\w+)\.js$/;
/**
 * Named by an index that the page of a meeting reads, and used by what comes later or by other pages alone: the graph does
 * not tell which of an index' names are used.
 */
const LATER =
  /\/domain\/src\/(accounts\.ts|door\/|breakout\/(?!place)|budget\/|check\/|digest|stills\/(difference|pieces)|line\/(ladder\.ts|line-report|own-length|resending|sayings|silence|sound-delay|verdict))/;
/** What the catalogues of every language begin with, and what fetches a small one: alone it would be a crumb. */
const WORDS = /\/src\/lib\/i18n\/(plural|light)\.ts$/;
const SHARED = /vite\/preload-helper|\/node_modules\/|\/src\/lib\/(ui|i18n)\//;

/** The modules that match, and all that they import before they do anything. */
function closure(graph: Graph, start: RegExp): Set<string> {
  const found = new Set([...graph.getModuleIds()].filter((id) => start.test(id)));
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

/** Files that import each other in a circle work or fail by which is asked for first: none may. */
function refuseCycles(bundle: Rolldown.OutputBundle): void {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const chunk = bundle[file];
    if (chunk?.type !== 'chunk' || done.has(file)) return;
    if (way.includes(file)) throw new Error(`join-chunks: files in a circle: ${[...way, file].join(' > ')}`);
    for (const imported of chunk.imports) walk(imported, [...way, file]);
    done.add(file);
  };
  for (const file of Object.keys(bundle)) walk(file, []);
}
