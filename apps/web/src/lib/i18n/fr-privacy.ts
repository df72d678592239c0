import type { RegisterKind } from '@relais/protocol/privacy';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

/** Of the register: what was done, in one line. */
const kinds: Record<RegisterKind, string> = {
  privacyAccepted: 'Première connexion : accord avec la page sur les renseignements personnels',
  communityJoined: 'Entrée dans une communauté et son répertoire',
  communityLeft: 'Départ d’une communauté et de son répertoire',
  dataExported: 'Téléchargement de ses renseignements',
  personErased: 'Compte effacé à la demande de la personne',
  meetingForgotten: 'Rencontre oubliée, son temps étant passé',
  mailsRead: 'Lecture des courriels en attente',
  administratorMade: 'Première personne qui administre le site',
  communityMade: 'Communauté créée',
  communityChanged: 'Réglages d’une communauté changés',
  coordinatorNamed: 'Coordination d’une communauté confiée',
  roleChanged: 'Rôle changé',
  memberRemoved: 'Membre retiré d’une communauté',
  membersImported: 'Membres importés d’un fichier',
  invitationsSent: 'Invitations envoyées par courriel',
  invitationLinkMade: 'Lien d’invitation créé',
  invitationRevoked: 'Invitation retirée',
  requestAccepted: 'Demande d’adhésion acceptée',
  requestDeclined: 'Demande d’adhésion refusée',
  meetingAnnounced: 'Rencontre annoncée',
  meetingChanged: 'Rencontre annoncée modifiée',
  meetingCancelled: 'Rencontre annulée',
  entryChanged: 'Choix de qui peut entrer dans une rencontre',
  guestLinkMade: 'Lien pour personnes invitées créé',
  guestLinkRevoked: 'Lien pour personnes invitées désactivé',
};

function duration(days: number): string {
  if (days === 0) return 'sans limite de temps';
  if (days % 365 === 0) return plural(days / 365, { one: `${days / 365} an`, other: `${days / 365} ans` });
  return plural(days, { one: `${days} jour`, other: `${days} jours` });
}

