import type {
  CommunityRefusal,
  CommunityRole,
  ImportColumn,
  ImportProblem,
  Joining,
} from '@relais/protocol/communities';
import { frPeople } from './fr-people.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

type RefusalWords = {
  [K in CommunityRefusal['kind']]: (refusal: Extract<CommunityRefusal, { kind: K }>) => string;
};

const refusals: RefusalWords = {
  ...frPeople.refusals,
  notAllowed: () =>
    'Cela revient aux personnes qui coordonnent cette communauté, ou qui administrent le site.',
  unknownId: () => 'Ce que vous avez demandé n’existe plus, ou ne vous est pas ouvert. Rechargez la page.',
  linkInvalid: () =>
    'Cette invitation ne peut plus servir : elle a été utilisée, retirée, ou elle est expirée. Demandez-en une autre à la personne qui vous l’a envoyée.',
  notOpen: () =>
    'La façon de se joindre à cette communauté a changé entre-temps. Rechargez la page pour voir où elle en est.',
  tooLarge: () => 'Ce fichier est trop gros. Divisez-le en plusieurs fichiers, puis réessayez.',
  lastCoordinator: () =>
    'C’est la dernière personne qui coordonne cette communauté. Confiez d’abord la coordination à quelqu’un d’autre.',
  slugTaken: () => 'Une autre communauté a déjà cette adresse. Choisissez-en une autre.',
  full: () => 'Le nombre permis est atteint. Retirez ce qui ne sert plus, puis réessayez.',
  nameMissing: () =>
    'Votre compte n’a pas encore de nom, et les membres ne vous reconnaîtraient pas. Écrivez-le dans votre compte, puis revenez ici.',
  otherAddress: () =>
    'Cette invitation est pour une autre adresse que celle de votre compte. Connectez-vous avec l’adresse qui l’a reçue, ou demandez une invitation à la vôtre.',
  notUtf8: () =>
    'Les accents de ce fichier ne peuvent pas être lus. Enregistrez-le en « CSV UTF-8 », puis choisissez-le de nouveau.',
  noColumns: () =>
    'La première ligne de ce fichier ne nomme pas ses colonnes, ou aucune ne s’appelle « courriel ». Ajoutez-la, puis choisissez le fichier de nouveau.',
  tooManyLines: () => 'Ce fichier a plus de 500 lignes. Divisez-le en plusieurs fichiers, puis réessayez.',
};

type ProblemWords = {
  [K in ImportProblem['kind']]: (problem: Extract<ImportProblem, { kind: K }>) => string;
};
const columnNames: Record<ImportColumn, string> = {
  email: 'Courriel',
  name: 'Nom',
  organisation: 'Organisme',
  territory: 'Territoire',
  languages: 'Langues',
  offers: 'Offre',
  seeks: 'Cherche',
  role: 'Rôle',
};

const roles: Record<CommunityRole, string> = {
  coordinator: 'Coordination',
  animator: 'Animation',
  member: 'Membre',
};
const joinings: Record<Joining, string> = {
  invitation: 'Sur invitation',
  request: 'Sur demande',
  open: 'Ouverte',
};
const joiningHints: Record<Joining, string> = {
  invitation: 'On devient membre par une invitation seulement.',
  request: 'On demande à devenir membre, et les personnes qui coordonnent décident.',
  open: 'Toute personne qui a un compte peut devenir membre.',
};

