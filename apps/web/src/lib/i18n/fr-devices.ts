import type { DeviceProblem } from '#lib/meeting/view-model.ts';

/** A sentence that says what happened, and one that says what to do. */
export interface Advice {
  what: string;
  todo: string;
}

export type Problems = Record<'camera' | 'microphone' | 'both' | 'sharing', Record<DeviceProblem, Advice>>;

const camera: Problems['camera'] = {
  refused: {
    what: 'Le navigateur n’a pas la permission d’utiliser la caméra.',
    todo: 'Touchez l’icône à gauche de l’adresse de la page, permettez la caméra, puis réessayez.',
  },
  missing: {
    what: 'Aucune caméra n’a été trouvée.',
    todo: 'Branchez-en une, ou entrez sans caméra : on vous entendra et on verra vos initiales.',
  },
  busy: {
    what: 'La caméra est prise par un autre logiciel.',
    todo: 'Fermez les autres visioconférences, puis réessayez.',
  },
  unsupported: {
    what: 'Ce navigateur ne sait pas utiliser la caméra.',
    todo: 'Ouvrez ce lien dans une version récente de Firefox, de Chrome, d’Edge ou de Safari.',
  },
  insecure: {
    what: 'La page n’est pas protégée par une connexion sécurisée : le navigateur y interdit la caméra.',
    todo: 'Ouvrez le lien qui commence par https.',
  },
  failed: {
    what: 'La caméra n’a pas démarré.',
    todo: 'Débranchez-la et rebranchez-la, ou redémarrez l’appareil, puis réessayez.',
  },
};

const microphone: Problems['microphone'] = {
  refused: {
    what: 'Le navigateur n’a pas la permission d’utiliser le micro.',
    todo: 'Touchez l’icône à gauche de l’adresse de la page, permettez le micro, puis réessayez.',
  },
  missing: {
    what: 'Aucun micro n’a été trouvé.',
    todo: 'Branchez-en un, ou entrez sans micro : vous entendrez et pourrez écrire.',
  },
  busy: {
    what: 'Le micro est pris par un autre logiciel.',
    todo: 'Fermez les autres visioconférences, puis réessayez.',
  },
  unsupported: {
    what: 'Ce navigateur ne sait pas utiliser le micro.',
    todo: 'Ouvrez ce lien dans une version récente de Firefox, de Chrome, d’Edge ou de Safari.',
  },
  insecure: {
    what: 'La page n’est pas protégée par une connexion sécurisée : le navigateur y interdit le micro.',
    todo: 'Ouvrez le lien qui commence par https.',
  },
  failed: {
    what: 'Le micro n’a pas démarré.',
    todo: 'Débranchez-le et rebranchez-le, ou redémarrez l’appareil, puis réessayez.',
  },
};

const both: Problems['both'] = {
  refused: {
    what: 'Le navigateur n’a pas la permission d’utiliser la caméra et le micro.',
    todo: 'Touchez l’icône à gauche de l’adresse de la page, permettez la caméra et le micro, puis réessayez.',
  },
  missing: {
    what: 'Aucune caméra ni aucun micro n’ont été trouvés.',
    todo: 'Branchez-les, ou entrez sans : vous entendrez et pourrez écrire.',
  },
  busy: {
    what: 'La caméra et le micro sont pris par un autre logiciel.',
    todo: 'Fermez les autres visioconférences, puis réessayez.',
  },
  unsupported: {
    what: 'Ce navigateur ne sait utiliser ni caméra ni micro.',
    todo: 'Ouvrez ce lien dans une version récente de Firefox, de Chrome, d’Edge ou de Safari.',
  },
  insecure: {
    what: 'La page n’est pas protégée par une connexion sécurisée : le navigateur y interdit la caméra et le micro.',
    todo: 'Ouvrez le lien qui commence par https.',
  },
  failed: {
    what: 'La caméra et le micro n’ont pas démarré.',
    todo: 'Débranchez-les et rebranchez-les, ou redémarrez l’appareil, puis réessayez.',
  },
};

const sharing: Problems['sharing'] = {
  refused: {
    what: 'Le partage d’écran n’a pas commencé.',
    todo: 'Choisissez un écran ou une fenêtre quand le navigateur le demande.',
  },
  missing: { what: 'Aucun écran à partager n’a été trouvé.', todo: 'Réessayez.' },
  busy: { what: 'L’écran n’a pas pu être capté.', todo: 'Fermez les autres partages, puis réessayez.' },
  unsupported: {
    what: 'Ce navigateur ne sait pas partager l’écran.',
    todo: 'Partagez à partir d’un ordinateur.',
  },
  insecure: {
    what: 'La page n’est pas protégée par une connexion sécurisée : le navigateur y interdit le partage.',
    todo: 'Ouvrez le lien qui commence par https.',
  },
  failed: { what: 'Le partage d’écran n’a pas commencé.', todo: 'Réessayez.' },
};

export const problems: Problems = { camera, microphone, both, sharing };
