import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');
const people = (n: number) => plural(n, { one: `${n} personne`, other: `${n} personnes` });

/** For who runs a meeting: who may enter it, and the links by which people without an account do. */
export const frEntry = {
  title: 'Qui peut entrer',
  intro: (title: string) => `Pour la rencontre « ${title} ».`,
  loading: 'Lecture de ce qui est choisi…',
  retry: 'Réessayer',
  toMeeting: 'Aller à la rencontre',
  noKey:
    'Cette page s’ouvre avec le lien des personnes qui animent la rencontre. Ouvrez ce lien dans ce navigateur, puis revenez ici.',
  wrongKey:
    'Ce lien ne permet pas d’animer cette rencontre. Demandez-le de nouveau à la personne qui a créé la rencontre.',
  noAnswer: 'Le serveur n’a pas répondu. Ce que vous avez écrit est encore ici. Réessayez.',
  rule: {
    heading: 'La porte de la rencontre',
    legend: 'Peuvent entrer',
    anyone: 'Toutes les personnes qui ont l’adresse de la rencontre',
    anyoneHint: 'Sans compte : un nom suffit.',
    invited: 'Les personnes de votre liste',
    invitedHint: 'Elles se connectent à Relais avec l’adresse que vous avez écrite ici.',
    community: 'Les membres de la communauté de cette rencontre',
    communityHint: 'Ces personnes se connectent à Relais avec leur compte.',
    always:
      'Vous entrez toujours avec votre lien d’animation. Qui est déjà dans la rencontre y reste, quoi que vous changiez ici.',
    list: 'Courriels des personnes de votre liste',
    listHint: (n: number) => `Une adresse par ligne. ${people(n)} dans la liste.`,
    sendsNothing: 'Relais n’écrit à personne d’ici : envoyez vous-même l’adresse de la rencontre.',
    address: 'Adresse de la rencontre',
    wrong: (list: string) =>
      `Ce ne sont pas des adresses complètes : ${list}. Corrigez-les, puis enregistrez.`,
    tooLong: (most: number) => `Une liste compte au plus ${people(most)}. Retirez-en, puis enregistrez.`,
    empty: 'Votre liste est vide : écrivez au moins une adresse, puis enregistrez.',
    save: 'Enregistrer',
    saving: 'Enregistrement…',
    saved: 'C’est enregistré.',
  },
  links: {
    heading: 'Liens d’invitation sans compte',
    intro:
      'Pour des citoyennes, des citoyens ou d’autres personnes sans compte. Elles donnent un nom, entrent dans cette rencontre et ne voient rien d’autre de la communauté.',
    needless:
      'Pour l’instant, l’adresse de la rencontre suffit pour entrer : un lien d’invitation ne limite rien de plus.',
    none: 'Aucun lien pour l’instant.',
    label: 'Pour qui',
    labelHint: 'Pour vous y retrouver. Les personnes qui reçoivent le lien ne le voient pas.',
    days: 'Valable pendant',
    day: (n: number) => (n > 365 ? 'un an' : plural(n, { one: `${n} jour`, other: `${n} jours` })),
    seats: 'Nombre de personnes',
    seatsHint: 'Une personne qui revient n’est pas comptée deux fois.',
    seatsWrong: (most: number) => `Écrivez un nombre entre 1 et ${most}.`,
    make: 'Créer un lien',
    making: 'Création…',
    made: 'Le lien est créé. Copiez-le pour l’envoyer.',
    unnamed: 'Lien sans nom',
    address: (label: string) => `Lien : ${label}`,
    until: (when: string) => `jusqu’au ${when}`,
    taken: (taken: number, seats: number) =>
      plural(taken, {
        one: `${taken} place prise sur ${seats}`,
        other: `${taken} places prises sur ${seats}`,
      }),
    states: {
      revoked: 'Désactivé',
      expired: 'Expiré',
      usedUp: 'Toutes les places sont prises',
    },
    revoke: 'Désactiver',
    whatHappens:
      'Personne de nouveau n’entrera par ce lien. Les personnes déjà dans la rencontre y restent ; vous pouvez les en retirer depuis la liste des personnes.',
    confirm: 'Désactiver le lien',
    cancel: 'Annuler',
    revoked: (label: string) => `« ${label} » est désactivé : personne de nouveau n’entrera par ce lien.`,
  },
};

export type EntryWords = typeof frEntry;
