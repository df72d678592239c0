import type { BudgetSaying } from '@relais/domain';

/** Sizes and times are given as they are written: « 100 Mo », « 2 heures ». */
export const frBudget = {
  perHour: (size: string) => `environ ${size} à l’heure`,
  estimateFor: 'Estimation pour',
  people: (count: number) => `${count} personnes`,
  present: (count: number) =>
    count === 0
      ? 'Personne n’y est encore.'
      : count === 1
        ? 'Une personne y est déjà.'
        : `${count} personnes y sont déjà.`,
  limitData: 'Limiter les données',
  heading: 'Données utilisées',
  meeting: 'Cette rencontre',
  bothWays: (down: string, up: string) => `${down} reçus, ${up} envoyés`,
  pace: 'En ce moment',
  today: 'Aujourd’hui',
  month: 'Ce mois-ci',
  about:
    'Compté par ce navigateur, sur cet appareil, pour les rencontres seulement. Le compte de votre fournisseur peut différer un peu.',
  counting: 'Le compte commence…',
  capHeading: 'Ma limite',
  spentOf: (spent: string, cap: string) => `${spent} sur ${cap}`,
  none: 'Sans limite',
  other: 'Une autre limite',
  otherLabel: 'Limite en mégaoctets (Mo)',
  otherHint: '1 Go fait 1 000 Mo.',
  otherWrong: 'Écrivez un nombre de mégaoctets, de 1 à 1 000 000.',
  apply: 'Fixer la limite',
  scope: 'Cette limite vaut',
  scopes: { meeting: 'pour chaque rencontre', month: 'pour tout le mois' },
  lasts: (cap: string, full: string, small: string, light: string) =>
    `Dans cette rencontre, ${cap} durent à peu près ${full} avec tout, ${small} en petites images, ${light} en mode léger.`,
  never:
    'Pour que la limite dure, les images se réduisent, puis s’arrêtent. Le son et les messages continuent toujours, même une fois la limite atteinte.',
  lifted: 'La limite est levée.',
  set: (cap: string) => `La limite est de ${cap}.`,
  sayings: {
    spread: (cap: string) => `Pour que votre limite de ${cap} dure, il y a moins d’images ; le son continue.`,
    near: (cap: string) =>
      `Les quatre cinquièmes de votre limite de ${cap} sont utilisés ; le son continuera.`,
    light: (cap: string) =>
      `Votre limite de ${cap} permet encore le mode léger : les images s’arrêtent, le son continue.`,
    reached: (cap: string) =>
      `Votre limite de ${cap} est atteinte : il reste le son et les messages, qui continuent.`,
    back: () => 'Votre limite de données le permet de nouveau : les images reviennent.',
  } satisfies Record<BudgetSaying, (cap: string) => string>,
  change: 'Changer la limite',
};

export type BudgetWords = typeof frBudget;
