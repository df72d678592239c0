import { hydrate } from 'svelte';
import { readLang, TAGS, type Lang } from '../i18n/lang.ts';
import { loadCatalogue } from '../i18n/load.ts';
import { loadShellWords } from '../i18n/shell.ts';
import Offline from './Offline.svelte';
import { OFFLINE_ID } from './offline-id.ts';
import { chosenLang } from './way-back.ts';

/** Wakes the page that says that there is no network (lib/server/render-join.ts), under whatever address it stands. */
async function wake(): Promise<void> {
  const target = document.getElementById(OFFLINE_ID);
  if (!target) throw new Error('the page without a network lacks its part');
  const written = document.documentElement.lang;
  const lang: Lang = readLang(Object.entries(TAGS).find(([, tag]) => tag === written)?.[0]);
  const [words, shell] = await Promise.all([loadCatalogue(lang), loadShellWords(lang)]);
  const reads = chosenLang(document.cookie);
  hydrate(Offline, { target, props: { lang, words, shell, ...(reads && { reads }) } });
}

void wake();
