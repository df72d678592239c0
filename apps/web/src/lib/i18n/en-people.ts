import type { PeopleWords } from './fr-people.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

function minutes(ms: number): string {
  const n = Math.max(1, Math.ceil(ms / 60_000));
  return plural(n, { one: `${n} minute`, other: `${n} minutes` });
}

/** Accounts in English. */
export const enPeople: PeopleWords = {
  refusals: {
    invalidInput: () => 'The server could not read what is written. Check each field, then try again.',
    foreignOrigin: () =>
      'This request does not come from a page of Relais. Reload the page, then try again; if it comes back, the server’s public address is set wrongly.',
    notSignedIn: () =>
      'Your session has ended on this device. Sign in again in another tab, then try again here: what you wrote stays.',
    notAllowed: () => 'Only those who administer the site can do this. Ask them to.',
    wrongCredentials: () =>
      'This address and this password do not go together. Check them, or get a link instead.',
    linkInvalid: () =>
      'This link cannot be used any more: it was used already, or it is more than fifteen minutes old. Ask for another one.',
    wrongToken: () => 'This token is not the server’s. Copy it from what the start shows.',
    notOpen: () =>
      'Somebody administers the site already: this page is of no more use. Sign in, or ask them for an invitation.',
    notAPhoto: () =>
      'This file is not an image that Relais can read. Choose a photo that is a JPEG, PNG or WebP.',
    tooLarge: () => 'This file is larger than 6 MB. Choose a smaller photo.',
    unknownId: () => 'What you asked for is not there any more. Reload the page.',
    signInAgain: () =>
      'To protect your information, you need to have signed in within the last fifteen minutes. Sign out, sign in again, then try again.',
    lastAdministrator: () =>
      'You are the only person who administers the site. There has to be another one before your account can be erased.',
    tooMany: ({ retryAfterMs }) =>
      `Too many attempts in a short time. Try again in ${minutes(retryAfterMs)}.`,
    unavailable: () => 'The server does not answer right now. Nothing is lost: try again in a moment.',
  },

  fields: {
    email: 'Email',
    emailWrong: 'This is not a whole address. It looks like name@example.ca.',
    password: 'Password',
    passwordMissing: 'Write your password.',
    newPassword: 'New password',
    newPasswordHint: (min) =>
      `${min} characters or more. A sentence that you remember is better than complicated signs.`,
    passwordShort: (left) =>
      plural(left, { one: `${left} character is missing.`, other: `${left} characters are missing.` }),
    show: 'Show the password',
    name: 'Your name',
    nameHint: 'As you want to be called.',
    nameMissing: 'Write your name.',
  },

  signIn: {
    agree: 'By signing in you agree to what this page says:',
    agreeLink: 'Privacy (new tab)',
    title: 'Sign in',
    heading: 'Sign in',
    intro: 'You need no account to take part in a meeting: its link is enough.',
    askLink: 'Get a link by email',
    asking: 'Sending…',
    linkHint: 'You will get a link that signs this device in. The first time, it makes your account.',
    usePassword: 'Sign in with a password',
    useLink: 'Get a link instead',
    enter: 'Sign in',
    entering: 'Signing in…',
    forgotten: 'Forgotten password',
    provider: (name) => `Continue with ${name}`,
    providerFailed: (name) => `Signing in with ${name} did not work. Try again, or get a link by email.`,
    first: 'Nobody administers this server yet. Open the address that its start shows.',
    already: (name) => `This device is signed in already, as ${name}.`,
    toMe: 'Go to my account',
    sentHeading: 'Look at your email',
    sent: (email) => `A link has gone to ${email}. It can be used once, within fifteen minutes.`,
    sentHint: 'Nothing after a few minutes? Look among unwanted mail, and check the address above.',
    keptHeading: 'Your link is waiting for you',
    kept: (email) =>
      `This server does not send emails yet. The person who administers it has the link for ${email}: ask them for it. It can be used once, within fifteen minutes.`,
    again: 'Change the address or start again',
  },

  link: {
    title: 'Signing in by link',
    heading: 'One more step',
    intro: 'This button signs this device in. The link cannot be used again afterwards.',
    use: 'Sign in',
    using: 'Signing in…',
    invalidHeading: 'This link cannot be used any more',
    invalid: 'It was used already, or it is more than fifteen minutes old. Another one takes a moment.',
    another: 'Get another link',
  },

  password: {
    title: 'Password',
    askHeading: 'Choose a password',
    askIntro: 'Write the address of your account: you will get a link there to choose a new password.',
    ask: 'Get the link',
    keptHeading: 'Ask for your link',
    kept: (email) =>
      `This server does not send emails yet. If there is an account with the address ${email}, the person who administers the server has its link now: ask them for it.`,
    sentHeading: 'Look at your email',
    sent: (email) =>
      `If there is an account with the address ${email}, a link has gone there. It can be used once, within fifteen minutes.`,
    setHeading: 'Your new password',
    setIntro: 'Once it is saved, every device that is signed in to this account has to sign in again.',
    set: 'Save the password',
    setting: 'Saving…',
    doneHeading: 'The password is saved',
    done: 'Sign in with it now.',
    back: 'Sign in',
  },

  first: {
    title: 'First person',
    heading: 'First person who administers',
    intro:
      'Nobody administers this server yet. This page can be used once, by whoever has seen the server start.',
    token: 'Token of the start',
    tokenHint: 'It is the end of the address that the start shows, after the # sign.',
    tokenMissing: 'Write the token.',
    make: 'Create the account',
    making: 'Creating…',
    overHeading: 'Somebody administers this server already',
    over: 'This page can be used once only. If the account is yours, sign in.',
  },

  me: {
    title: 'My account',
    account: 'My account',
    administrator: 'Administers the site',
    signOut: 'Sign out',
    signingOut: 'Signing out…',
    signInAgain: 'Sign in again (new tab)',
    away: 'Your account cannot be read right now: the server does not answer.',
    retry: 'Try again',

    welcomeHeading: 'Welcome to Relais',
    welcome: 'Only your name is missing. All else is optional.',
    welcomeGo: 'Continue',

    profileHeading: 'My profile',
    profileIntro: 'Everything is optional but the name.',
    organisation: 'Organisation',
    territory: 'Territory',
    territoryHint: 'The MRC (regional county) where you work, or what stands for it.',
    languages: 'Languages',
    languagesHint: 'Separate them by commas: French, English.',
    languagesTooMany: (max) => `Keep ${max} languages at most.`,
    languageTooLong: (max) => `Each language has ${max} characters at most. Separate them by commas.`,
    offers: 'What I can offer',
    offersHint: 'An expertise, time, a room, a tool…',
    seeks: 'What I look for',
    seeksHint: 'Advice, partners, an example to follow…',
    save: 'Save',
    saving: 'Saving…',
    saved: 'Profile saved.',

    photoHeading: 'Photo',
    photoHint: 'It is cropped to a square and made smaller. Nothing else of the file is kept.',
    photoNone: 'No photo: your initials take its place.',
    photoOf: (name) => `Photo of ${name}`,
    choosePhoto: 'Choose a photo',
    changePhoto: 'Change the photo',
    sendingPhoto: 'Sending the photo…',
    photoSaved: 'Photo saved.',
    removePhoto: 'Remove the photo',
    photoRemoved: 'Photo removed.',

    accessHeading: 'Address and password',
    emailIs: 'Email',
    passwordSet: 'A password is set.',
    passwordNone: 'No password: you sign in by link.',
    changePassword: 'Change the password',
    choosePassword: 'Choose a password',
    passwordLink: (email) => `A link has gone to ${email}. It can be used once, within fifteen minutes.`,

    passwordKept:
      'This server does not send emails yet. The person who administers it has your link now: ask them for it.',
    mails: 'Waiting emails',

    devicesHeading: 'Devices signed in',
    devicesIntro: 'If you do not recognise a device, end its session.',
    device: (browser, system) =>
      browser && system ? `${browser}, ${system}` : (browser ?? system ?? 'Unknown browser'),
    thisOne: 'this device',
    since: (day) => `Signed in on ${day}`,
    lastUse: (when) => `used on ${when}`,
    end: 'End',
    endOf: (device) => `End the session: ${device}`,
    ended: (device) => `The session has ended: ${device}.`,
    endOthers: 'End all the others',
    othersEnded: 'All the other sessions have ended.',
  },

  mails: {
    title: 'Waiting emails',
    heading: 'Waiting emails',
    intro:
      'This server does not send emails yet: here they are, for you to hand on their links. A link opens the person’s account; give it to them alone.',
    kept: 'They are kept for thirty days.',
    none: 'No email is waiting.',
    refresh: 'Refresh',
    refreshed: 'The list is up to date.',
    back: 'My account',
    to: (email) => `To ${email}`,
    link: (email) => `Link for ${email}`,
  },
};
