import type { PrivacyWords } from './fr-privacy.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

function duration(days: number): string {
  if (days % 365 === 0)
    return plural(days / 365, { one: `${days / 365} year`, other: `${days / 365} years` });
  return plural(days, { one: `${days} day`, other: `${days} days` });
}

/** Personal information, in English. */
export const enPrivacy: PrivacyWords = {
  page: {
    title: 'Privacy',
    heading: 'Your personal information',
    intro:
      'What Relais keeps of you, for how long, and what you can do about it. Québec’s Law 25 gives you these rights.',
    erased: 'Your account is erased. This device is not signed in any more.',

    responsibleHeading: 'Who answers for it',
    responsible: (who) => `On this server: ${who}.`,
    responsibleNone: 'Nobody is named on this server yet. Ask the organisation that invited you here.',

    keptHeading: 'What is kept, and for how long',
    kept: {
      meeting: 'In a meeting',
      meetingWhat:
        'The name that you write, when you came and left, your messages, and the notes that people write together.',
      meetingLong: (days) =>
        days === 0 ? 'Without a limit.' : `${duration(days)} after the last activity of the meeting.`,
      account: 'Your account, if you have one',
      accountWhat:
        'Your email, your name, and what you add to your profile: organisation, territory, languages, expertise, photo. All is optional but the name.',
      communities: 'Your communities and registrations',
      communitiesWhat:
        'Those that you are a member of, your role, your requests, and the meetings that you register for.',
      untilErased: 'Until you leave, or have your account erased.',
      sessions: 'Devices that are signed in',
      sessionsWhat: 'The browser, and when it was last used.',
      sessionsLong: (days) => `${duration(days)} after their last use.`,
      mails: 'Emails that Relais sends you',
      mailsWhat: 'Their subject, their date and your address. Their text is erased once they have left.',
      checks: 'A connection check',
      checksWhat: 'Its result and your name, only if you choose to pass them on.',
      register: 'The register',
      registerWhat:
        'Consents, and what those who administer or coordinate do. It holds no name and no address: it refers to accounts.',
      long: (days) => (days === 0 ? 'Without a limit.' : `${duration(days)}.`),
    },

    notKeptHeading: 'What is not kept',
    notKept:
      'Picture, sound and shared screens are not recorded: they pass through the server while the meeting lasts. Your device’s address serves to connect it and to limit abuse; it is not stored with your account.',

    seenHeading: 'Who sees what',
    seen: [
      'In a meeting, others see your name and what you write there.',
      'Members of a community see your name, your profile and your photo in its directory; those who coordinate it see your email as well.',
      'Those who administer the site see the register and who attended meetings.',
    ],

    othersHeading: 'Nothing goes to third parties',
    others:
      'No information is sold or passed on. Pages load nothing from elsewhere: no advertising, no audience measurement, no fonts. Emails leave by the mail server of the organisation that is responsible.',

    deviceHeading: 'On your device',
    device:
      'Two cookies at most: your language and, if you sign in, your session. Your browser also remembers the name and the devices that you chose; they do not leave it.',

    rightsHeading: 'Your rights',
    rights:
      'In your account you can correct your information, download it, read what the register has of you, and have all of it erased. That also withdraws your consent.',
    rightsNoAccount:
      'Without an account, nothing tells your name and your messages from those of somebody of the same name: they stay until the meeting is forgotten. With any question, write to the person responsible.',
    complaint:
      'If the answer does not satisfy you, you can turn to the Commission d’accès à l’information du Québec.',
    toMe: 'Go to my account',
  },

  own: {
    heading: 'My information',
    intro: 'All that Relais keeps of you is yours: take it away, or have it erased.',
    page: 'Download to read',
    json: 'Download as JSON',
    preparing: 'Preparing…',
    downloaded: 'The file is downloaded.',
    register: 'Register of what concerns me',
    policy: 'What is kept, and for how long',
    signIn: 'Sign in again',
    erase: 'Have my account erased…',
  },

  erase: {
    heading: 'Have your account erased?',
    goesHeading: 'What is erased at once',
    goes: [
      'Your account, your profile, your photo and your password.',
      'Your communities, requests, invitations and registrations.',
      'Emails to your address. All your devices are signed out.',
    ],
    staysHeading: 'What remains, and why',
    stays: [
      'Meetings are the others’ as well: your name in them becomes “Personne effacée” (erased person).',
      'Notes are written together and name nobody: they remain.',
      'What you wrote without being signed in cannot be told from what others wrote: it remains until the meeting is forgotten.',
      'The register keeps that an account was erased, without saying whose.',
      'An email that waits for somebody else, such as an invitation, may still hold your name for 30 days at most.',
      'The server’s backups hold it until they are replaced.',
    ],
    messages: 'Your messages in meetings',
    eraseMessages: 'Erase them as well',
    keepMessages: 'Leave them, under “Personne effacée”',
    email: 'Your email, to confirm',
    emailHint: (email) => `Write ${email}.`,
    emailWrong: 'This is not the address of this account.',
    go: 'Erase for good',
    going: 'Erasing…',
    cancel: 'Cancel',
  },

  register: {
    title: 'Register',
    heading: { own: 'Register of what concerns me', site: 'Register of the site', community: 'Register' },
    intro: {
      own: 'What you did and agreed to, and what was done that concerns you.',
      site: 'Consents and administrative acts of the whole site. Who was erased is not named in it any more.',
      community: 'What was done in this community, by whom, and when.',
    },
    attendanceHeading: 'Who attended meetings',
    attendanceIntro:
      'Who came and when, from meetings that are still kept. Without an account, the name is the one that the person wrote.',
    views: 'Registers',
    own: 'What concerns me',
    site: 'The whole site',
    attendance: 'Attendance',
    kind: 'Act',
    all: 'All acts',
    show: 'Show',
    none: 'Nothing is in it yet. What is added will appear here.',
    noneOfKind: 'No act of this kind is in it. Choose “All acts” to read the rest.',
    by: (name) => `by ${name}`,
    to: (name) => `for ${name}`,
    community: (name) => `Community: ${name}`,
    meeting: (title) => `Meeting: ${title}`,
    noAccount: 'no account',
    cameAt: (when) => `Came: ${when}`,
    leftAt: (when) => `Left: ${when}`,
    reasons: {
      graceExpired: 'connection lost',
      removed: 'removed from the meeting',
    },
    pages: 'Pages of the register',
    newest: 'Newest',
    older: 'Older',
    back: 'My account',
    backToCommunity: 'Back to the community',
  },

  kinds: {
    privacyAccepted: 'First sign-in: agreed to the page on personal information',
    communityJoined: 'Entered a community and its directory',
    communityLeft: 'Left a community and its directory',
    dataExported: 'Downloaded their information',
    personErased: 'Account erased as the person asked',
    meetingForgotten: 'Meeting forgotten, its time being over',
    mailsRead: 'Read the emails that wait',
    administratorMade: 'First person who administers the site',
    communityMade: 'Community made',
    communityChanged: 'Settings of a community changed',
    coordinatorNamed: 'Coordination of a community entrusted',
    roleChanged: 'Role changed',
    memberRemoved: 'Member removed from a community',
    membersImported: 'Members imported from a file',
    invitationsSent: 'Invitations sent by email',
    invitationLinkMade: 'Invitation link made',
    invitationRevoked: 'Invitation taken back',
    requestAccepted: 'Request to join accepted',
    requestDeclined: 'Request to join declined',
    meetingAnnounced: 'Meeting announced',
    meetingChanged: 'Announced meeting changed',
    meetingCancelled: 'Meeting cancelled',
    entryChanged: 'Choice of who may enter a meeting',
    guestLinkMade: 'Link for guests made',
    guestLinkRevoked: 'Link for guests turned off',
  },
};
