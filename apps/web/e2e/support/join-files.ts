import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  src?: string;
  name?: string;
  imports?: string[];
  css?: string[];
}

/** As Vite tells what it has built: its own list, which is not served. */
const MANIFEST = new URL('../../.svelte-kit/output/client/.vite/manifest.json', import.meta.url);

/** What the page of a meeting fetches before the first picture of somebody else and does not name: by the ends of sources. */
const FETCHED_LATER = [
  'mediasoup-client/lib/handlers/Chrome111.js',
  'src/lib/line/ModeChoice.svelte',
  'src/lib/i18n/fr-light.ts',
];
/** The same, by the name of the file (join-chunks.ts). */
const MEDIA = 'media';

/** Everything of the program that a browser without a cache fetches to join: paths, the page's own first, and their sizes. */
export async function filesOfJoining(pageUrl: string): Promise<Map<string, number>> {
  const html = await textOf(pageUrl);
  const named = [
    ...html.matchAll(/<(?:link rel="(?:stylesheet|modulepreload)" href|script type="module" src)="([^"]+)"/g),
  ];
  const sheets = [...html.matchAll(/<link href="([^"]+)" rel="stylesheet"/g)];
  const paths = [...named, ...sheets].map(([, path = '']) => new URL(path, pageUrl).pathname);
  const later = await filesLater();
  const sizes = new Map([[new URL(pageUrl).pathname, gzipped(html)]]);
  for (const path of [...paths, ...later])
    if (!sizes.has(path)) sizes.set(path, gzipped(await textOf(new URL(path, pageUrl).href)));
  return sizes;
}

async function filesLater(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(MANIFEST, 'utf8')) as Record<string, Chunk>;
  const files = new Set<string>();
  const take = (key: string) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}`);
    if (files.has(`/${chunk.file}`)) return;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(`/${file}`);
    chunk.imports?.forEach(take);
  };
  const keyOf = (is: (chunk: Chunk) => boolean, what: string) => {
    const found = Object.entries(manifest).find(([, chunk]) => is(chunk));
    if (!found) throw new Error(`the build has no ${what}: has it been renamed?`);
    return found[0];
  };
  for (const end of FETCHED_LATER) take(keyOf(({ src }) => src?.endsWith(end) === true, end));
  take(keyOf(({ name }) => name === MEDIA, MEDIA));
  return [...files];
}

async function textOf(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return await answer.text();
}

function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}
