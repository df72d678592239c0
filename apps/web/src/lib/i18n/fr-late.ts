import type { Refusal } from '@relais/protocol';
import { problems } from './fr-devices.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

type RefusalWords = { [K in Refusal['kind']]: (refusal: Extract<Refusal, { kind: K }>) => string };

const refusals: RefusalWords = {
  invalidInput: () => 'Le serveur n’a pas pu lire cette demande. Vérifiez ce qui est écrit, puis réessayez.',
  unknownRequest: () => 'Le serveur ne connaît pas cette demande. Rechargez la page.',
  notJoined: () => 'Vous n’êtes plus dans la rencontre. Entrez de nouveau.',
  alreadyJoined: () => 'Vous êtes déjà dans la rencontre.',
  meetingNotFound: () => 'Cette rencontre n’existe pas. Vérifiez le lien que vous avez reçu.',
  meetingFull: () => 'La rencontre est complète. Réessayez quand quelqu’un sera parti.',
  meetingLocked: () =>
    'La rencontre est verrouillée : personne de nouveau ne peut y entrer pour l’instant. Joignez la personne qui l’anime, ou réessayez plus tard.',
  mustWait: () =>
    'La personne qui anime la rencontre fait entrer les gens un à un. Entrez de nouveau pour vous annoncer.',
  waitingFull: () =>
    'Trop de personnes attendent déjà devant cette rencontre. Réessayez dans quelques minutes.',
  refusedEntry: ({ word }) =>
    word === undefined
      ? 'L’animation ne vous a pas laissé entrer dans cette rencontre. Vous pouvez demander de nouveau dans une minute.'
      : `L’animation ne vous a pas laissé entrer dans cette rencontre et vous écrit : « ${word} » Vous pouvez demander de nouveau dans une minute.`,
  removed: () =>
    'L’animation a mis fin à votre participation à cette rencontre. Pour y revenir, joignez la personne qui l’anime : elle peut vous laisser entrer de nouveau.',
  signInNeeded: () =>
    'Cette rencontre est réservée à des personnes invitées. Connectez-vous avec l’adresse à laquelle vous avez été invité·e, puis entrez de nouveau.',
  notInvited: () =>
    'Cette rencontre est réservée à d’autres personnes que le compte avec lequel vous êtes connecté·e. Demandez une invitation à la personne qui l’anime.',
  guestLinkInvalid: ({ why }) =>
    why === 'expired'
      ? 'Ce lien d’invitation a expiré. Demandez-en un nouveau à la personne qui vous l’a donné.'
      : why === 'revoked'
        ? 'Ce lien d’invitation a été retiré. Demandez-en un nouveau à la personne qui vous l’a donné.'
        : why === 'usedUp'
          ? 'Ce lien d’invitation a déjà servi autant de fois que prévu. Demandez-en un nouveau à la personne qui vous l’a donné.'
          : 'Ce lien d’invitation n’est pas reconnu. Vérifiez que vous l’avez copié en entier.',
  tooManyLinks: () =>
    'Cette rencontre a déjà tous les liens d’invitation qu’elle peut avoir. Servez-vous d’un lien qui existe.',
  runsMeeting: () => 'Cette personne anime la rencontre : elle ne peut pas en être retirée.',
  seatUnknown: () => 'Votre place n’est plus reconnue. Entrez de nouveau dans la rencontre.',
  notAllowed: () => 'Cela revient aux personnes qui animent la rencontre.',
  unknownId: () => 'Ce que vous avez demandé n’existe plus.',
  unknownRoom: () => 'Cette salle n’est pas ouverte.',
  unknownParticipant: () => 'Cette personne n’est plus dans la rencontre.',
  notInYourRoom: () => 'Cela se passe dans une autre salle que la vôtre.',
  notNow: ({ why }) =>
    why === 'roundRuns'
      ? 'Des salles sont déjà ouvertes. Fermez-les, puis réessayez.'
      : why === 'tooManyPlans'
        ? 'Il n’y a plus de place pour une autre préparation. Supprimez-en une, puis réessayez.'
        : why === 'planChanged'
          ? 'Quelqu’un d’autre a modifié cette préparation entre-temps.'
          : why === 'nextIsSet'
            ? 'Une nouvelle ronde est déjà prévue ensuite. Annulez-la d’abord si vous en voulez une autre.'
            : 'Aucune salle n’est ouverte en ce moment.',
  tooMany: ({ retryAfterMs }) => `Trop de demandes en peu de temps. Réessayez dans ${seconds(retryAfterMs)}.`,
  tooLarge: () => 'C’est trop long pour être envoyé. Raccourcissez, puis réessayez.',
  mediaRefused: () =>
    'Le son et l’image n’ont pas pu s’ouvrir. Vous pouvez lire et écrire des messages ; rechargez la page pour réessayer.',
  protocolMismatch: () => 'Relais vient d’être mis à jour. Rechargez la page pour continuer.',
  unavailable: ({ what }) =>
    what === 'media'
      ? 'Le son et l’image sont indisponibles pour l’instant. Les messages fonctionnent ; Relais réessaie.'
      : 'Le serveur ne répond pas pour l’instant. Réessayez dans une minute.',
  internal: () =>
    'Une erreur s’est produite de notre côté. Réessayez ; si elle revient, transmettez-nous le code ci-dessous.',
};

