import type { CalendarRefusal } from '@relais/protocol/calendar';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

type RefusalWords = {
  [K in CalendarRefusal['kind']]: (refusal: Extract<CalendarRefusal, { kind: K }>) => string;
};

const refusals: RefusalWords = {
  invalidInput: () => 'Le serveur n’a pas pu lire ce qui est écrit. Vérifiez chaque champ, puis réessayez.',
  foreignOrigin: () =>
    'Cette demande ne vient pas d’une page de Relais. Rechargez la page, puis réessayez ; si cela revient, l’adresse publique du serveur est mal réglée.',
  notSignedIn: () =>
    'Votre session a pris fin sur cet appareil. Reconnectez-vous dans un autre onglet, puis réessayez ici : ce que vous avez écrit reste.',
  notAllowed: () =>
    'Cela revient aux personnes qui animent cette rencontre ou cette communauté. Demandez-le-leur.',
  meetingNotFound: () => 'Aucune rencontre du calendrier ne porte ce code. Vérifiez le lien.',
  unknownCommunity: () => 'Cette communauté n’existe pas, ou vous n’en êtes pas membre.',
  linkInvalid: () => 'Ce lien ne peut plus servir : l’inscription est déjà annulée.',
  unknownAnimator: ({ email }) =>
    `Aucun compte n’a l’adresse ${email}. La personne doit d’abord se connecter une fois à Relais.`,
  notADate: ({ why }) =>
    ({
      past: 'Ce moment est déjà passé. Choisissez une date à venir.',
      tooFar: 'Cela va trop loin : on annonce au plus deux ans à l’avance.',
      tooMany: 'Cela fait plus de 53 rencontres. Choisissez une fin plus proche.',
      once: 'Avec cette fin, la rencontre n’a lieu qu’une fois. Choisissez une fin plus lointaine, ou aucune répétition.',
    })[why],
  tooManyMeetings: () =>
    'Vous avez déjà 120 rencontres à venir. Annulez-en, ou attendez qu’elles aient lieu.',
  isOver: () =>
    'La rencontre a commencé ou n’aura pas lieu : cela ne se change plus. Annoncez-en une autre, s’il en faut une.',
  notOverYet: () => 'La rencontre n’est pas terminée. Ce qui en reste se lit ici quand elle l’est.',
  registrationClosed: () =>
    'Cette rencontre ne prend pas ou plus d’inscriptions. Demandez une place aux personnes qui l’animent.',
  changedMeanwhile: () =>
    'Quelqu’un a changé la rencontre entre-temps. Rechargez la page pour voir ce qui est vrai, puis refaites votre changement.',
  tooMany: ({ retryAfterMs }) => `Trop de demandes en peu de temps. Réessayez dans ${minutes(retryAfterMs)}.`,
  unavailable: () => 'Le serveur ne répond pas pour l’instant. Rien n’est perdu : réessayez dans un moment.',
};

function minutes(ms: number): string {
  const n = Math.max(1, Math.ceil(ms / 60_000));
  return plural(n, { one: `${n} minute`, other: `${n} minutes` });
}

function length(n: number): string {
  const [hours, rest] = [Math.floor(n / 60), n % 60];
  if (hours === 0) return plural(rest, { one: `${rest} minute`, other: `${rest} minutes` });
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}

