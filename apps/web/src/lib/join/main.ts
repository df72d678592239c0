import { hydrate } from 'svelte';
import { loadCatalogue } from '../i18n/load.ts';
import Join from './Join.svelte';
import { DATA_ID, readJoinData, TARGET_ID } from './join-data.ts';

/** Wakes the page of a meeting, which the server has rendered (lib/server/render-join.ts). */
async function wake(): Promise<void> {
  const written = document.getElementById(DATA_ID);
  // Other pages load this file for what they have in common with it: there is nothing to wake.
  if (!written) return;
  const target = document.getElementById(TARGET_ID);
  const data = readJoinData(written.textContent);
  if (!target || !data) throw new Error('the page of a meeting lacks its parts');
  hydrate(Join, { target, props: { ...data, words: await loadCatalogue(data.lang) } });
}

void wake();
