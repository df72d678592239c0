import type { Lang } from './lang.ts';

/** What every page says of the site, but to whom it has nothing to fetch: apart from the words that joining downloads. */
export const SITE: Readonly<Record<Lang, { description: string; noScript: string }>> = {
  fr: {
    description:
      'Des visioconférences pour les communautés de pratique : un lien suffit, sans compte ni installation.',
    noScript: 'Relais a besoin de JavaScript pour fonctionner. Activez-le dans les réglages du navigateur.',
  },
  en: {
    description: 'Video meetings for communities of practice: one link, no account, nothing to install.',
    noScript: 'Relais needs JavaScript. Turn it on in the browser’s settings.',
  },
};
