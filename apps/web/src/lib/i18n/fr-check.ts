import type { CheckAdvice } from '@relais/domain';
import type { CheckVerdict } from '@relais/protocol';
import type { Advice } from './fr-devices.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

const verdicts: Record<CheckVerdict, string> = {
  ready: 'Tout est prêt pour la rencontre.',
  lightMode: 'Prévoyez le mode léger : le son et les messages passeront, les caméras peu ou pas.',
  failed: 'Quelque chose est à régler avant la rencontre.',
};

const advice: Record<CheckAdvice, Advice> = {
  serverUnreachable: {
    what: 'Le serveur de Relais n’a pas répondu.',
    todo: 'Vérifiez que cet appareil est connecté à Internet, ou essayez un autre réseau, puis recommencez.',
  },
  oldBrowser: {
    what: 'Ce navigateur ne sait pas faire de visioconférence.',
    todo: 'Ouvrez ce lien dans une version récente de Firefox, de Chrome, d’Edge ou de Safari.',
  },
  noPath: {
    what: 'Ce réseau ne laisse passer ni le son ni l’image.',
    todo: 'Essayez un autre réseau, par exemple celui de votre téléphone. Au bureau, transmettez les détails au service informatique.',
  },
  microphone: {
    what: 'On ne vous entendrait pas.',
    todo: 'Voyez ce qui est dit du micro ci-dessus, puis recommencez.',
  },
  speaker: {
    what: 'Vous n’entendriez pas les autres.',
    todo: 'Montez le volume, débranchez ou rebranchez les écouteurs, vérifiez que l’appareil n’est pas en sourdine, puis recommencez.',
  },
  tooSlowForSound: {
    what: 'La connexion est trop lente, même pour le son.',
    todo: 'Rapprochez-vous de la borne Wi-Fi, arrêtez les téléchargements, ou essayez un autre réseau.',
  },
  tooLossyForSound: {
    what: 'Presque la moitié de ce qui est transmis se perd en route.',
    todo: 'Rapprochez-vous de la borne Wi-Fi, branchez un câble, ou essayez un autre réseau.',
  },
  slow: {
    what: 'La connexion est lente.',
    todo: 'Relais gardera le son et réduira les images de lui-même. Arrêter les téléchargements et les vidéos de la maison peut aider.',
  },
  lossy: {
    what: 'Une partie de ce qui est transmis se perd en route.',
    todo: 'Rapprochez-vous de la borne Wi-Fi, ou branchez un câble, puis recommencez.',
  },
  farAway: {
    what: 'Ce que vous dites arrive avec plus d’une seconde de retard.',
    todo: 'Fermez ce qui télécharge ou essayez un autre réseau. Dans la rencontre, laissez un silence avant de parler.',
  },
  pauses: {
    what: 'Ce que vous dites arrive avec un léger retard, comme par satellite.',
    todo: 'Dans la rencontre, laissez un court silence avant de parler.',
  },
  unsteady: {
    what: 'La connexion est un peu irrégulière.',
    todo: 'Le son tiendra. Se rapprocher de la borne Wi-Fi peut aider.',
  },
  directBlocked: {
    what: 'Ce réseau bloque le chemin direct : le son et l’image feront un détour.',
    todo: 'La rencontre fonctionnera. Si le son tarde, essayez un autre réseau ; au bureau, transmettez les détails au service informatique.',
  },
  camera: {
    what: 'La caméra ne fonctionne pas.',
    todo: 'Vous pouvez participer sans elle : on verra vos initiales.',
  },
  notAllMeasured: {
    what: 'Tout n’a pas pu être vérifié.',
    todo: 'Ce qui l’a été compte. Vous pouvez recommencer plus tard.',
  },
};

