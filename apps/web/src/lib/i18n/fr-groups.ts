import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

/** Rooms bear names such as "Logement" and such as "Salle 2", "Groupe des aînés". */
const isNoun = /^(salle|groupe|atelier|table|équipe|sous-groupe)(?!\p{L})/iu;
const theRoom = (name: string) => (isNoun.test(name) ? `« ${name} »` : `la salle ${name}`);
const people = (n: number) => plural(n, { one: `${n} personne`, other: `${n} personnes` });
const seconds = (n: number) => plural(n, { one: `${n} seconde`, other: `${n} secondes` });
const minutes = (n: number) => plural(n, { one: 'une minute', other: `${n} minutes` });

/** Words of sub-groups that everybody needs while there are some. */
export const frGroups = {
  region: 'Sous-groupes',
  plenary: 'Plénière',
  elsewhere: 'une autre salle',
  rooms: 'Salles',
  notes: 'Notes',
  notesOfRooms: 'Lire les notes des salles',
  people,

  opensIn: (n: number) => `Les sous-groupes ouvrent dans ${n} s`,
  willGo: (name: string) => `Vous irez dans ${theRoom(name)}.`,
  willStay: 'Vous restez en plénière.',
  willChoose: 'Vous choisirez votre salle.',
  opening: (n: number, where: string) => `Les sous-groupes ouvrent dans ${seconds(n)}. ${where}`,

  inRoom: (name: string) => `Vous êtes dans ${theRoom(name)}`,
  withPeople: (names: string) => ` avec ${names}`,
  andMore: (n: number) => plural(n, { one: `${n} autre personne`, other: `${n} autres personnes` }),
  aloneHere: 'Il n’y a personne d’autre ici pour le moment.',
  nobodyHere: 'Personne n’y est pour le moment.',
  inPlenary: 'Vous êtes en plénière pendant que les salles sont ouvertes.',
  backInPlenary: 'Vous êtes de retour en plénière.',
  visiting: (name: string) => `Vous visitez ${theRoom(name)}`,
  backToPlenary: 'Revenir en plénière',
  backToRoom: (name: string) => `Revenir dans ${theRoom(name)}`,

  left: 'Il reste',
  lastMinute: 'Dernière minute',
  closesIn: (n: number) => `Retour en plénière dans ${n} s`,
  allCloseIn: (n: number) => `Les salles ferment dans ${n} s`,
  minutesLeft: (n: number) => `Il reste ${minutes(n)} dans la salle.`,
  minutesLeftOfAll: (n: number) => `Il reste ${minutes(n)} dans les salles.`,
  closing: (n: number) => `La salle ferme : retour en plénière dans ${seconds(n)}.`,
  allClosing: (n: number) => `Les salles ferment dans ${seconds(n)}.`,
  timeAdded: (n: number) => `Du temps a été ajouté : il reste ${minutes(n)}.`,
  timeCut: (n: number) => `La durée a été raccourcie : il reste ${minutes(n)}.`,
  noEnd: 'La durée n’est plus limitée.',

  moreTime: 'Demander une minute de plus',
  /** Beside the clock. */
  moreTimeShort: 'Une minute de plus',
  timeAsked: 'Une minute de plus est demandée.',
  timeTaken: (name: string) => `${name} a vu votre demande de temps.`,

  help: 'Demander de l’aide',
  helpShort: 'Aide',
  helpHeading: 'Demander de l’aide à l’animation',
  helpReason: 'Pourquoi (facultatif)',
  helpHint: 'Seule l’animation et votre salle verront cette demande.',
  helpSend: 'Envoyer la demande',
  cancel: 'Annuler',
  helpSent: 'Demande envoyée',
  helpWaits: 'Demande d’aide envoyée. Quelqu’un de l’animation viendra dès que possible.',
  helpBy: (name: string) => `Demandée par ${name}.`,
  quoted: (text: string) => `« ${text} »`,
  helpComes: (name: string) => `${name} vient vous voir.`,
  helpOver: 'La demande d’aide est close.',
  withdrawShort: 'Retirer',
  withdraw: 'Retirer la demande',

  task: 'Consigne',
  openDocument: 'Ouvrir le document',
  newTab: 's’ouvre dans un autre onglet',
  close: 'Fermer',
  dismiss: 'Ne plus afficher',

  yourRole: (role: string) => `Votre rôle dans la salle : ${role}.`,
  roles: { host: 'accueil et animation', noteTaker: 'prise de notes', timekeeper: 'suivi du temps' },
  roleOver: 'Vous n’avez plus de rôle particulier dans la salle.',

  choose: 'Choisir une salle',
  chooseHint: 'Choisissez votre salle. Vous pourrez en changer.',
  chooseOnceHint: 'Choisissez la salle où vous voulez aller.',
  cannotChoose: 'C’est l’animation qui répartit les personnes dans les salles.',
  goHere: 'Y aller',
  youAreHere: 'Vous y êtes',
  youWillBeHere: 'Vous y irez',
  roomClosed: 'Salle fermée',
  roomCloses: 'Ferme bientôt',
  noRooms: 'Il n’y a pas de salles ouvertes pour le moment.',

  stepIn: 'Prendre l’animation',
  stepInWhy: 'Personne n’anime en ce moment. On vous a confié la relève.',
  successor: 'relève de l’animation',

  announcement: {
    all: (name: string) => `Annonce de ${name}, à toutes les salles`,
    some: (name: string) => `Annonce de ${name}, à plusieurs salles`,
    one: (name: string) => `Annonce de ${name}, à votre salle`,
  },
  unsent: 'Un message n’est pas parti : vous avez changé de salle avant son envoi.',
  seeMessages: 'Voir les messages',

  failed: {
    closed: 'Cette salle n’est plus ouverte.',
    notAllowed: 'Seule l’animation peut faire cela pour le moment.',
    attended: 'Quelqu’un anime la rencontre en ce moment.',
    noAnswer: 'La demande n’a pas pu être transmise. Réessayez.',
  },
};

export type GroupsWords = typeof frGroups;
