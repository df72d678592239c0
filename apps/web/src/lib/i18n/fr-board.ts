import type { RoomRole } from '@relais/protocol';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr');
const people = (n: number) => plural(n, { one: `${n} personne`, other: `${n} personnes` });

/** Words of the board from which sub-groups are run. */
export const frBoard = {
  heading: 'Sous-groupes',
  /** Of what is in the panel. */
  running: 'Salles ouvertes',
  preparing: 'Préparation des salles',
  broad: 'Agrandir',
  narrow: 'Réduire',
  prepareNext: 'Préparer la suite',
  toBoard: 'Voir les salles ouvertes',
  here: 'vous y êtes',
  plenary: 'Plénière',
  count: people,
  noAnswer: 'Le serveur n’a pas répondu. Rien n’est perdu : réessayez.',
  waiting: 'Demande envoyée, réponse attendue…',
  /** What a button says, and of what. */
  named: (action: string, of: string) => `${action} : ${of}`,

  clock: {
    heading: 'Ronde en cours',
    opensIn: (left: string) => `Les salles ouvrent dans ${left}`,
    left: (left: string) => `Il reste ${left}`,
    over: 'Le temps est écoulé',
    endless: 'Sans heure de fin',
    closesIn: (left: string) => `Les salles ferment dans ${left}`,
    time: 'Temps pour toutes les salles',
    more: (n: number) => plural(n, { one: `Ajouter ${n} minute`, other: `Ajouter ${n} minutes` }),
    less: (n: number) => plural(n, { one: `Enlever ${n} minute`, other: `Enlever ${n} minutes` }),
    minutes: (sign: string, n: number) => `${sign} ${n} min`,
    closeAll: 'Tout fermer',
    callOff: 'Annuler l’ouverture',
    keepOpen: 'Garder ouvertes 1 minute de plus',
    closed: (names: string) => `Déjà fermées : ${names}`,
    timed: (left: string) => `Nouvelle heure de fin : il reste ${left}.`,
    closing: 'Les salles ferment dans 30 secondes. Ajouter du temps les garde ouvertes.',
    keptOn: 'Les salles restent ouvertes.',
    roomClosing: (room: string) => `${room} : la salle ferme dans 30 secondes.`,
    roomTimed: (room: string, left: string) => `${room} : nouvelle heure de fin, il reste ${left}.`,
    roomClosed: (room: string) => `${room} : la salle est fermée.`,
  },

  tools: {
    find: 'Chercher une personne ou une salle',
    needyFirst: 'À voir d’abord',
    needyHint:
      'Les salles qui demandent de l’aide, ont une main levée, un ennui de réseau ou sont vides viennent en premier.',
    openAll: 'Tout déplier',
    closeAll: 'Tout replier',
    announce: 'Écrire aux salles',
    found: (n: number) => plural(n, { one: `${n} salle trouvée`, other: `${n} salles trouvées` }),
    noneFound: 'Aucune salle ni personne de ce nom.',
    more: 'Plus de réglages',
    chime: 'Remettre le son des demandes',
    noChime: 'Couper le son des demandes',
  },

  card: {
    show: (room: string) => `${room} : voir les personnes`,
    hide: (room: string) => `${room} : replier`,
    empty: 'Personne',
    nobody: 'Personne n’est sans salle.',
    ownEnd: (left: string) => `fin dans ${left}`,
    ownEndless: 'sans heure de fin',
    closesIn: (left: string) => `ferme dans ${left}`,
    visit: 'Y aller',
    goBack: 'Revenir',
    menu: (room: string) => `${room} : autres actions`,
    more: (n: number) => `Donner ${n} min à cette salle`,
    less: (n: number) => `Enlever ${n} min à cette salle`,
    announce: 'Écrire à cette salle',
    choose: 'Choisir toutes ces personnes',
    close: 'Fermer cette salle',
    speaking: (name: string) => `${name} parle`,
    noted: 'Notes :',
    needs: {
      help: 'Aide demandée',
      hand: 'Main levée',
      trouble: 'Ennui de réseau',
      time: 'Temps demandé',
      empty: 'Salle vide',
    },
  },

  person: {
    menu: (name: string) => `${name} : autres actions`,
    you: 'vous',
    speaks: 'parle',
    micOn: 'micro ouvert',
    muted: 'micro coupé',
    noMic: 'sans micro',
    dropped: 'coupure réseau',
    slow: 'connexion lente',
    bad: 'connexion très lente',
    light: 'mode léger',
    hand: 'main levée',
    facilitator: 'animation',
    successor: 'relève',
    move: 'Déplacer vers…',
    bringBack: 'Ramener en plénière',
    swapWith: (name: string) => `Échanger avec ${name}`,
    roles: {
      host: 'Accueil',
      noteTaker: 'Prise de notes',
      timekeeper: 'Suivi du temps',
    } satisfies Record<RoomRole, string>,
    give: (role: string) => `Confier : ${role}`,
    takeAway: (role: string) => `Retirer : ${role}`,
    nameSuccessor: 'Nommer pour la relève',
    unnameSuccessor: 'Ne plus nommer pour la relève',
  },

  chosen: {
    label: 'Personnes choisies',
    count: (n: number) => plural(n, { one: `${n} personne choisie`, other: `${n} personnes choisies` }),
    hint: 'Touche M : déplacer',
    move: 'Déplacer vers…',
    swap: 'Échanger',
    bringBack: 'En plénière',
    clear: 'Ne plus choisir',
    undo: 'Annuler le déplacement',
    gone: (names: string) => `${names} : départ de la rencontre, retrait de votre choix.`,
    /** `by`: another animator, without a name who has left since; null: the person themselves. */
    elsewhere: (who: string, place: string, by: string | null) =>
      `${who} : maintenant dans « ${place} », ${by === null ? 'par son propre choix' : `par ${by || 'quelqu’un d’autre'}`}.`,
  },

  move: {
    heading: (who: string) => `Déplacer ${who}`,
    find: 'Chercher une salle',
    here: 'déjà là',
  },

  done: {
    moved: (who: string, place: string) => `${who} : maintenant dans « ${place} ».`,
    back: (who: string) => `${who} : maintenant en plénière.`,
    swapped: (one: string, other: string) => `${one} et ${other} ont échangé leurs salles.`,
    undone: 'Déplacement annulé.',
    undoneInPart: (who: string) =>
      `Déplacement annulé en partie. Sans changement pour ${who} : déplacement fait depuis par quelqu’un d’autre, départ ou salle fermée.`,
    nothingToUndo: 'Rien à annuler : tout a changé depuis.',
    notMoved: (why: string) => `Le déplacement n’a pas été fait. ${why}`,
    notDone: (why: string) => `Cela n’a pas été fait. ${why}`,
    there: 'Tout le monde y est déjà.',
    roleGiven: (name: string, role: string) => `${name} : ${role}.`,
    roleTaken: (name: string) => `${name} n’a plus de rôle dans la salle.`,
    successor: (name: string) => `${name} prendra la relève si personne n’anime plus.`,
    noSuccessor: 'Personne n’est nommé pour la relève.',
  },

  announce: {
    heading: 'Écrire aux salles',
    text: 'Votre annonce',
    everywhere: 'Partout, plénière comprise',
    some: 'À certaines salles',
    where: 'Où l’annonce est lue',
    send: 'Envoyer',
    sending: 'Envoi en cours…',
    missing: 'Écrivez l’annonce d’abord.',
    noPlace: 'Choisissez au moins une salle.',
    sentAll: 'Annonce envoyée à toutes les salles et à la plénière.',
    sent: (places: string) => `Annonce envoyée : ${places}.`,
    notSent: (why: string) => `L’annonce n’est pas partie. ${why}`,
    left: (n: number) => plural(n, { one: `Il reste ${n} caractère`, other: `Il reste ${n} caractères` }),
  },

  queue: {
    heading: 'Demandes',
    kinds: { help: 'Aide', time: 'Temps' },
    since: (n: number) => plural(n, { one: `depuis ${n} minute`, other: `depuis ${n} minutes` }),
    justNow: 'à l’instant',
    by: (name: string) => `par ${name}`,
    take: 'Je m’en occupe',
    takenBy: (name: string) => `${name} s’en occupe`,
    mine: 'Vous vous en occupez',
    end: 'C’est réglé',
    refuse: 'Refuser',
    give: (n: number) => `Donner ${n} min`,
    go: 'Y aller',
    taken: (room: string) => `${room} voit que vous vous en occupez.`,
    takenMeanwhile: (name: string) => `${name} s’en occupe déjà.`,
    news: {
      help: (room: string) => `${room} demande de l’aide.`,
      time: (room: string) => `${room} demande plus de temps.`,
    },
    many: (n: number) => `${n} demandes attendent.`,
    see: 'Voir',
  },

  next: {
    heading: 'Nouvelle ronde ensuite',
    short: 'Nouvelle ronde',
    same: 'Fermer, puis rouvrir avec les mêmes groupes',
    mixing: 'Fermer, puis rouvrir en mélangeant autrement',
    is: (isMixed: boolean, minutes: number | null) =>
      `Ensuite : les mêmes salles, ${isMixed ? 'autrement mélangées' : 'avec les mêmes groupes'}${minutes === null ? '' : `, ${plural(minutes, { one: `${minutes} minute`, other: `${minutes} minutes` })}`}.`,
    by: (what: string, name: string) => (name ? `${what} Choix de ${name}.` : what),
    callOff: 'Annuler la suite',
    dropped: 'La nouvelle ronde est annulée.',
  },

  again: {
    heading: 'Nouvelle ronde',
    text: (n: number) =>
      plural(n, {
        one: `La même salle, comme la dernière fois.`,
        other: `Les ${n} mêmes salles que la dernière fois.`,
      }),
    same: 'Mêmes groupes',
    mixing: 'Mélanger autrement',
    minutes: 'Durée en minutes',
    endless: 'Vide : jusqu’à la fermeture.',
    minutesWrong: 'Écrivez un nombre de 1 à 480, ou rien.',
    opening: 'Ouverture en cours…',
  },
};

export type BoardWords = typeof frBoard;
