import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

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
    left: 'Rencontre quittée',
    notLoaded: 'Cette partie de la page n’a pas pu être téléchargée.',
    check: 'Vérifier ma connexion',
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
    level: 'Niveau du micro',
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
    linkNotCopied: 'La copie n’a pas fonctionné : le lien est dans la barre d’adresse.',
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
    dataLimit: 'Limite de données',
    dataLimitTitle: 'Votre limite de données réduit les images',
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
};

export type Catalogue = typeof fr;
