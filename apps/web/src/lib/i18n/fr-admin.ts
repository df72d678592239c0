import type { Refusal } from '@relais/protocol';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

const refusals: Record<Refusal['kind'], string> = {
  invalidInput: 'Demande mal formée',
  unknownRequest: 'Demande inconnue',
  notJoined: 'Demande sans être entré',
  alreadyJoined: 'Déjà entré',
  meetingNotFound: 'Rencontre introuvable',
  meetingFull: 'Rencontre complète',
  meetingLocked: 'Rencontre verrouillée',
  mustWait: 'Attente à la porte demandée',
  waitingFull: 'Salle d’attente pleine',
  refusedEntry: 'Entrée refusée par l’animation',
  removed: 'Personne retirée de la rencontre',
  signInNeeded: 'Entrée réservée, sans connexion',
  notInvited: 'Entrée réservée, compte non invité',
  guestLinkInvalid: 'Lien d’invitation qui ne vaut pas',
  tooManyLinks: 'Trop de liens d’invitation',
  runsMeeting: 'Personne qui anime',
  seatUnknown: 'Place non reconnue',
  notAllowed: 'Droit réservé à l’animation',
  unknownId: 'Objet disparu',
  unknownRoom: 'Salle qui n’est pas ouverte',
  unknownParticipant: 'Personne qui n’est plus là',
  notInYourRoom: 'Affaire d’une autre salle',
  notNow: 'Impossible à ce moment des sous-groupes',
  tooMany: 'Trop de demandes',
  tooLarge: 'Demande trop longue',
  mediaRefused: 'Son et image refusés',
  protocolMismatch: 'Page d’une autre version',
  unavailable: 'Service indisponible',
  internal: 'Erreur interne',
};

/** The admin page in French (Canada). */
export const frAdmin = {
  title: 'Administration',
  heading: 'Relais en ce moment',

  door: {
    heading: 'Administration de Relais',
    intro: 'Cette page montre la charge et la santé des serveurs, jamais qui se parle ni de quoi.',
    label: 'Jeton d’administration',
    hint: 'C’est la valeur de RELAIS_ADMIN_TOKEN sur le serveur.',
    open: 'Ouvrir',
    wrongToken: 'Ce jeton n’est pas celui du serveur. Vérifiez-le, puis réessayez.',
    off: 'Cette page n’est pas activée : donnez une valeur à RELAIS_ADMIN_TOKEN sur le serveur, puis redémarrez-le.',
    tooMany: 'Trop d’essais en peu de temps. Attendez une minute, puis réessayez.',
    hubAway: 'Le serveur de Relais ne répond pas. Réessayez dans un moment.',
  },

  asOf: (time: string) => `Chiffres de ${time}`,
  everyFive: 'La page se met à jour toute seule, toutes les cinq secondes.',
  stale: (time: string) =>
    `Le serveur ne répond pas : ces chiffres datent de ${time}. La page continue d’essayer.`,
  noFigures: 'Le serveur ne répond pas encore. La page continue d’essayer.',
  refresh: 'Actualiser',
  close: 'Fermer la session',

  now: {
    heading: 'L’essentiel',
    meetings: 'Rencontres',
    people: 'Personnes',
    held: (n: number) =>
      n === 0
        ? 'aucune coupure réseau'
        : plural(n, { one: `et ${n} en coupure réseau`, other: `et ${n} en coupure réseau` }),
    joins: 'Entrées',
    lastMinutes: 'dans les cinq dernières minutes',
    refused: (n: number) => plural(n, { one: `${n} refusée`, other: `${n} refusées` }),
    postgres: 'PostgreSQL',
    redis: 'Redis',
    stores: { up: 'répond', down: 'ne répond pas', none: 'non utilisé' },
  },

  hubs: {
    heading: 'Serveurs de rencontre',
    one: (id: string) => `Serveur ${id}`,
    answers: 'répond à cette page',
    version: 'Version',
    since: 'En marche depuis',
    meetings: 'Rencontres',
    people: 'Personnes, dont en coupure',
    sockets: 'Connexions',
    joins: 'Entrées, dont refusées',
    joinTime: 'Entrer',
    append: 'Écrire au journal',
    delay: 'Retard de la boucle',
    cpu: 'Processeur',
    memory: 'Mémoire',
  },

  nodes: {
    heading: 'Nœuds de son et d’image',
    none: 'Aucun nœud n’est là : on peut écrire, sans se voir ni s’entendre.',
    one: (id: string) => `Nœud ${id}`,
    draining: 'se vide avant de s’arrêter',
    silent: 'Ce nœud est annoncé, mais n’a pas répondu à cette page.',
    load: 'Flux envoyés',
    peers: 'Personnes',
    received: 'Débit reçu',
    sent: 'Débit envoyé',
    loss: 'Paquets perdus',
    roundTrip: 'Aller-retour',
    delay: 'Retard de la boucle',
    workers: 'Processus du nœud',
    worker: 'Nº',
    consumers: 'Flux',
    pipes: 'Ponts',
    cpu: 'Charge',
    restarts: 'Relances',
    down: 'arrêté',
  },

  errors: {
    heading: 'Demandes refusées',
    caption: 'Depuis le démarrage des serveurs',
    none: 'Aucune demande n’a été refusée depuis le démarrage.',
    kind: 'Raison',
    count: 'Nombre',
    kinds: refusals,
  },

  mails: {
    title: 'Courriels',
    heading: 'Courriels de Relais',
    link: 'Voir les courriels',
    back: 'Retour à Relais en ce moment',
    sending:
      'Les courriels partent par le serveur de courrier. Le texte de ceux qui sont partis n’est pas conservé.',
    notSending:
      'Aucun serveur de courrier n’est réglé : rien ne part. Lisez ici les courriels, ou donnez une valeur à SMTP_URL et à RELAIS_MAIL_FROM sur le serveur.',
    none: 'Aucun courriel depuis trente jours.',
    noneOlder: 'Aucun courriel plus ancien.',
    away: 'Les courriels ne peuvent pas être lus pour le moment : la base de données ne répond pas. Réessayez dans un moment.',
    pages: 'Pages de courriels',
    newest: 'Les plus récents',
    older: 'Plus anciens',
    to: 'À',
    ordered: 'Demandé le',
    state: 'État',
    states: { waiting: 'en attente', sending: 'en cours d’envoi', sent: 'parti', failed: 'abandonné' },
    why: 'Raison',
    tooLate: 'Il ne servait plus à rien : le lien ou la rencontre était passé.',
    tries: (n: number) => plural(n, { one: `(${n} essai)`, other: `(${n} essais)` }),
    read: 'Lire le courriel',
    gone: 'Le texte n’est pas conservé.',
  },

  times: {
    hub: 'Durées, depuis cinq minutes',
    node: 'Réseau, à l’instant',
    what: 'Mesure',
    half: 'Médiane',
    most: '99\u00a0%',
    nothing: 'aucune',
  },
  ofCapacity: (n: string, capacity: string, share: string) => `${n} de ${capacity} (${share})`,
  withOf: (n: string, of: string) => `${n}, dont ${of}`,
  units: {
    ms: (n: string) => `${n}\u00a0ms`,
    mbit: (n: string) => `${n}\u00a0Mbit/s`,
    mb: (n: string) => `${n}\u00a0Mo`,
  },
};

export type AdminWords = typeof frAdmin;
