import type { GivenUp, LinePath, Saying } from '@relais/domain';
import type { LineQuality } from '@relais/protocol';

/** Words of one's own line: what is said when it gives something up, and the panel that tells why [LINE-7]. */
export const frLine = {
  sayings: {
    thumbnails: 'Votre connexion est lente : seule l’image de la personne qui parle bouge, le son continue.',
    sharpness: 'Votre connexion est lente : les images sont moins nettes, le son continue.',
    ownCameraAlone: 'Votre connexion envoie lentement : votre caméra est en pause, on vous entend toujours.',
    otherCameras: 'Votre connexion est lente : la vidéo est en pause, le son continue.',
    ownCamera: 'Votre connexion est lente : la vidéo et votre caméra sont en pause, le son continue.',
    movingScreen: 'Votre connexion est lente : l’écran partagé arrive en images fixes, le son continue.',
    allPictures: 'Votre connexion est très lente : il reste le son et les messages.',
    back: 'Votre connexion va mieux : tout est revenu.',
  } satisfies Record<Saying, string>,
  why: 'Voir ma connexion',
  heading: 'Ma connexion',
  quality: {
    good: 'Votre connexion suffit à tout ce qui se passe ici.',
    slow: 'Votre connexion est lente. Le son passe avant tout le reste.',
    bad: 'Votre connexion est très lente. Le son passe avant tout le reste.',
  } satisfies Record<LineQuality, string>,
  unknown: 'Relais n’a encore rien mesuré : cela commence avec le son de la rencontre.',
  givenUpHeading: 'Ce qui attend',
  givenUp: {
    thumbnails: 'Seule bouge l’image de la personne qui parle.',
    sharpness: 'Les images sont moins nettes.',
    otherCameras: 'Les images des autres sont en pause.',
    ownCamera: 'Votre caméra est en pause ; on vous entend.',
    movingScreen: 'L’écran partagé arrive en images fixes.',
    allPictures: 'Aucune image n’arrive.',
  } satisfies Record<Exclude<GivenUp, 'nothing'>, string>,
  reasons: {
    measured: 'Tout revient de soi-même, une chose à la fois, quand la connexion le permet.',
    chosen: 'Une partie vient de votre choix : le mode léger ou les petites images.',
    capped: 'Une partie vient de votre limite de données, plus bas ; vous pouvez la relever.',
  },
  advice:
    'Ce qui aide : se rapprocher de la borne Wi-Fi ou brancher un câble, et fermer ce qui télécharge sur la même connexion.',
  figures: {
    loss: 'Paquets perdus',
    lossBoth: (down: string, up: string) => `${down} reçus, ${up} envoyés`,
    concealed: 'Son reconstitué',
    roundTrip: 'Aller-retour',
    queue: 'Dont attente',
    down: 'Reçu',
    up: 'Envoyé',
    rates: (sound: string, picture: string) => `son ${sound}, images ${picture} kbit/s`,
    estimate: 'Envoi possible',
    path: 'Chemin',
    ms: (ms: string) => `${ms} ms`,
    kbit: (kbit: string) => `${kbit} kbit/s`,
    unknown: 'inconnu',
  },
  paths: { udp: 'direct (UDP)', tcp: 'direct (TCP)', relay: 'par un relais' } satisfies Record<
    LinePath,
    string
  >,
  copy: 'Copier les chiffres',
  copied: 'Chiffres copiés',
  copyFailed: 'La copie n’a pas fonctionné.',
};

export type LineWords = typeof frLine;