/** The connection check, in French (Canada). */
export const frCheck = {
  title: 'Vérifier ma connexion',
  heading: 'Vérifier ma connexion',
  forMeeting: (title: string) => `Avant la rencontre « ${title} »`,
  intro: 'Une minute suffit pour savoir si le micro, le son, la caméra et la connexion sont prêts.',
  cost: 'La vérification utilise moins de 2 Mo de données, et bien moins sur une connexion lente. Rien n’est enregistré ; personne ne vous entend ni ne vous voit.',
  start: 'Commencer',
  again: 'Recommencer',
  underWay: 'Vérification en cours…',
  enter: 'Aller à la rencontre',
  skip: 'Passer',
  results: 'Ce qui est vérifié',

  parts: {
    microphone: 'Micro',
    speaker: 'Son',
    camera: 'Caméra',
    server: 'Serveur',
    udp: 'Chemin direct',
    tcp: 'Chemin de secours',
    relay: 'Chemin relayé',
    line: 'Stabilité',
    down: 'Réception',
    up: 'Envoi',
  },
  marks: {
    waiting: 'à venir',
    running: 'en cours',
    good: 'bon',
    warning: 'à surveiller',
    bad: 'à régler',
    skipped: 'passé',
  },

  speak: 'Parlez : la barre doit bouger.',
  listening: 'Écoutez : trois notes douces se font entendre.',
  heard: 'Avez-vous entendu les trois notes ?',
  yes: 'Oui',
  no: 'Non',
  playAgain: 'Réécouter',
  looking: 'L’image de votre caméra doit apparaître.',
  picture: 'Image de votre caméra',
  trying: 'Essai en cours…',
  measuring: 'Mesure en cours, une dizaine de secondes…',

  said: {
    microphone: 'Le micro vous entend.',
    microphoneStill: {
      what: 'Le micro est ouvert, mais n’a entendu aucune voix.',
      todo: 'Vérifiez qu’il n’est pas coupé sur l’appareil ou le casque, ou choisissez-en un autre dans les réglages.',
    },
    speaker: 'Vous entendez le son.',
    speakerNot: 'Le son ne s’entend pas.',
    camera: 'La caméra donne une image.',
    cameraStill: {
      what: 'La caméra est ouverte, mais ne donne pas d’image.',
      todo: 'Retirez ce qui la couvre, ou fermez les autres logiciels qui s’en servent.',
    },
    skipped: 'Non vérifié.',
    server: 'Le serveur répond.',
    serverNot: 'Le serveur ne répond pas.',
    path: {
      udp: 'Ouvert : le son et l’image passent au plus court.',
      tcp: 'Ouvert, s’il en faut un.',
      relay: 'Ouvert, s’il en faut un.',
    },
    pathBlocked: 'Ce réseau ne le laisse pas passer.',
    pathNone: 'Il n’y en a pas ici.',
    pathUnknown: 'N’a pas pu être essayé.',
    lineGood: 'La connexion est stable.',
    lineFair: 'La connexion est un peu irrégulière ou lointaine.',
    linePoor: 'La connexion perd une partie du son.',
    speedGood: 'Assez pour le son et les images.',
    speedFair: 'Assez pour le son, peu pour les images.',
    speedPoor: 'Trop peu, même pour le son.',
    unmeasured: 'N’a pas pu être mesuré.',
  },

  verdictHeading: 'Résultat',
  verdicts,
  advice,

  details: 'Détails',
  detailsHint: 'À transmettre à qui vous aide.',
  copy: 'Copier les détails',
  copied: 'Détails copiés',
  copyFailed: 'La copie n’a pas fonctionné : sélectionnez le texte et copiez-le.',
  figures: {
    verdict: 'Résultat',
    loss: 'Perte',
    roundTrip: 'Aller-retour',
    jitter: 'Gigue',
    up: 'envoi',
    down: 'réception',
    browser: 'Navigateur',
    at: 'Le',
    unknown: 'non mesuré',
    outcomes: { works: 'oui', fails: 'non', skipped: 'passé' },
    paths: { open: 'ouvert', blocked: 'bloqué', none: 'aucun', unknown: 'non essayé' },
    protocols: { udp: 'UDP', tcp: 'TCP', relay: 'TURN' },
  },

  tell: {
    heading: 'Prévenir l’animation',
    why: 'La personne qui anime la rencontre peut ainsi vous aider avant qu’elle commence.',
    accept: 'J’accepte de transmettre mon nom et ce résultat à l’animation de cette rencontre.',
    terms: (days: number) =>
      `Sont transmis : le nom écrit ci-dessous, le résultat en un mot (prêt, mode léger ou à régler) et l’heure. Seule l’animation de cette rencontre les voit, pour la préparer. Ils sont effacés après ${days} jours, ou dès que vous le demandez d’ici.`,
    name: 'Votre nom',
    nameMissing: 'Écrivez votre nom pour transmettre le résultat.',
    notAccepted: 'Cochez la case pour transmettre le résultat.',
    send: 'Transmettre',
    sending: 'Transmission…',
    sent: (time: string) => `Résultat transmis à l’animation, ${time}.`,
    erase: 'Effacer mon résultat',
    erased: 'Votre résultat est effacé.',
    update: 'Transmettre le nouveau résultat',
    full: 'La liste de cette rencontre est pleine. Prévenez l’animation autrement.',
  },

  list: {
    heading: 'Vérifications',
    intro: 'Les personnes qui l’acceptent vous transmettent le résultat de leur vérification.',
    summary: (ready: number, light: number, failed: number) =>
      [
        plural(ready, { one: `${ready} personne prête`, other: `${ready} personnes prêtes` }),
        `${light} en mode léger`,
        `${failed} à aider`,
      ].join(', '),
    empty: 'Aucun résultat pour l’instant.',
    emptyHint: 'Transmettez le lien de la vérification avec l’invitation.',
    verdicts: { ready: 'prêt', lightMode: 'mode léger', failed: 'à aider' } satisfies Record<
      CheckVerdict,
      string
    >,
    link: 'Lien de la vérification',
    loading: 'Chargement des résultats…',
    failed: 'Les résultats n’ont pas pu être lus.',
    refused: 'Votre lien d’animation n’est pas celui de cette rencontre.',
    refresh: 'Actualiser',
    kept: (days: number) => `Chaque résultat est effacé après ${days} jours.`,
  },
};

export type CheckWords = typeof frCheck;
