import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

/** The interface in French (Canada): the first catalogue, whose type the others must fill. */
export const fr = {
  app: {
    name: 'Relais',
    otherLang: 'English',
    close: 'Fermer',
    retry: 'Réessayer',
    reload: 'Recharger la page',
    details: 'Détails',
    loading: 'Chargement…',
    cut: 'Connexion coupée. On vous garde votre place ; vos messages partiront au retour.',
    left: 'Vous avez quitté la rencontre',
    notLoaded: 'Cette partie de la page n’a pas pu être téléchargée.',
    check: 'Vérifier ma connexion',
    privacy: 'Confidentialité',
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
    micHeld: 'Micro en pause',
    cameraOn: 'Caméra',
    cameraOff: 'Caméra fermée',
    cameraHeld: 'Caméra en pause',
    cameraHeldBy: { chosen: 'Mode léger', cap: 'Limite de données', line: 'Connexion lente' },
    starting: 'Démarrage…',
    share: 'Partager',
    shareTitle: 'Partager l’écran',
    stopSharing: 'Arrêter',
    stopSharingTitle: 'Arrêter le partage',
    messages: 'Messages',
    unread: (n: number) => plural(n, { one: `${n} message non lu`, other: `${n} messages non lus` }),
    people: 'Personnes',
    hand: 'Main',
    raiseHand: 'Lever la main',
    lowerHand: 'Baisser la main',
    more: 'Plus',
    leave: 'Quitter',
    leaveTitle: 'Quitter la rencontre',
    light: 'Mode léger',
    line: 'Ma connexion',
  },

  stage: {
    label: 'Personnes à l’écran',
    you: 'vous',
    muted: 'micro coupé',
    noMic: 'sans micro',
    hand: 'main levée',
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
  },

  notices: {
    dismiss: 'Fermer cet avis',
  },

  people: {
    heading: 'Personnes présentes',
    count: (n: number) => plural(n, { one: `${n} personne`, other: `${n} personnes` }),
    inBrackets: (n: number) => ` (${n})`,
  },
};

export type Catalogue = typeof fr;
