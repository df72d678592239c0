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
  seatUnknown: () => 'Votre place n’est plus reconnue. Entrez de nouveau dans la rencontre.',
  notAllowed: () => 'Cela revient aux personnes qui animent la rencontre.',
  unknownId: () => 'Ce que vous avez demandé n’existe plus.',
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

/** The interface in French (Canada): the first catalogue, whose type the others must fill. */
export const fr = {
  app: {
    name: 'Relais',
    description:
      'Des visioconférences pour les communautés de pratique : un lien suffit, sans compte ni installation.',
    otherLang: 'English',
    skip: 'Aller au contenu',
    noScript: 'Relais a besoin de JavaScript pour fonctionner. Activez-le dans les réglages du navigateur.',
    close: 'Fermer',
    retry: 'Réessayer',
    reload: 'Recharger la page',
    details: 'Détails',
    home: 'Aller à l’accueil',
    loading: 'Chargement…',
    notLoaded: 'Cette partie de la page n’a pas pu être téléchargée.',
    check: 'Vérifier ma connexion',
  },

  home: {
    title: 'Relais, rencontres en visioconférence',
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

  preview: {
    before: 'Vous allez entrer dans',
    nameLabel: 'Votre nom',
    nameHint: 'Les autres le verront sous votre image.',
    nameMissing: 'Écrivez votre nom pour entrer.',
    why: 'Pour qu’on vous voie et vous entende, le navigateur vous demandera la permission. Rien n’est transmis avant que vous entriez.',
    activate: 'Activer la caméra et le micro',
    activateMicrophone: 'Activer le micro',
    without: 'Vous pouvez aussi entrer sans caméra ni micro : vous entendrez les autres et pourrez écrire.',
    cameraOff: 'Caméra fermée',
    cameraStarting: 'La caméra démarre…',
    heard: 'Parlez : la barre bouge quand le micro vous entend.',
    devices: 'Choisir les appareils',
    enter: 'Entrer',
    enterSilent: 'Entrer sans micro ni caméra',
    entering: 'Entrée en cours…',
    enteringSlow: 'La connexion est lente. Relais continue d’essayer.',
    enteringWaits:
      'Le serveur ne peut laisser entrer personne pour l’instant. Relais réessaie de lui-même : vous entrerez dès que possible.',
    pictureAlt: 'Aperçu de votre caméra',
  },

  devices: {
    microphone: 'Micro',
    camera: 'Caméra',
    speaker: 'Haut-parleur',
    none: 'Aucun appareil',
    unnamed: (n: number) => `Appareil ${n}`,
    heading: 'Micro, caméra et haut-parleur',
    level: 'Niveau du micro',
    askFirst: 'Activez le micro et la caméra pour voir la liste des appareils.',
    problems,
  },

  bar: {
    label: 'Commandes de la rencontre',
    micOn: 'Micro',
    micMuted: 'Micro coupé',
    micOff: 'Micro fermé',
    cameraOn: 'Caméra',
    cameraOff: 'Caméra fermée',
    cameraHeld: 'Caméra en pause',
    cameraHeldTitle: 'Votre ligne ou le mode léger garde la caméra fermée',
    starting: 'Démarrage…',
    share: 'Partager',
    shareTitle: 'Partager l’écran',
    stopSharing: 'Arrêter',
    stopSharingTitle: 'Arrêter le partage',
    messages: 'Messages',
    unread: (n: number) => plural(n, { one: `${n} message non lu`, other: `${n} messages non lus` }),
    people: 'Personnes',
    more: 'Plus',
    leave: 'Quitter',
    leaveTitle: 'Quitter la rencontre',
    settings: 'Micro, caméra et haut-parleur',
    light: 'Mode léger',
    line: 'Ma connexion',
    shortcuts: 'Raccourcis clavier',
    copyLink: 'Copier le lien de la rencontre',
    linkCopied: 'Lien de la rencontre copié',
  },

  stage: {
    label: 'Personnes à l’écran',
    you: 'vous',
    alone: 'Personne d’autre n’est là pour l’instant.',
    aloneHint: 'Transmettez le lien pour que les autres vous rejoignent.',
    muted: 'micro coupé',
    noMic: 'sans micro',
    speaking: 'parle',
    dropped: 'Coupure réseau',
    light: 'Mode léger',
    lineSlow: 'Connexion lente',
    lineBad: 'Connexion très lente',
    cameraPaused: 'Vidéo en pause (connexion lente)',
    videoPaused: 'Vidéo en pause',
    still: 'Image en pause',
    pagesLabel: 'Pages de personnes',
    previousPage: 'Page précédente',
    nextPage: 'Page suivante',
    page: (page: number, pages: number) => `Page ${page} de ${pages}`,
    speakingElsewhere: (names: string) => `Parle ailleurs : ${names}`,
    screenOf: (name: string) => `Écran de ${name}`,
    screens: 'Écrans partagés',
    screenWaiting: 'L’écran partagé arrive…',
    screenGivenUp: 'Votre ligne est trop lente pour l’écran partagé.',
  },

  notices: {
    label: 'Avis',
    reconnecting: 'Connexion coupée. On vous garde votre place ; vos messages partiront au retour.',
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
    dismiss: 'Fermer cet avis',
  },

  people: {
    heading: 'Personnes présentes',
    count: (n: number) => plural(n, { one: `${n} personne`, other: `${n} personnes` }),
    inBrackets: (n: number) => ` (${n})`,
    you: 'vous',
    facilitator: 'animation',
    micOn: 'micro ouvert',
    camera: 'caméra ouverte',
    screen: 'partage son écran',
    since: (time: string) => `depuis ${time}`,
    arrived: (names: string) => `${names} : arrivée dans la rencontre`,
    departed: (names: string) => `${names} : départ de la rencontre`,
    invite: 'Copier le lien d’invitation',
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
    close: 'Fermer le panneau ou la fenêtre',
    keys: { ctrl: 'Ctrl', command: '⌘', enter: 'Entrée', shift: 'Maj', escape: 'Échap' },
  },

  left: {
    title: 'Rencontre quittée',
    heading: 'Vous avez quitté la rencontre',
    text: 'Votre caméra et votre micro sont fermés.',
    rejoin: 'Revenir dans la rencontre',
  },

  takenOver: {
    heading: 'La rencontre continue dans un autre onglet',
    text: 'Votre place est occupée à un seul endroit à la fois. Vous pouvez la reprendre ici.',
    resume: 'Reprendre ici',
  },

  errors: {
    notFoundTitle: 'Page introuvable',
    notFoundHeading: 'Cette page n’existe pas',
    notFoundText: 'L’adresse a peut-être changé, ou il y manque une lettre.',
    meetingTitle: 'Rencontre introuvable',
    meetingHeading: 'Cette rencontre est introuvable',
    meetingText: 'Vérifiez le lien reçu : il finit par dix lettres, comme abc-defg-hij.',
    hubTitle: 'Serveur indisponible',
    hubHeading: 'Le serveur de Relais ne répond pas',
    hubText: 'La rencontre n’est pas perdue. Attendez un moment, puis réessayez.',
    otherTitle: 'Erreur',
    otherHeading: 'Une erreur s’est produite',
    otherText: 'Elle vient de notre côté. Réessayez ; si elle revient, dites-nous ce que vous faisiez.',
    code: (status: number) => `Code : ${status}`,
  },

  refusals,
};

export type Catalogue = typeof fr;
