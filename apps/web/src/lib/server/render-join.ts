import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { joinFiles, type EntryFiles } from 'virtual:join-files';
import type { Catalogue } from '../i18n/fr.ts';
import type { Lang } from '../i18n/lang.ts';
import { loadCatalogue } from '../i18n/load.ts';
import Join from '../join/Join.svelte';
import { DATA_ID, TARGET_ID, writeJoinData, type JoinData } from '../join/join-data.ts';
import { loadShellWords } from '../i18n/shell.ts';
import Offline from '../shell/Offline.svelte';
import { OFFLINE_ID } from '../shell/offline-id.ts';

interface Rendered {
  head: string;
  body: string;
}

/** The page of a meeting as it looks at first, and what its head names for the browser to fetch, all at once. */
export async function renderJoin(data: JoinData): Promise<Rendered> {
  const words = await loadCatalogue(data.lang);
  const rendered = wrap(TARGET_ID, Join, { ...data, words }, joinFiles().join);
  return {
    ...rendered,
    body: `${rendered.body}<script type="application/json" id="${DATA_ID}">${writeJoinData(data)}</script>`,
  };
}

/** What stands in the place of any page that cannot be had: the service worker keeps it. */
export async function renderOffline(lang: Lang): Promise<Rendered> {
  const [words, shell] = await Promise.all([loadCatalogue(lang), loadShellWords(lang)]);
  return wrap(OFFLINE_ID, Offline, { lang, words, shell }, joinFiles().offline);
}

function wrap<Props extends { lang: Lang; words: Catalogue }>(
  id: string,
  component: Component<Props>,
  props: Props,
  { script, styles, first, then, words }: EntryFiles,
): Rendered {
  const { body } = render(component as Component<Record<string, unknown>>, { props });
  const head = [
    ...styles.map((path) => `<link rel="stylesheet" href="${path}">`),
    ...[...first, ...words[props.lang], ...then].map((path) => `<link rel="modulepreload" href="${path}">`),
    `<script type="module" src="${script}"></script>`,
  ];
  return { head: head.join(''), body: `<div id="${id}">${body}</div>` };
}