function seconds(ms: number): string {
  const n = Math.max(1, Math.ceil(ms / 1000));
  return plural(n, { one: `${n} seconde`, other: `${n} secondes` });
}

/** The words that nobody reads before the first picture of somebody else, or that another page has. */
export const frLate = {
  install: {
    action: 'Installer Relais',
    hint: 'Une icône sur cet appareil, et presque rien à télécharger pour entrer.',
  },

  nav: {
    label: 'Pages principales',
    meetings: 'Rencontres',
    communities: 'Communautés',
    account: 'Mon compte',
  },

  home: {
    title: 'Relais, rencontres en visioconférence',
    signIn: 'Se connecter',
    account: 'Mon compte : ',
    heading: 'Se rencontrer, où qu’on soit',
    intro:
      'Des visioconférences pour les communautés de pratique. Un lien suffit : ni compte, ni installation.',
    createHeading: 'Créer une rencontre',
    titleLabel: 'Titre de la rencontre',
    titleHint: 'Par exemple : Table de concertation de mars',
    titleMissing: 'Donnez un titre à la rencontre.',
    create: 'Créer la rencontre',
    creating: 'Création en cours…',
    joinHeading: 'Rejoindre une rencontre',
    codeLabel: 'Lien ou code reçu',
    codeHint: 'Le code compte dix lettres, comme abc-defg-hij.',
    codeUnreadable: 'Ce n’est ni un lien de rencontre, ni un code de dix lettres. Vérifiez, puis réessayez.',
    join: 'Rejoindre',
    readyHeading: 'La rencontre est prête',
    together: 'Animer avec quelqu’un',
    togetherHint: 'Qui ouvre ce lien anime la rencontre avec vous. Ne le donnez qu’à cette personne.',
    togetherLabel: 'Lien d’animation',
    prepare: 'Préparer les sous-groupes',
    whoMayEnter: 'Choisir qui peut entrer',
    readyHint: 'Transmettez ce lien aux personnes invitées. Il reste valable pour les prochaines fois.',
    linkLabel: 'Lien de la rencontre',
    copy: 'Copier le lien',
    copied: 'Lien copié',
    copyFailed: 'La copie n’a pas fonctionné : sélectionnez le lien et copiez-le.',
    share: 'Transmettre',
    enter: 'Entrer dans la rencontre',
    another: 'Créer une autre rencontre',
    hubAway: 'Le serveur ne répond pas. Vérifiez votre connexion à Internet, puis réessayez.',
  },

  menu: {
    notes: 'Notes',
    settings: 'Micro, caméra et haut-parleur',
    shortcuts: 'Raccourcis clavier',
  },

  link: {
    copy: 'Copier le lien de la rencontre',
    copied: 'Lien de la rencontre copié',
    notCopied: 'La copie n’a pas fonctionné : le lien est dans la barre d’adresse.',
    alone: 'Personne d’autre n’est là pour l’instant.',
    aloneHint: 'Transmettez le lien pour que les autres vous rejoignent.',
    invite: 'Copier le lien d’invitation',
  },

  pages: {
    page: (page: number, pages: number) => `Page ${page} de ${pages}`,
    label: 'Pages de personnes',
    previous: 'Page précédente',
    next: 'Page suivante',
    speakingElsewhere: (names: string) => `Parle ailleurs : ${names}`,
  },

  screens: {
    label: 'Écrans partagés',
    of: (name: string) => `Écran de ${name}`,
    waiting: 'L’écran partagé arrive…',
    givenUp: 'Votre ligne est trop lente pour l’écran partagé.',
  },

  groups: { open: 'Sous-groupes' },
  hands: {
    lowerOf: (name: string) => `Baisser la main de ${name}`,
    up: 'Main levée',
    /** Whose turn it is, from 1. */
    place: (n: number) => `Main levée, ${n === 1 ? '1re personne' : `${n}e`} à demander la parole`,
    raised: (names: string) => `Demande la parole : ${names}`,
    waiting: (names: string) => `Demandent déjà la parole, dans l’ordre : ${names}`,
    more: (n: number) => plural(n, { one: '1 autre', other: `${n} autres` }),
    see: 'Voir les personnes',
    inRoom: (name: string, room: string) => `${name} (${room})`,
  },
  notices: {
    label: 'Avis',
    heldFor: (seconds: number) =>
      plural(seconds, {
        one: `Votre place est gardée encore ${seconds} seconde.`,
        other: `Votre place est gardée encore ${seconds} secondes.`,
      }),
    seatGone:
      'Connexion coupée depuis longtemps : votre place n’est plus gardée. Vous rentrerez de vous-même dès son retour, et vos messages partiront.',
    seatWaits:
      'Le serveur ne peut pas encore vous redonner votre place. Relais réessaie de lui-même ; vos messages partiront ensuite.',
    offline:
      'Cet appareil n’est plus connecté à Internet. On vous garde votre place ; vos messages partiront au retour.',
    mediaInterrupted: 'Le son et l’image sont interrompus. Relais les rétablit ; les messages fonctionnent.',
    mediaConnecting: 'Le son et l’image s’ouvrent…',
    mediaStuck:
      'Le son et l’image n’arrivent pas à s’ouvrir ; ce réseau les bloque peut-être. Relais continue d’essayer, et les messages fonctionnent.',
    playbackBlocked: 'Le navigateur attend votre accord pour faire entendre la rencontre.',
    resumePlayback: 'Entendre la rencontre',
    sharing: 'Vous partagez votre écran.',
    stopSharing: 'Arrêter le partage',
  },

  people: {
    you: 'vous',
    facilitator: 'animation',
    micOn: 'micro ouvert',
    camera: 'caméra ouverte',
    screen: 'partage son écran',
    since: (time: string) => `depuis ${time}`,
    arrived: (names: string) => `${names} : arrivée dans la rencontre`,
    departed: (names: string) => `${names} : départ de la rencontre`,
    cameHere: (names: string) => `${names} : arrivée dans la salle`,
    wentElsewhere: (names: string) => `${names} : départ de la salle`,
    cameToPlenary: (names: string) => `${names} : arrivée en plénière`,
    leftPlenary: (names: string) => `${names} : départ vers une salle`,
    some: (n: number) => plural(n, { one: `${n} personne`, other: `${n} personnes` }),
  },

  door: {
    locked: 'Rencontre verrouillée : personne de nouveau ne peut entrer.',
    opened: 'La rencontre n’est plus verrouillée.',
    waits: (names: string, n: number) =>
      plural(n, { one: `${names} attend d’entrer.`, other: `${names} attendent d’entrer.` }),
    told: {
      locked: 'La rencontre est verrouillée : personne de nouveau ne peut entrer pour l’instant.',
      waiting: 'On vous annoncera à la personne qui anime, qui vous fera entrer.',
      guestsWait: 'Sans compte, on vous annoncera à la personne qui anime, qui vous fera entrer.',
      reserved:
        'Cette rencontre est réservée ; son titre s’affiche une fois à l’intérieur. Si on vous y attend, connectez-vous avec l’adresse à laquelle vous avez été invité·e, ou demandez un lien à la personne qui vous a invité·e. Si vous avez ouvert un lien d’invitation, entrez simplement.',
    },
    storeAway:
      'Le serveur ne peut laisser entrer personne pour l’instant. Relais réessaie de lui-même : vous entrerez dès que possible.',
    see: 'Voir',
  },

  floor: {
    closeAll: 'Fermer tous les micros',
    closedAll: 'Micros fermés, sauf ceux de l’animation.',
    failed: 'La demande n’a pas reçu de réponse. Vérifiez votre connexion, puis réessayez.',
    closed: {
      microphone: (from: string) =>
        `Votre micro a été fermé par l’animation (${from}). Vous pouvez le rouvrir quand vous voulez parler.`,
      camera: (from: string) =>
        `Votre caméra a été fermée par l’animation (${from}). Vous pouvez la rouvrir.`,
      screen: (from: string) =>
        `Votre partage d’écran a été arrêté par l’animation (${from}). Vous pouvez le reprendre.`,
    },
    invited: (from: string) => `${from} vous invite à prendre la parole. Voulez-vous ouvrir votre micro ?`,
    open: 'Ouvrir mon micro',
    notNow: 'Pas maintenant',
  },

  devices: {
    microphone: 'Micro',
    camera: 'Caméra',
    speaker: 'Haut-parleur',
    none: 'Aucun appareil',
    unnamed: (n: number) => `Appareil ${n}`,
    heading: 'Micro, caméra et haut-parleur',
    tiles: 'Personnes à l’écran, au plus',
    tilesAuto: 'Selon l’écran (4 sur un téléphone)',
    askFirst: 'Activez le micro et la caméra pour voir la liste des appareils.',
    problems,
  },

  chat: {
    heading: 'Messages',
    empty: 'Aucun message pour l’instant.',
    emptyHint: 'Ce que vous écrivez ici reste lisible pour toutes les personnes de la rencontre.',
    earlier: 'Voir les messages précédents',
    loadingEarlier: 'Chargement des messages…',
    label: 'Votre message',
    hint: 'Entrée pour envoyer, Maj + Entrée pour changer de ligne',
    send: 'Envoyer',
    left: (n: number) => plural(n, { one: `Il reste ${n} caractère`, other: `Il reste ${n} caractères` }),
    over: (n: number) =>
      plural(n, {
        one: `${n} caractère de trop : raccourcissez pour envoyer`,
        other: `${n} caractères de trop : raccourcissez pour envoyer`,
      }),
    pending: 'Envoi en cours…',
    waiting: 'En attente : le serveur ne peut pas l’enregistrer pour l’instant.',
    storeAway:
      'Le serveur ne peut rien enregistrer pour l’instant. Vos messages sont gardés ici et partiront d’eux-mêmes.',
    refused: 'Non envoyé',
    retry: 'Renvoyer',
    discard: 'Supprimer',
    you: 'Vous',
    newBelow: 'Nouveaux messages',
    newFrom: (name: string) => `Nouveau message de ${name}`,
    plenary: 'Plénière',
    aRoom: 'Une salle quittée',
    headingIn: (place: string) => `Messages : ${place}`,
    readIn: (place: string) => `Lire les messages : ${place}`,
    unreadThere: (n: number) => plural(n, { one: `${n} non lu`, other: `${n} non lus` }),
    emptyHintRoom: 'Ce que vous écrivez ici se lit dans cette salle seulement, et par l’animation.',
    readOnly: 'Vous lisez ce qui s’est écrit en plénière avant votre départ.',
    misplaced: (place: string) => `Non envoyé : vous avez quitté « ${place} » avant son envoi.`,
    misplacedSomewhere: 'Non envoyé : vous avez changé de salle avant son envoi.',
    sendHere: 'Envoyer ici',
    copy: 'Copier',
    copied: 'Message copié',
    notCopied: 'Le message n’a pas pu être copié.',
    draftLeft: (place: string) => `Vous écriviez dans « ${place} » :`,
    draftLeftSomewhere: 'Vous écriviez dans une autre salle :',
    takeDraft: 'Reprendre ici',
    dropDraft: 'Effacer',
    announcement: (name: string) => `Annonce de ${name}`,
    ownAnnouncement: 'Votre annonce',
    read: (name: string, text: string) => `${name} : ${text}`,
    today: 'Aujourd’hui',
    yesterday: 'Hier',
    missed: 'Pendant votre absence',
    opensElsewhere: 's’ouvre dans un autre onglet',
  },

  shortcuts: {
    heading: 'Raccourcis clavier',
    microphone: 'Ouvrir ou couper le micro',
    camera: 'Ouvrir ou fermer la caméra',
    send: 'Envoyer le message',
    newline: 'Changer de ligne dans un message',
    pages: 'Page précédente ou suivante de personnes',
    close: 'Fermer le panneau ou la fenêtre',
    keys: { ctrl: 'Ctrl', command: '⌘', enter: 'Entrée', shift: 'Maj', escape: 'Échap' },
  },

  left: {
    heading: 'Vous avez quitté la rencontre',
    text: 'Votre caméra et votre micro sont fermés.',
    again: 'Revenir dans la rencontre',
  },

  removed: {
    heading: 'Vous n’êtes plus dans la rencontre',
    text: 'La personne qui anime la rencontre a mis fin à votre participation. Votre caméra et votre micro sont fermés. S’il s’agit d’une erreur, joignez-la : elle peut vous laisser revenir.',
    again: 'Revenir à l’entrée',
  },

  takenOver: {
    heading: 'La rencontre continue dans un autre onglet',
    text: 'Votre place est occupée à un seul endroit à la fois. Vous pouvez la reprendre ici.',
    again: 'Reprendre ici',
  },

  errors: {
    home: 'Aller à l’accueil',
    notFoundTitle: 'Page introuvable',
    notFoundHeading: 'Cette page n’existe pas',
    notFoundText: 'L’adresse a peut-être changé, ou il y manque une lettre.',
    meetingTitle: 'Rencontre introuvable',
    meetingHeading: 'Cette rencontre est introuvable',
    meetingText: 'Vérifiez le lien reçu : il finit par dix lettres, comme abc-defg-hij.',
    calendarText:
      'Aucune rencontre du calendrier n’a cette adresse, ou elle est réservée à certaines personnes.',
    calendarSignIn: 'Me connecter pour vérifier',
    hubTitle: 'Serveur indisponible',
    hubHeading: 'Le serveur de Relais ne répond pas',
    hubText: 'La rencontre n’est pas perdue. Attendez un moment, puis réessayez.',
    otherTitle: 'Erreur',
    otherHeading: 'Une erreur s’est produite',
    otherText: 'Elle vient de notre côté. Réessayez ; si elle revient, dites-nous ce que vous faisiez.',
    code: (status: number) => `Code : ${status}`,
  },

  signingIn: {
    signInNeeded: 'Me connecter',
    notInvited: 'Me connecter avec un autre compte',
    guestLinkInvalid: 'J’ai un compte',
  },
  refusals,
};

export type LateCatalogue = typeof frLate;
