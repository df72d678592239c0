/** What Relais says without a network, and calls a meeting whose title is kept [ENTRY-5]: words that pages for joining do not load. */
export const frShell = {
  reserved: 'Rencontre réservée',
  offline: {
    noNetwork: {
      heading: 'Pas de réseau pour l’instant',
      text: 'Cet appareil n’est pas connecté à Internet. Vérifiez le Wi-Fi ou les données cellulaires.',
    },
    noAnswer: {
      heading: 'Relais ne répond pas pour l’instant',
      text: 'La connexion est trop faible, ou le serveur est arrêté un moment. Rien n’est perdu.',
    },
    nextPage: 'Gardez cette page ouverte : elle s’affichera d’elle-même dès que possible.',
    nextMeeting: 'Gardez cette page ouverte : la rencontre s’ouvrira d’elle-même dès que possible.',
    retry: 'Réessayer maintenant',
    trying: 'Nouvel essai…',
    stillAway: 'Toujours rien. Relais réessaie de lui-même.',
  },
};

export type ShellWords = typeof frShell;