/** The calendar in French (Canada). */
export const frCalendar = {
  refusals,
  locale: 'fr-CA',
  length,

  list: {
    title: 'Mes rencontres',
    heading: 'Rencontres à venir',
    all: 'Toutes mes rencontres',
    communities: 'Mes communautés',
    none: 'Aucune rencontre à venir pour vous.',
    past: 'Rencontres passées',
    pastText: 'Sur la page de chacune, vous retrouvez ses notes, ses messages et qui y était.',
    nonePast:
      'Aucune rencontre passée. Celles auxquelles vous êtes attendu·e se retrouveront ici une fois terminées.',
    backToComing: 'Rencontres à venir',
    backToCommunity: 'La page de la communauté',
    announce: 'Annoncer une rencontre',
    more: 'Voir la suite',
    loading: 'Chargement…',
    cancelled: 'Annulée',
    parts: {
      animates: 'Vous animez',
      registered: 'Inscription confirmée',
      waiting: 'Sur la liste d’attente',
    },
  },

  feed: {
    heading: 'Dans votre agenda',
    intro:
      'Ajoutez cette adresse à votre agenda (Outlook, Google Agenda, Apple…) : vos rencontres s’y tiennent à jour. Elle est secrète : qui l’a lit vos rencontres.',
    label: 'Adresse de votre calendrier',
    community: 'Dans votre agenda',
    communityIntro:
      'Ajoutez cette adresse à votre agenda : les rencontres de la communauté s’y tiennent à jour tant que vous en êtes membre. Elle est secrète et à vous seulement.',
    communityLabel: 'Adresse du calendrier de la communauté',
    show: 'Montrer l’adresse pour mon agenda',
    showing: 'Un instant…',
    renew: 'Changer l’adresse',
    renewing: 'Changement…',
    renewed: 'L’adresse est changée. L’ancienne ne donne plus rien : remplacez-la dans votre agenda.',
  },

  reminders: {
    heading: 'Rappels par courriel',
    day: 'Un jour avant',
    hour: 'Une heure avant',
    saved: 'C’est enregistré.',
  },

  form: {
    newTitle: 'Annoncer une rencontre',
    changeTitle: 'Modifier la rencontre',
    title: 'Titre',
    titleMissing: 'Donnez un titre à la rencontre.',
    description: 'Description',
    descriptionHint: 'Ce dont il s’agit, pour qui, ce qu’il faut préparer.',
    date: 'Date',
    dateMissing: 'Choisissez une date.',
    time: 'Heure du début',
    timeMissing: 'Choisissez l’heure du début.',
    zone: 'Fuseau horaire',
    minutes: 'Durée (minutes)',
    minutesWrong: 'Écrivez une durée entre 5 et 1440 minutes.',
    again: 'Répétition',
    every: {
      none: 'Une seule fois',
      week: 'Chaque semaine',
      twoWeeks: 'Toutes les deux semaines',
      monthByDay: 'Chaque mois, le même quantième',
      monthByWeekday: 'Chaque mois, le même jour de la semaine',
    },
    ends: 'Fin de la répétition',
    endings: { count: 'Après un nombre de rencontres', until: 'À une date' },
    until: 'Dernier jour possible',
    untilWrong: 'Choisissez un jour après celui de la première rencontre.',
    count: 'Nombre de rencontres',
    countWrong: 'Écrivez un nombre entre 2 et 53.',
    agenda: 'Ordre du jour',
    point: (n: number) => `Point ${n}`,
    pointMinutes: (n: number) => `Minutes du point ${n}`,
    addPoint: 'Ajouter un point',
    removePoint: (n: number) => `Retirer le point ${n}`,
    remove: 'Retirer',
    animators: 'Autres personnes qui animent',
    animatorsHint: 'Le courriel de leur compte, un par ligne. Chacune peut mener la rencontre.',
    registration: 'Prendre des inscriptions',
    capacity: 'Nombre de places',
    capacityHint: 'Laissez vide s’il n’y a pas de limite. Au-delà, une liste d’attente se forme.',
    capacityWrong: 'Écrivez un nombre de places entre 1 et 300, ou rien.',
    entry: 'Qui peut y entrer',
    entries: {
      anyone: 'Toute personne qui a le lien',
      community: 'Les membres de la communauté',
      invited: 'Les personnes inscrites ou invitées, avec leur compte',
    },
    community: 'Pour quelle communauté',
    ownMeeting: 'Aucune : une rencontre à moi',
    announce: 'Annoncer la rencontre',
    announcing: 'Annonce en cours…',
    scope: 'Ce changement vaut pour',
    scopes: { one: 'Cette rencontre seulement', following: 'Celle-ci et toutes les suivantes' },
    save: 'Enregistrer les changements',
    saving: 'Enregistrement…',
    told: 'Les personnes inscrites reçoivent un courriel quand le titre ou le moment change ; les personnes nouvelles à l’animation, dans tous les cas.',
    back: 'Revenir à la rencontre',
  },

  meeting: {
    cancelled: 'Cette rencontre est annulée.',
    over: 'Cette rencontre est terminée.',
    overSignIn: 'Si vous y étiez, connectez-vous pour lire ce qui en reste.',
    signIn: 'Me connecter',
    reopen: 'Rouvrir la salle',
    here: (when: string) => `À votre heure : ${when}.`,
    lasts: (n: number) => `Durée prévue : ${length(n)}.`,
    animators: 'Animation',
    agenda: 'Ordre du jour',
    of: 'Communauté :',
    join: 'Rejoindre la rencontre',
    run: 'Animer la rencontre',
    check: 'Vérifier ma connexion',
    prepare: 'Préparer les sous-groupes',
    entry: 'Choisir qui peut entrer, inviter sans compte',
    file: 'Ajouter à mon agenda (.ics)',
    invite: 'Inviter à la rencontre',
    address: 'Adresse à partager',
    addressText:
      'Les personnes qui peuvent entrer y lisent la date et l’ordre du jour, et rejoignent la rencontre le moment venu. Pour quelqu’un sans compte, créez plutôt un lien sous « Choisir qui peut entrer, inviter sans compte ».',
    change: 'Modifier',
  },

  now: {
    heading: 'La rencontre est en cours',
    soon: 'La rencontre commence bientôt',
    people: (n: number) => plural(n, { one: `${n} personne y est.`, other: `${n} personnes y sont.` }),
    nobody: 'Personne n’y est encore.',
    join: 'Rejoindre maintenant',
    run: 'Animer maintenant',
  },

  record: {
    heading: 'Ce qui reste de la rencontre',
    intro: 'Pour les personnes qui y étaient, qui y avaient une place ou pour qui elle était.',
    download: 'Télécharger le tout (.txt)',
    print: 'Imprimer',
    notes: 'Notes',
    noNotes: 'Aucune note n’a été prise.',
    plenary: 'Plénière',
    room: (name: string, round: number | null) =>
      round === null ? `Sous-groupe « ${name} »` : `Sous-groupe « ${name} », ronde ${round}`,
    cut: 'La suite est dans le fichier à télécharger.',
    messages: 'Messages',
    noMessages: 'Aucun message n’a été écrit.',
    in: (room: string) => `dans « ${room} »`,
    announcement: 'annonce',
    more: 'Voir la suite des messages',
    people: (n: number) => `Personnes présentes (${n})`,
    nobody: 'Personne n’est venu.',
    ran: 'animation',
    guest: 'invitation pour cette rencontre',
    since: (from: string) => `depuis ${from}`,
    stay: (from: string, until: string) => `de ${from} à ${until}`,
    others: (n: number) => plural(n, { one: `et ${n} autre.`, other: `et ${n} autres.` }),
  },

  register: {
    heading: 'Inscription',
    places: (taken: number, capacity: number) =>
      `${taken} ${plural(taken, { one: 'place prise', other: 'places prises' })} sur ${capacity}.`,
    people: (n: number) => plural(n, { one: `${n} personne inscrite.`, other: `${n} personnes inscrites.` }),
    full: 'La rencontre est complète. En vous inscrivant, vous allez sur la liste d’attente.',
    name: 'Votre nom',
    nameMissing: 'Écrivez votre nom.',
    email: 'Votre courriel',
    emailMissing: 'Écrivez votre adresse courriel.',
    do: 'M’inscrire',
    doing: 'Inscription en cours…',
    confirmed: 'Votre inscription est confirmée.',
    confirmedMail: 'C’est fait. Un courriel vous le confirme, avec le lien pour annuler.',
    waitingMail: 'Vous êtes sur la liste d’attente. Un courriel vous dira si une place se libère.',
    place: (n: number) => `Vous êtes sur la liste d’attente, au rang ${n}.`,
    cancel: 'Annuler mon inscription',
    cancelling: 'Annulation…',
    cancelled: 'Votre inscription est annulée.',
    list: 'Personnes inscrites',
    waiting: 'en attente',
  },

  cancel: {
    heading: 'Annuler la rencontre',
    word: 'Un mot aux personnes inscrites',
    wordHint: 'Il sera dans le courriel. Vous pouvez le laisser vide.',
    do: 'Annuler la rencontre',
    doing: 'Annulation…',
    sure: 'C’est définitif : les personnes inscrites reçoivent un courriel.',
  },

  byLink: {
    title: 'Annuler mon inscription',
    heading: 'Annuler mon inscription',
    intro: 'Votre place ira à la personne suivante.',
    doneHeading: 'Votre inscription est annulée',
    done: 'Merci de l’avoir dit : votre place est libre.',
    invalidHeading: 'Ce lien ne peut plus servir',
    home: 'Aller à l’accueil',
  },
};

export type CalendarWords = typeof frCalendar;