/** Communities in French (Canada). */
export const frCommunities = {
  refusals,
  signInAgain: frPeople.me.signInAgain,
  toAccount: 'Aller à mon compte',
  roles,
  joinings,
  joiningHints,
  members: (n: number) => plural(n, { one: `${n} membre`, other: `${n} membres` }),

  list: {
    title: 'Communautés',
    heading: 'Communautés de pratique',
    mine: 'Mes communautés',
    mineNone: 'Vous n’êtes membre d’aucune communauté pour l’instant.',
    invited: 'Une invitation vous attend',
    others: 'Autres communautés',
    none: 'Il n’y a pas encore de communauté ici.',
    make: 'Créer une communauté',
    requested: 'Demande envoyée',
  },

  make: {
    title: 'Nouvelle communauté',
    heading: 'Nouvelle communauté',
    slug: 'Adresse de la page',
    slugHint: 'Lettres sans accent, chiffres et traits d’union. Elle ne change plus ensuite.',
    slugWrong: 'Utilisez des lettres minuscules sans accent, des chiffres et des traits d’union.',
    coordinator: 'Courriel de la première personne qui coordonne',
    coordinatorHint: 'Elle reçoit une invitation. Écrivez votre adresse si c’est vous.',
    make: 'Créer la communauté',
    making: 'Création en cours…',
    back: 'Toutes les communautés',
  },

  form: {
    name: 'Nom de la communauté',
    nameMissing: 'Écrivez le nom de la communauté.',
    description: 'Description',
    descriptionHint: 'Pour qui, pour quoi, à quel rythme. Toute personne qui a un compte la voit.',
    joining: 'Comment on devient membre',
    save: 'Enregistrer',
    saving: 'Enregistrement…',
    saved: 'Réglages enregistrés.',
  },

  page: {
    join: 'Devenir membre',
    joining: 'Inscription en cours…',
    joined: 'Vous êtes membre de cette communauté.',
    accept: 'Accepter l’invitation',
    invited: 'Vous avez une invitation à cette communauté.',
    word: 'Un mot sur vous (facultatif)',
    wordHint: 'Ce que vous faites, et où. Les personnes qui coordonnent le lisent.',
    ask: 'Demander à devenir membre',
    asking: 'Envoi en cours…',
    asked: 'Votre demande est envoyée. Un courriel vous dira la réponse.',
    withdraw: 'Retirer ma demande',
    withdrawn: 'Votre demande est retirée.',
    byInvitation: 'Pour en faire partie, il faut une invitation d’une personne qui coordonne.',
    role: (role: string) => `Votre rôle : ${role}`,
    directory: 'Répertoire des membres',
    settings: 'Réglages et invitations',
    register: 'Registre',
    leave: 'Quitter la communauté',
    leaveSure: (name: string) => `Quitter « ${name} »`,
    leaveText:
      'Vous ne verrez plus ses membres, et ils ne vous verront plus. Pour revenir, il faudra vous joindre de nouveau.',
    leaveYes: 'Quitter la communauté',
    cancel: 'Annuler',
    left: 'Vous avez quitté la communauté.',
    noCoordinator: 'Cette communauté n’a personne pour la coordonner.',
    name: 'Nommer cette personne',
    named: 'C’est fait : la personne coordonne la communauté dès qu’elle accepte.',
  },

  directory: {
    title: (name: string) => `Membres – ${name}`,
    heading: 'Répertoire des membres',
    q: 'Nom ou organisme',
    territory: 'Territoire',
    territoryHint: 'Une MRC, ou une partie de son nom.',
    expertise: 'Expertise',
    expertiseHint: 'Ce qu’une personne offre ou cherche.',
    search: 'Chercher',
    clear: 'Tout montrer',
    found: (n: number) => plural(n, { one: `${n} personne`, other: `${n} personnes` }),
    none: 'Personne ne correspond à cette recherche. Enlevez un mot, ou montrez tout le monde.',
    more: 'Montrer la suite',
    loading: 'Chargement…',
    offers: 'Peut offrir',
    seeks: 'Cherche',
    languages: 'Langues',
    self: 'vous',
    role: (name: string) => `Rôle de ${name}`,
    roleSaved: (name: string) => `Rôle de ${name} enregistré.`,
    remove: 'Retirer',
    removeOf: (name: string) => `Retirer ${name} de la communauté`,
    removeText: (name: string) =>
      `${name} ne verra plus les membres de la communauté. Son compte reste, et vous pourrez inviter cette personne de nouveau.`,
    removed: (name: string) => `${name} ne fait plus partie de la communauté.`,
    back: 'Page de la communauté',
  },

  settings: {
    title: (name: string) => `Réglages – ${name}`,
    heading: 'Réglages et invitations',
    pageHeading: 'Page de la communauté',
    requestsHeading: 'Demandes',
    requestsNone: 'Aucune demande en attente.',
    accept: 'Accepter',
    acceptOf: (name: string) => `Accepter la demande de ${name}`,
    decline: 'Refuser',
    declineOf: (name: string) => `Refuser la demande de ${name}`,
    accepted: (name: string) => `${name} est membre. Un courriel le lui dit.`,
    declined: (name: string) => `La demande de ${name} est refusée. Un courriel le lui dit.`,
    reply: 'Un mot avec la réponse (facultatif)',
    asked: (day: string) => `Demandé le ${day}`,
    inviteHeading: 'Inviter par courriel',
    emails: 'Adresses',
    emailsHint: (max: number) => `Une par ligne, ou séparées par des virgules ; ${max} au plus à la fois.`,
    emailsMissing: 'Écrivez une adresse au moins.',
    emailsWrong: (which: string) => `Ce n’est pas une adresse complète : ${which}.`,
    emailsTooMany: (max: number) => `Gardez ${max} adresses au plus, et invitez les autres ensuite.`,
    role: 'Rôle proposé',
    invite: 'Envoyer les invitations',
    inviting: 'Envoi en cours…',
    invited: (n: number) =>
      plural(n, { one: `${n} invitation envoyée.`, other: `${n} invitations envoyées.` }),
    already: (emails: string) => `Déjà membre : ${emails}.`,
    linkHeading: 'Inviter par un lien',
    linkIntro: 'Toute personne qui a ce lien peut devenir membre, tant qu’il est valide.',
    days: 'Valide pendant',
    daysOf: (n: number) => plural(n, { one: `${n} jour`, other: `${n} jours` }),
    makeLink: 'Créer un lien',
    linkMade: 'Lien créé.',
    linkLabel: 'Lien d’invitation',
    pendingHeading: 'Invitations valides',
    pendingNone: 'Aucune invitation en attente.',
    link: 'Lien d’invitation',
    until: (day: string) => `Valide jusqu’au ${day}`,
    revoke: 'Retirer',
    revokeOf: (what: string) => `Retirer l’invitation : ${what}`,
    revoked: 'Invitation retirée : son lien ne sert plus.',
    import: 'Importer des membres d’un fichier',
  },

  import: {
    title: (name: string) => `Importer des membres – ${name}`,
    heading: 'Importer des membres',
    intro:
      'Choisissez un fichier CSV en UTF-8. Rien n’est écrit, et personne ne reçoit de courriel, avant que vous ayez vu le résultat et confirmé.',
    columns:
      'La première ligne nomme les colonnes : courriel (obligatoire), prénom, nom, organisme, MRC, langues, offre, cherche, rôle.',
    what: 'Chaque personne reçoit une invitation par courriel, et devient membre quand elle l’accepte.',
    file: 'Fichier CSV',
    reading: 'Lecture du fichier…',
    previewHeading: 'Ce qui sera fait',
    toInvite: (n: number) =>
      plural(n, { one: `${n} personne sera invitée.`, other: `${n} personnes seront invitées.` }),
    toInviteNone: 'Personne n’est à inviter dans ce fichier.',
    leftOut: (n: number) =>
      plural(n, {
        one: `${n} ligne ne peut pas servir, et sera laissée de côté :`,
        other: `${n} lignes ne peuvent pas servir, et seront laissées de côté :`,
      }),
    unused: (columns: string) => `Colonnes qui ne servent pas : ${columns}.`,
    line: (n: number) => `Ligne ${n}`,
    lineColumn: 'Ligne',
    name: 'Nom',
    email: 'Courriel',
    role: 'Rôle',
    outcome: 'Ce qui sera fait',
    outcomes: {
      invite: 'Invitation',
      invited: 'Déjà invitée, rien de nouveau',
      member: 'Déjà membre',
    },
    problems: {
      emailMissing: () => 'il n’y a pas d’adresse courriel.',
      emailWrong: ({ written }) => `« ${written} » n’est pas une adresse complète.`,
      emailTwice: ({ line }) => `la même adresse est à la ligne ${line}.`,
      tooLong: ({ column, max }) => `${columnNames[column]} : ${max} caractères au plus.`,
      notText: ({ column }) => `${columnNames[column]} : des signes ne peuvent pas être lus.`,
      unknownRole: ({ written }) =>
        `« ${written} » n’est pas un rôle. Écrivez membre, animation ou coordination.`,
      quotes: () => 'un guillemet n’est pas fermé : rien ne peut être lu à partir d’ici.',
    } satisfies ProblemWords as ProblemWords,
    go: (n: number) => plural(n, { one: `Inviter ${n} personne`, other: `Inviter ${n} personnes` }),
    going: 'Envoi des invitations…',
    other: 'Choisir un autre fichier',
    doneHeading: 'Importation terminée',
    done: (n: number) =>
      plural(n, { one: `${n} invitation est envoyée.`, other: `${n} invitations sont envoyées.` }),
  },

  invitation: {
    title: 'Invitation',
    heading: (name: string) => `Invitation à « ${name} »`,
    by: (name: string) => `${name} vous invite à cette communauté de pratique.`,
    byNobody: 'Vous avez une invitation à cette communauté de pratique.',
    role: (role: string) => `Rôle proposé : ${role}.`,
    accept: 'Accepter l’invitation',
    accepting: 'Un instant…',
    signIn: 'Me connecter pour accepter',
    signInHint: (email: string) => `Connectez-vous avec ${email}, puis vous reviendrez ici.`,
    signInHintLink: 'Après la connexion, vous reviendrez ici. Un compte se crée avec une adresse courriel.',
    loading: 'Lecture de l’invitation…',
    invalidHeading: 'Cette invitation ne peut plus servir',
    retry: 'Réessayer',
    toList: 'Voir les communautés',
  },
};

export type CommunityWords = typeof frCommunities;
