import type { MailWords, ReadMeeting, Said } from './letter-of.ts';

/** [MAIL-4] What emails say in English. */
export const en: MailWords = {
  locale: 'en-CA',
  hello: 'Hello,',
  linkFallback: 'If the button does not work, copy this address into your browser:',
  sentBy:
    'This email comes from Relais, the meeting place of communities of practice. Nobody reads what is sent to this address.',
  when: (date, minutes, zone) => `${date} (${zone}), planned for ${duration(minutes)}.`,
  signInLink: ({ minutes }) => ({
    subject: 'Your link to sign in to Relais',
    before: [`Here is the link to sign in to Relais. It works once, ${within(minutes)}.`],
    button: 'Sign in',
    after: ['If you did not ask for it, ignore this email: nobody gets in without this link.'],
  }),
  passwordReset: ({ minutes }) => ({
    subject: 'Choose a password for Relais',
    before: [
      `Here is the link to choose a password. It works once, ${within(minutes)}. Devices that are signed in to your account will be signed out.`,
    ],
    button: 'Choose a password',
    after: ['If you did not ask for it, ignore this email: nothing changes.'],
  }),
  emailChange: ({ minutes }) => ({
    subject: 'Confirm your new email address',
    before: [`To use this address in Relais, confirm that it is yours ${within(minutes)}.`],
    button: 'Confirm this address',
    after: ['If you did not ask for it, ignore this email: nothing changes.'],
  }),
  communityInvitation: ({ community, invitedBy, days }) => ({
    subject: `Invitation to the community “${community}”`,
    before: [
      invitedBy === undefined
        ? `You have an invitation to the community of practice “${community}”.`
        : `${invitedBy} invites you to the community of practice “${community}”.`,
      `The invitation is good for ${days > 1 ? `${days} days` : 'one day'}.`,
    ],
    button: 'See the invitation',
    after: [],
  }),
  communityRequest: ({ community, person, word }) => ({
    subject: `${person} asks to join “${community}”`,
    before: [
      `${person} asks to join the community of practice “${community}”.`,
      ...(word === undefined ? [] : [`Their words: ${word}`]),
    ],
    button: 'See the request',
    after: ['Those who coordinate the community decide; one answer is enough.'],
  }),
  communityAccepted: ({ community, word }) => ({
    subject: `Welcome to “${community}”`,
    before: [
      `Your request was accepted: you are a member of the community of practice “${community}”.`,
      ...(word === undefined ? [] : [`From the coordination: ${word}`]),
    ],
    button: 'Open the community’s page',
    after: [],
  }),
  communityDeclined: ({ community, word }) => ({
    subject: `Your request to “${community}”`,
    before: [
      `The community of practice “${community}” did not take up your request.`,
      ...(word === undefined ? [] : [`From the coordination: ${word}`]),
    ],
    button: 'Open the community’s page',
    after: [],
  }),
  meetingInvitation: ({ meeting, invitedBy, animates }) =>
    animates ? entrusted(meeting, invitedBy) : invited(meeting, invitedBy),
  more: (meetings) =>
    meetings > 1
      ? `The ${meetings} meetings that follow are meant as well.`
      : 'The meeting that follows is meant as well.',
  registrationConfirmed: ({ meeting, cancelUrl, movedUp }) => ({
    subject: movedUp ? `A place for you: ${meeting.title}` : `Registration confirmed: ${meeting.title}`,
    before: [
      movedUp
        ? `A place has come free: you are registered for the meeting “${meeting.title}”.`
        : `You are registered for the meeting “${meeting.title}”.`,
      meeting.when,
    ],
    button: 'Open the meeting’s page',
    after: cancelUrl === undefined ? [] : [`You cannot come? Cancel your registration here: ${cancelUrl}`],
  }),
  registrationWaiting: ({ meeting, cancelUrl }) => ({
    subject: `On the waiting list: ${meeting.title}`,
    before: [
      `All places of the meeting “${meeting.title}” are taken. You are on the waiting list: if a place comes free, it is yours, and an email tells you so.`,
      meeting.when,
    ],
    button: 'Open the meeting’s page',
    after: cancelUrl === undefined ? [] : [`You do not want to wait any more? Say so here: ${cancelUrl}`],
  }),
  meetingReminder: ({ meeting }) => ({
    subject: `Reminder: ${meeting.title}`,
    before: [`The meeting “${meeting.title}” is coming up.`, meeting.when],
    button: 'Open the meeting’s page',
    after: ['You can check your connection there beforehand.'],
  }),
  meetingChanged: ({ meeting, before }) => ({
    subject: `Changed: ${meeting.title}`,
    before: [
      before.title === meeting.title
        ? `The meeting “${meeting.title}” has changed.`
        : `The meeting “${before.title}” is now called “${meeting.title}”.`,
      `Before: ${before.date}.`,
      `Now: ${meeting.when}`,
    ],
    button: 'Open the meeting’s page',
    after: [],
  }),
  meetingCancelled: ({ meeting, word }) => ({
    subject: `Cancelled: ${meeting.title}`,
    before: [
      `The meeting “${meeting.title}”, planned for ${meeting.date}, will not take place.`,
      ...(word === undefined ? [] : [`A word from the animator: ${word}`]),
    ],
    button: 'Open the meeting’s page',
    after: [],
  }),
};

const within = (minutes: number) =>
  minutes > 1 ? `within the next ${minutes} minutes` : 'within the next minute';

function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const [h, m] = [`${hours} h`, `${rest} min`];
  if (hours === 0) return m;
  return rest === 0 ? h : `${h} ${m}`;
}

const invited = (meeting: ReadMeeting, invitedBy?: string): Said => ({
  subject: `Invitation: ${meeting.title}`,
  before: [
    invitedBy === undefined
      ? `You have an invitation to the meeting “${meeting.title}”.`
      : `${invitedBy} invites you to the meeting “${meeting.title}”.`,
    meeting.when,
  ],
  button: 'Open the meeting’s page',
  after: ['You can check your connection there beforehand.'],
});

const entrusted = (meeting: ReadMeeting, invitedBy?: string): Said => ({
  subject: `You run: ${meeting.title}`,
  before: [
    invitedBy === undefined
      ? `You are asked to run the meeting “${meeting.title}”.`
      : `${invitedBy} asks you to run the meeting “${meeting.title}”.`,
    meeting.when,
    'With your account, the meeting’s page lets you change it, see who registers, prepare the sub-groups and, when the time comes, run it.',
  ],
  button: 'Prepare the meeting',
  after: ['You can check your connection there beforehand.'],
});
