import type { MailWords, ReadMeeting, Said } from './letter-of.ts';

/** [MAIL-4] What emails say in French. Plain words: many read them on a phone, between two appointments. */
export const fr: MailWords = {
  locale: 'fr-CA',
  hello: 'Bonjour,',
  linkFallback: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
  sentBy:
    'Ce courriel vient de Relais, le lieu de rencontre des communautés de pratique. Personne ne lit les réponses à cette adresse.',
  when: (date, minutes, zone) => `${date} (${zone}), durée prévue : ${duration(minutes)}.`,
  signInLink: ({ minutes }) => ({
    subject: 'Votre lien de connexion à Relais',
    before: [`Voici le lien pour vous connecter à Relais. Il sert une seule fois, ${within(minutes)}.`],
    button: 'Me connecter',
    after: ['Si vous n’avez rien demandé, ignorez ce courriel : personne n’entre sans ce lien.'],
  }),
  passwordReset: ({ minutes }) => ({
    subject: 'Choisir un mot de passe pour Relais',
    before: [
      `Voici le lien pour choisir un mot de passe. Il sert une seule fois, ${within(minutes)}. Les appareils connectés à votre compte seront déconnectés.`,
    ],
    button: 'Choisir un mot de passe',
    after: ['Si vous n’avez rien demandé, ignorez ce courriel : rien ne change.'],
  }),
  emailChange: ({ minutes }) => ({
    subject: 'Confirmez votre nouvelle adresse courriel',
    before: [`Pour utiliser cette adresse dans Relais, confirmez qu’elle est à vous ${within(minutes)}.`],
    button: 'Confirmer cette adresse',
    after: ['Si vous n’avez rien demandé, ignorez ce courriel : rien ne change.'],
  }),
  communityInvitation: ({ community, invitedBy, days }) => ({
    subject: `Invitation à la communauté « ${community} »`,
    before: [
      invitedBy === undefined
        ? `Vous avez une invitation à la communauté de pratique « ${community} ».`
        : `${invitedBy} vous invite à la communauté de pratique « ${community} ».`,
      `L’invitation est valide pendant ${days > 1 ? `${days} jours` : 'un jour'}.`,
    ],
    button: 'Voir l’invitation',
    after: [],
  }),
  communityRequest: ({ community, person, word }) => ({
    subject: `${person} demande à se joindre à « ${community} »`,
    before: [
      `${person} demande à se joindre à la communauté de pratique « ${community} ».`,
      ...(word === undefined ? [] : [`Son mot : ${word}`]),
    ],
    button: 'Voir la demande',
    after: ['Les personnes qui coordonnent la communauté décident ; une seule réponse suffit.'],
  }),
  communityAccepted: ({ community, word }) => ({
    subject: `Bienvenue dans « ${community} »`,
    before: [
      `Votre demande est acceptée : vous êtes membre de la communauté de pratique « ${community} ».`,
      ...(word === undefined ? [] : [`Mot de la coordination : ${word}`]),
    ],
    button: 'Ouvrir la page de la communauté',
    after: [],
  }),
  communityDeclined: ({ community, word }) => ({
    subject: `Votre demande à « ${community} »`,
    before: [
      `La communauté de pratique « ${community} » n’a pas retenu votre demande.`,
      ...(word === undefined ? [] : [`Mot de la coordination : ${word}`]),
    ],
    button: 'Ouvrir la page de la communauté',
    after: [],
  }),
  meetingInvitation: ({ meeting, invitedBy, animates }) =>
    animates ? entrusted(meeting, invitedBy) : invited(meeting, invitedBy),
  more: (meetings) =>
    meetings > 1
      ? `Les ${meetings} rencontres suivantes sont aussi visées.`
      : 'La rencontre suivante est aussi visée.',
  registrationConfirmed: ({ meeting, cancelUrl, movedUp }) => ({
    subject: movedUp ? `Une place pour vous : ${meeting.title}` : `Inscription confirmée : ${meeting.title}`,
    before: [
      movedUp
        ? `Une place s’est libérée : votre inscription à la rencontre « ${meeting.title} » est confirmée.`
        : `Votre inscription à la rencontre « ${meeting.title} » est confirmée.`,
      meeting.when,
    ],
    button: 'Ouvrir la page de la rencontre',
    after: cancelUrl === undefined ? [] : [`Un empêchement? Annulez votre inscription ici : ${cancelUrl}`],
  }),
  registrationWaiting: ({ meeting, cancelUrl }) => ({
    subject: `Liste d’attente : ${meeting.title}`,
    before: [
      `La rencontre « ${meeting.title} » est complète. Vous êtes sur la liste d’attente : si une place se libère, elle est à vous et un courriel vous le dira.`,
      meeting.when,
    ],
    button: 'Ouvrir la page de la rencontre',
    after: cancelUrl === undefined ? [] : [`Vous ne souhaitez plus attendre? Dites-le ici : ${cancelUrl}`],
  }),
  meetingReminder: ({ meeting }) => ({
    subject: `Rappel : ${meeting.title}`,
    before: [`La rencontre « ${meeting.title} » approche.`, meeting.when],
    button: 'Ouvrir la page de la rencontre',
    after: ['Vous pouvez y vérifier votre connexion à l’avance.'],
  }),
  meetingChanged: ({ meeting, before }) => ({
    subject: `Changement : ${meeting.title}`,
    before: [
      before.title === meeting.title
        ? `La rencontre « ${meeting.title} » a changé.`
        : `La rencontre « ${before.title} » s’appelle maintenant « ${meeting.title} ».`,
      `Avant : ${before.date}.`,
      `Maintenant : ${meeting.when}`,
    ],
    button: 'Ouvrir la page de la rencontre',
    after: [],
  }),
  meetingCancelled: ({ meeting, word }) => ({
    subject: `Annulation : ${meeting.title}`,
    before: [
      `La rencontre « ${meeting.title} », prévue le ${meeting.date}, n’aura pas lieu.`,
      ...(word === undefined ? [] : [`Mot de l’animation : ${word}`]),
    ],
    button: 'Ouvrir la page de la rencontre',
    after: [],
  }),
};

const within = (minutes: number) =>
  minutes > 1 ? `dans les ${minutes} prochaines minutes` : 'dans la prochaine minute';

function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} minutes`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}

const invited = (meeting: ReadMeeting, invitedBy?: string): Said => ({
  subject: `Invitation : ${meeting.title}`,
  before: [
    invitedBy === undefined
      ? `Vous avez une invitation à la rencontre « ${meeting.title} ».`
      : `${invitedBy} vous invite à la rencontre « ${meeting.title} ».`,
    meeting.when,
  ],
  button: 'Ouvrir la page de la rencontre',
  after: ['Vous pouvez y vérifier votre connexion à l’avance.'],
});

const entrusted = (meeting: ReadMeeting, invitedBy?: string): Said => ({
  subject: `Vous animez : ${meeting.title}`,
  before: [
    invitedBy === undefined
      ? `L’animation de la rencontre « ${meeting.title} » vous est confiée.`
      : `${invitedBy} vous confie l’animation de la rencontre « ${meeting.title} ».`,
    meeting.when,
    'Avec votre compte, la page de la rencontre vous permet de la modifier, de voir qui s’inscrit, de préparer les sous-groupes et, le moment venu, de la mener.',
  ],
  button: 'Préparer la rencontre',
  after: ['Vous pouvez y vérifier votre connexion à l’avance.'],
});
