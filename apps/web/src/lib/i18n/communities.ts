import type { CommunityWords } from './fr-communities.ts';
import type { Lang } from './lang.ts';

/** Words of communities: nobody's page of a meeting carries them. */
export async function loadCommunityWords(lang: Lang): Promise<CommunityWords> {
  return lang === 'en'
    ? (await import('./en-communities.ts')).enCommunities
    : (await import('./fr-communities.ts')).frCommunities;
}
