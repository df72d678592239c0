import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

/** What somebody is told on coming back after an absence. */
export const frBack = {
  back: (duration: string) => `Vous revoilà après ${duration} d’absence.`,
  messages: (n: number) =>
    plural(n, {
      one: `${n} message a été écrit pendant ce temps.`,
      other: `${n} messages ont été écrits pendant ce temps.`,
    }),
  arrived: (names: string) => `Arrivée : ${names}.`,
  departed: (names: string) => `Départ : ${names}.`,
  speaking: (names: string) => `Parle maintenant : ${names}.`,
  sharing: (names: string) => `Partage son écran : ${names}.`,
  nothing: 'Vous n’avez manqué aucun message.',
  others: (n: number) => plural(n, { one: `${n} autre personne`, other: `${n} autres personnes` }),
  read: 'Lire',
};

export type BackWords = typeof frBack;
