import type { PeopleRefusal } from '@relais/protocol/people';
import { pluralOf } from './plural.ts';

const plural = pluralOf('fr-CA');

type RefusalWords = {
  [K in PeopleRefusal['kind']]: (refusal: Extract<PeopleRefusal, { kind: K }>) => string;
};

const refusals: RefusalWords = {
  invalidInput: () => 'Le serveur n’a pas pu lire ce qui est écrit. Vérifiez chaque champ, puis réessayez.',
  foreignOrigin: () =>
    'Cette demande ne vient pas d’une page de Relais. Rechargez la page, puis réessayez ; si cela revient, l’adresse publique du serveur est mal réglée.',
  notSignedIn: () =>
    'Votre session a pris fin sur cet appareil. Reconnectez-vous dans un autre onglet, puis réessayez ici : ce que vous avez écrit reste.',
  notAllowed: () => 'Cela revient aux personnes qui administrent le site. Demandez-le-leur.',
  wrongCredentials: () =>
    'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou recevez plutôt un lien.',
  linkInvalid: () =>
    'Ce lien ne peut plus servir : il a déjà été utilisé, ou il a plus de quinze minutes. Demandez-en un autre.',
  wrongToken: () => 'Ce jeton n’est pas celui du serveur. Copiez-le de ce que le démarrage affiche.',
  notOpen: () =>
    'Une première personne administre déjà le site : cette page ne sert plus. Connectez-vous, ou demandez-lui une invitation.',
  notAPhoto: () =>
    'Ce fichier n’est pas une image que Relais peut lire. Choisissez une photo en JPEG, PNG ou WebP.',
  tooLarge: () => 'Ce fichier dépasse 6 Mo. Choisissez une photo plus petite.',
  unknownId: () => 'Ce que vous avez demandé n’existe plus. Rechargez la page.',
  signInAgain: () =>
    'Pour protéger vos renseignements, il faut s’être connecté depuis moins de quinze minutes. Déconnectez-vous, reconnectez-vous, puis réessayez.',
  lastAdministrator: () =>
    'Vous êtes la seule personne qui administre le site. Il en faut une autre avant que votre compte puisse être effacé.',
  tooMany: ({ retryAfterMs }) => `Trop d’essais en peu de temps. Réessayez dans ${minutes(retryAfterMs)}.`,
  unavailable: () => 'Le serveur ne répond pas pour l’instant. Rien n’est perdu : réessayez dans un moment.',
};

function minutes(ms: number): string {
  const n = Math.max(1, Math.ceil(ms / 60_000));
  return plural(n, { one: `${n} minute`, other: `${n} minutes` });
}

