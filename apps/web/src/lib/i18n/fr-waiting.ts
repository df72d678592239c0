import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

/** Before the door of a meeting, until one is let in. */
export const frWaiting = {
  heading: 'Vous attendez qu’on vous fasse entrer',
  announced: (name: string) =>
    `Votre nom, ${name}, s’affiche chez la personne qui anime la rencontre. Elle vous fera entrer, et cette page suivra d’elle-même.`,
  nobody:
    'Personne n’anime encore la rencontre. Votre nom s’affichera dès que quelqu’un viendra l’animer : gardez cette page ouverte.',
  cut: 'Connexion coupée. On vous garde votre place une minute.',
  since: (minutes: number) =>
    minutes < 1
      ? 'Vous attendez depuis moins d’une minute.'
      : plural(minutes, {
          one: `Vous attendez depuis ${minutes} minute.`,
          other: `Vous attendez depuis ${minutes} minutes.`,
        }),
  devices: 'Vos appareils en attendant',
  how: {
    both: 'Vous entrerez avec le micro et la caméra ouverts.',
    microphone: 'Vous entrerez avec le micro ouvert, sans caméra.',
    camera: 'Vous entrerez avec la caméra ouverte, sans micro.',
    neither: 'Vous entrerez sans micro ni caméra.',
  },
  check: 'Vérifier ma connexion (nouvel onglet)',
  stop: 'Ne plus attendre',
  tab: 'En attente',
};

export type WaitingWords = typeof frWaiting;
