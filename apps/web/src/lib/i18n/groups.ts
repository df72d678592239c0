import type { GroupsWords } from './fr-groups.ts';
import type { Lang } from './lang.ts';

/** Words of sub-groups that everybody needs while there are some. */
export async function loadGroupsWords(lang: Lang): Promise<GroupsWords> {
  return lang === 'en'
    ? (await import('./en-groups.ts')).enGroups
    : (await import('./fr-groups.ts')).frGroups;
}