/** Accounts in French (Canada). */
export const frPeople = {
  refusals,

  fields: {
    email: 'Courriel',
    emailWrong: 'Ce n’est pas une adresse complète. Elle ressemble à nom@exemple.ca.',
    password: 'Mot de passe',
    passwordMissing: 'Écrivez votre mot de passe.',
    newPassword: 'Nouveau mot de passe',
    newPasswordHint: (min: number) =>
      `${min} caractères ou plus. Une phrase que vous retenez vaut mieux que des signes compliqués.`,
    passwordShort: (left: number) =>
      plural(left, { one: `Il manque ${left} caractère.`, other: `Il manque ${left} caractères.` }),
    show: 'Montrer le mot de passe',
    name: 'Votre nom',
    nameHint: 'Comme vous voulez qu’on vous appelle.',
    nameMissing: 'Écrivez votre nom.',
  },

  signIn: {
    agree: 'En vous connectant, vous acceptez ce que dit la page',
    agreeLink: 'Confidentialité (nouvel onglet)',
    title: 'Se connecter',
    heading: 'Se connecter',
    intro: 'Un compte n’est pas nécessaire pour participer à une rencontre : son lien suffit.',
    askLink: 'Recevoir un lien par courriel',
    asking: 'Envoi en cours…',
    linkHint:
      'Vous recevrez un lien qui connecte cet appareil. Si c’est la première fois, il crée votre compte.',
    usePassword: 'Me connecter avec un mot de passe',
    useLink: 'Recevoir plutôt un lien',
    enter: 'Me connecter',
    entering: 'Connexion en cours…',
    forgotten: 'Mot de passe oublié',
    provider: (name: string) => `Continuer avec ${name}`,
    providerFailed: (name: string) =>
      `La connexion avec ${name} n’a pas abouti. Réessayez, ou recevez un lien par courriel.`,
    first: 'Personne n’administre encore ce serveur. Ouvrez l’adresse que son démarrage affiche.',
    already: (name: string) => `Cet appareil est déjà connecté au nom de ${name}.`,
    toMe: 'Aller à mon compte',
    sentHeading: 'Regardez vos courriels',
    sent: (email: string) => `Un lien est parti à ${email}. Il sert une seule fois, pendant quinze minutes.`,
    sentHint:
      'Rien après quelques minutes ? Regardez dans les courriels indésirables, et vérifiez l’adresse ci-dessus.',
    keptHeading: 'Votre lien vous attend',
    kept: (email: string) =>
      `Ce serveur n’envoie pas encore de courriels. La personne qui l’administre a le lien de ${email} : demandez-le-lui. Il sert une seule fois, pendant quinze minutes.`,
    again: 'Changer d’adresse ou recommencer',
  },

  link: {
    title: 'Connexion par lien',
    heading: 'Encore un geste',
    intro: 'Ce bouton connecte cet appareil. Le lien ne pourra plus servir ensuite.',
    use: 'Me connecter',
    using: 'Connexion en cours…',
    invalidHeading: 'Ce lien ne peut plus servir',
    invalid: 'Il a déjà été utilisé, ou il a plus de quinze minutes. Un autre arrive en un instant.',
    another: 'Recevoir un autre lien',
  },

  password: {
    title: 'Mot de passe',
    askHeading: 'Choisir un mot de passe',
    askIntro:
      'Écrivez l’adresse de votre compte : vous y recevrez un lien pour choisir un nouveau mot de passe.',
    ask: 'Recevoir le lien',
    keptHeading: 'Demandez votre lien',
    kept: (email: string) =>
      `Ce serveur n’envoie pas encore de courriels. Si un compte a l’adresse ${email}, la personne qui administre le serveur a maintenant son lien : demandez-le-lui.`,
    sentHeading: 'Regardez vos courriels',
    sent: (email: string) =>
      `Si un compte a l’adresse ${email}, un lien vient d’y partir. Il sert une seule fois, pendant quinze minutes.`,
    setHeading: 'Votre nouveau mot de passe',
    setIntro: 'Quand il sera enregistré, tous les appareils connectés à ce compte devront se reconnecter.',
    set: 'Enregistrer le mot de passe',
    setting: 'Enregistrement…',
    doneHeading: 'Le mot de passe est enregistré',
    done: 'Connectez-vous maintenant avec ce mot de passe.',
    back: 'Se connecter',
  },

  first: {
    title: 'Première personne',
    heading: 'Première personne qui administre',
    intro:
      'Ce serveur n’a encore personne pour l’administrer. Cette page sert une seule fois, à qui a vu son démarrage.',
    token: 'Jeton du démarrage',
    tokenHint: 'C’est la fin de l’adresse que le démarrage affiche, après le signe #.',
    tokenMissing: 'Écrivez le jeton.',
    make: 'Créer le compte',
    making: 'Création en cours…',
    overHeading: 'Quelqu’un administre déjà ce serveur',
    over: 'Cette page ne sert qu’une fois. Si c’est votre compte, connectez-vous.',
  },

  me: {
    title: 'Mon compte',
    account: 'Mon compte',
    administrator: 'Administration du site',
    signOut: 'Se déconnecter',
    signingOut: 'Déconnexion…',
    signInAgain: 'Se reconnecter (nouvel onglet)',
    away: 'Votre compte ne peut pas être lu pour l’instant : le serveur ne répond pas.',
    retry: 'Réessayer',

    welcomeHeading: 'Bienvenue dans Relais',
    welcome: 'Il ne manque que votre nom. Tout le reste est facultatif.',
    welcomeGo: 'Continuer',

    profileHeading: 'Mon profil',
    profileIntro: 'Tout est facultatif, sauf le nom.',
    organisation: 'Organisme',
    territory: 'Territoire',
    territoryHint: 'La MRC où vous travaillez, ou ce qui la remplace.',
    languages: 'Langues',
    languagesHint: 'Séparez-les par des virgules : français, anglais.',
    languagesTooMany: (max: number) => `Gardez ${max} langues au plus.`,
    languageTooLong: (max: number) =>
      `Chaque langue a ${max} caractères au plus. Séparez-les par des virgules.`,
    offers: 'Ce que je peux offrir',
    offersHint: 'Une expertise, du temps, un local, un outil…',
    seeks: 'Ce que je cherche',
    seeksHint: 'Un conseil, des partenaires, un exemple à suivre…',
    save: 'Enregistrer',
    saving: 'Enregistrement…',
    saved: 'Profil enregistré.',

    photoHeading: 'Photo',
    photoHint: 'Elle est recadrée en carré et réduite. Rien d’autre du fichier n’est gardé.',
    photoNone: 'Aucune photo : vos initiales la remplacent.',
    photoOf: (name: string) => `Photo de ${name}`,
    choosePhoto: 'Choisir une photo',
    changePhoto: 'Changer la photo',
    sendingPhoto: 'Envoi de la photo…',
    photoSaved: 'Photo enregistrée.',
    removePhoto: 'Retirer la photo',
    photoRemoved: 'Photo retirée.',

    accessHeading: 'Adresse et mot de passe',
    emailIs: 'Courriel',
    passwordSet: 'Un mot de passe est choisi.',
    passwordNone: 'Aucun mot de passe : vous vous connectez par lien.',
    changePassword: 'Changer de mot de passe',
    choosePassword: 'Choisir un mot de passe',
    passwordLink: (email: string) =>
      `Un lien est parti à ${email}. Il sert une seule fois, pendant quinze minutes.`,

    passwordKept:
      'Ce serveur n’envoie pas encore de courriels. La personne qui l’administre a maintenant votre lien : demandez-le-lui.',
    mails: 'Courriels en attente',

    devicesHeading: 'Appareils connectés',
    devicesIntro: 'Si vous ne reconnaissez pas un appareil, mettez fin à sa session.',
    device: (browser: string | null, system: string | null) =>
      browser && system ? `${browser}, ${system}` : (browser ?? system ?? 'Navigateur inconnu'),
    thisOne: 'cet appareil',
    since: (day: string) => `Connecté le ${day}`,
    lastUse: (when: string) => `utilisé le ${when}`,
    end: 'Mettre fin',
    endOf: (device: string) => `Mettre fin à la session : ${device}`,
    ended: (device: string) => `La session a pris fin : ${device}.`,
    endOthers: 'Mettre fin à toutes les autres',
    othersEnded: 'Toutes les autres sessions ont pris fin.',
  },

  mails: {
    title: 'Courriels en attente',
    heading: 'Courriels en attente',
    intro:
      'Ce serveur n’envoie pas encore de courriels : les voici, pour que vous transmettiez leurs liens. Un lien ouvre le compte de la personne ; ne le donnez qu’à elle.',
    kept: 'Ils sont gardés trente jours.',
    none: 'Aucun courriel en attente.',
    refresh: 'Actualiser',
    refreshed: 'Liste à jour.',
    back: 'Mon compte',
    to: (email: string) => `À ${email}`,
    link: (email: string) => `Lien pour ${email}`,
  },
};

export type PeopleWords = typeof frPeople;
