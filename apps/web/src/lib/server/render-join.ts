import { render } from 'svelte/server';
import { joinFiles } from 'virtual:join-files';
import { loadCatalogue } from '../i18n/load.ts';
import Join from '../join/Join.svelte';
import { DATA_ID, TARGET_ID, writeJoinData, type JoinData } from '../join/join-data.ts';

/** The page of a meeting as it looks at first, and what its head names for the browser to fetch, all at once. */
export async function renderJoin(data: JoinData): Promise<{ head: string; body: string }> {
  const { body } = render(Join, { props: { ...data, words: await loadCatalogue(data.lang) } });
  const { script, styles, first, then, words } = joinFiles();
  const head = [
    ...styles.map((path) => `<link rel="stylesheet" href="${path}">`),
    ...[...first, ...words[data.lang], ...then].map((path) => `<link rel="modulepreload" href="${path}">`),
    `<script type="module" src="${script}"></script>`,
  ];
  return {
    head: head.join(''),
    body:
      `<div id="${TARGET_ID}">${body}</div>` +
      `<script type="application/json" id="${DATA_ID}">${writeJoinData(data)}</script>`,
  };
}