/** Personal information, in French (Canada). */
export const frPrivacy = {
  page: {
    title: 'Confidentialité',
    heading: 'Vos renseignements personnels',
    intro:
      'Ce que Relais garde de vous, pendant combien de temps, et ce que vous pouvez en faire. La Loi 25 du Québec vous donne ces droits.',
    erased: 'Votre compte est effacé. Cet appareil n’est plus connecté.',

    responsibleHeading: 'Qui en répond',
    responsible: (who: string) => `Sur ce serveur : ${who}.`,
    responsibleNone:
      'Personne n’est encore nommé sur ce serveur. Adressez-vous à l’organisation qui vous invite ici.',

    keptHeading: 'Ce qui est gardé, et pendant combien de temps',
    kept: {
      meeting: 'Dans une rencontre',
      meetingWhat:
        'Le nom que vous écrivez, l’heure de votre arrivée et de votre départ, vos messages, et les notes écrites ensemble.',
      meetingLong: (days: number) =>
        days === 0
          ? 'Sans limite de temps.'
          : `${duration(days)} après la dernière activité de la rencontre.`,
      account: 'Votre compte, si vous en avez un',
      accountWhat:
        'Votre courriel, votre nom, et ce que vous ajoutez à votre profil : organisme, territoire, langues, expertise, photo. Tout est facultatif, sauf le nom.',
      communities: 'Vos communautés et vos inscriptions',
      communitiesWhat:
        'Celles dont vous êtes membre, votre rôle, vos demandes, et les rencontres où vous vous inscrivez.',
      untilErased: 'Jusqu’à ce que vous partiez, ou que vous fassiez effacer votre compte.',
      sessions: 'Vos appareils connectés',
      sessionsWhat: 'Le navigateur, et la date de la dernière utilisation.',
      sessionsLong: (days: number) => `${duration(days)} après la dernière utilisation.`,
      mails: 'Les courriels que Relais vous envoie',
      mailsWhat: 'Leur sujet, leur date et votre adresse. Leur texte est effacé dès qu’ils sont partis.',
      checks: 'Une vérification de connexion',
      checksWhat: 'Son résultat et votre nom, seulement si vous choisissez de les transmettre.',
      register: 'Le registre',
      registerWhat:
        'Les consentements, et ce que font les personnes qui administrent ou coordonnent. Il ne contient ni nom ni adresse : il renvoie aux comptes.',
      long: (days: number) => (days === 0 ? 'Sans limite de temps.' : `${duration(days)}.`),
    },

    notKeptHeading: 'Ce qui n’est pas gardé',
    notKept:
      'L’image, le son et l’écran partagé ne sont pas enregistrés : ils passent par le serveur le temps de la rencontre. L’adresse de votre appareil sert à établir la connexion et à limiter les abus ; elle n’est pas rangée avec votre compte.',

    seenHeading: 'Qui voit quoi',
    seen: [
      'Dans une rencontre, les autres voient votre nom et ce que vous y écrivez.',
      'Les membres d’une communauté voient votre nom, votre profil et votre photo dans son répertoire ; les personnes qui la coordonnent voient aussi votre courriel.',
      'Les personnes qui administrent le site voient le registre et les présences aux rencontres.',
    ],

    othersHeading: 'Rien ne va à des tiers',
    others:
      'Aucun renseignement n’est vendu ni transmis. Les pages ne chargent rien d’ailleurs : ni publicité, ni mesure d’audience, ni police de caractères. Les courriels partent par le serveur de courriel de l’organisation responsable.',

    deviceHeading: 'Sur votre appareil',
    device:
      'Deux témoins (cookies) au plus : votre langue et, si vous vous connectez, votre session. Votre navigateur retient aussi le nom et les appareils que vous avez choisis ; ils n’en sortent pas.',

    rightsHeading: 'Vos droits',
    rights:
      'Dans votre compte, vous pouvez corriger vos renseignements, les télécharger, lire ce que le registre a de vous, et tout faire effacer. Cela retire aussi votre consentement.',
    rightsNoAccount:
      'Sans compte, écrivez à la personne responsable : elle peut vous dire ce qui est gardé et l’effacer.',
    complaint:
      'Si la réponse ne vous convient pas, vous pouvez vous adresser à la Commission d’accès à l’information du Québec.',
    toMe: 'Aller à mon compte',
  },

  own: {
    heading: 'Mes renseignements',
    intro: 'Tout ce que Relais garde de vous est à vous : emportez-le, ou faites-le effacer.',
    page: 'Télécharger pour lire',
    json: 'Télécharger en JSON',
    preparing: 'Préparation…',
    downloaded: 'Le fichier est téléchargé.',
    register: 'Registre de ce qui me concerne',
    policy: 'Ce qui est gardé, et pendant combien de temps',
    signIn: 'Me reconnecter',
    erase: 'Faire effacer mon compte…',
  },

  erase: {
    heading: 'Faire effacer votre compte ?',
    goesHeading: 'Ce qui s’efface tout de suite',
    goes: [
      'Votre compte, votre profil, votre photo et votre mot de passe.',
      'Vos communautés, vos demandes, vos invitations et vos inscriptions.',
      'Les courriels à votre adresse. Tous vos appareils sont déconnectés.',
    ],
    staysHeading: 'Ce qui reste, et pourquoi',
    stays: [
      'Les rencontres appartiennent aussi aux autres : votre nom y devient « Personne effacée ».',
      'Les notes s’écrivent à plusieurs et ne nomment personne : elles restent.',
      'Ce que vous avez écrit sans être connecté ne se distingue pas de ce que d’autres ont écrit : il reste jusqu’à ce que la rencontre soit oubliée.',
      'Le registre garde qu’un compte a été effacé, sans dire lequel.',
      'Un courriel déjà prêt pour quelqu’un d’autre, une invitation par exemple, peut encore contenir votre nom pendant 30 jours au plus.',
      'Les copies de sauvegarde du serveur le gardent jusqu’à ce qu’elles soient remplacées.',
    ],
    messages: 'Vos messages dans les rencontres',
    eraseMessages: 'Les effacer aussi',
    keepMessages: 'Les laisser, sous « Personne effacée »',
    email: 'Votre courriel, pour confirmer',
    emailHint: (email: string) => `Écrivez ${email}.`,
    emailWrong: 'Ce n’est pas l’adresse de ce compte.',
    go: 'Effacer définitivement',
    going: 'Effacement…',
    cancel: 'Annuler',
  },

  register: {
    title: 'Registre',
    heading: { own: 'Registre de ce qui me concerne', site: 'Registre du site', community: 'Registre' },
    intro: {
      own: 'Ce que vous avez fait et accepté, et ce qu’on a fait qui vous touche.',
      site: 'Les consentements et les actes d’administration de tout le site. Une personne effacée n’y est plus nommée.',
      community: 'Ce qui a été fait dans cette communauté, par qui, et quand.',
    },
    attendanceHeading: 'Présences aux rencontres',
    attendanceIntro:
      'Qui est venu et quand, d’après les rencontres qui sont encore gardées. Sans compte, le nom est celui que la personne a écrit.',
    views: 'Registres',
    own: 'Ce qui me concerne',
    site: 'Tout le site',
    attendance: 'Présences',
    kind: 'Acte',
    all: 'Tous les actes',
    show: 'Afficher',
    none: 'Rien n’y est encore inscrit. Ce qui s’y ajoutera paraîtra ici.',
    noneOfKind: 'Aucun acte de ce genre n’y est inscrit. Choisissez « Tous les actes » pour lire le reste.',
    by: (name: string) => `par ${name}`,
    to: (name: string) => `pour ${name}`,
    community: (name: string) => `Communauté : ${name}`,
    meeting: (title: string) => `Rencontre : ${title}`,
    noAccount: 'sans compte',
    cameAt: (when: string) => `Arrivée : ${when}`,
    leftAt: (when: string) => `Départ : ${when}`,
    reasons: {
      graceExpired: 'connexion perdue',
      removed: 'retirée de la rencontre',
    },
    pages: 'Pages du registre',
    newest: 'Le plus récent',
    older: 'Plus ancien',
    back: 'Mon compte',
    backToCommunity: 'Retour à la communauté',
  },

  kinds,
};

export type PrivacyWords = typeof frPrivacy;
