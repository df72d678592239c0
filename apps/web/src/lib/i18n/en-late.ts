import { problems } from './en-devices.ts';
import type { LateCatalogue } from './fr-late.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

const refusals: LateCatalogue['refusals'] = {
  invalidInput: () => 'The server could not read this request. Check what is written, then try again.',
  unknownRequest: () => 'The server does not know this request. Reload the page.',
  notJoined: () => 'You are no longer in the meeting. Join again.',
  alreadyJoined: () => 'You are already in the meeting.',
  meetingNotFound: () => 'This meeting does not exist. Check the link that you received.',
  meetingFull: () => 'The meeting is full. Try again when somebody has left.',
  meetingLocked: () =>
    'The meeting is locked: nobody new can join for now. Contact the person who runs it, or try again later.',
  mustWait: () => 'Whoever runs this meeting lets people in one by one. Enter again to be announced.',
  waitingFull: () => 'Too many people are already waiting outside this meeting. Try again in a few minutes.',
  refusedEntry: ({ word }) =>
    word === undefined
      ? 'You were not let into this meeting. You may ask again in a minute.'
      : `You were not let into this meeting. The animator writes: “${word}” You may ask again in a minute.`,
  removed: () =>
    'Those who run this meeting have ended your part in it. To come back, contact the person who runs it: they can let you in again.',
  signInNeeded: () =>
    'This meeting is for people who were invited. Sign in with the address to which you were invited, then join again.',
  notInvited: () =>
    'This meeting is for others than the account that you are signed in with. Ask the person who runs it for an invitation.',
  guestLinkInvalid: ({ why }) =>
    why === 'expired'
      ? 'This invitation link has expired. Ask the person who gave it to you for a new one.'
      : why === 'revoked'
        ? 'This invitation link was withdrawn. Ask the person who gave it to you for a new one.'
        : why === 'usedUp'
          ? 'This invitation link has been used as often as it may be. Ask the person who gave it to you for a new one.'
          : 'This invitation link is not known. Check that you copied all of it.',
  tooManyLinks: () =>
    'This meeting has as many invitation links as it may have. Use one of those that exist.',
  runsMeeting: () => 'This person runs the meeting: they cannot be removed from it.',
  seatUnknown: () => 'Your seat is no longer known. Join the meeting again.',
  notAllowed: () => 'That is for those who run the meeting.',
  unknownId: () => 'What you asked for is no longer there.',
  unknownRoom: () => 'This room is not open.',
  unknownParticipant: () => 'This person is no longer in the meeting.',
  notInYourRoom: () => 'That is in another room than yours.',
  notNow: ({ why }) =>
    why === 'roundRuns'
      ? 'Rooms are open already. Close them, then try again.'
      : why === 'tooManyPlans'
        ? 'There is no space for another plan. Delete one, then try again.'
        : why === 'planChanged'
          ? 'Somebody else has changed this plan in the meantime.'
          : why === 'nextIsSet'
            ? 'A new round is to follow already. Call it off first if you want another one.'
            : 'No rooms are open at the moment.',
  tooMany: ({ retryAfterMs }) => `Too many requests in a short time. Try again in ${seconds(retryAfterMs)}.`,
  tooLarge: () => 'This is too long to send. Shorten it, then try again.',
  mediaRefused: () =>
    'Sound and video could not be opened. You can read and write messages; reload the page to try again.',
  protocolMismatch: () => 'Relais has just been updated. Reload the page to continue.',
  unavailable: ({ what }) =>
    what === 'media'
      ? 'Sound and video are unavailable for now. Messages work; Relais keeps trying.'
      : 'The server is not answering for now. Try again in a minute.',
  internal: () => 'Something went wrong on our side. Try again; if it happens again, send us the code below.',
};

function seconds(ms: number): string {
  const n = Math.max(1, Math.ceil(ms / 1000));
  return plural(n, { one: `${n} second`, other: `${n} seconds` });
}

/** The same words in English: see fr-late.ts. */
export const enLate: LateCatalogue = {
  install: {
    action: 'Install Relais',
    hint: 'An icon on this device, and almost nothing to download to join.',
  },

  nav: {
    label: 'Main pages',
    meetings: 'Meetings',
    communities: 'Communities',
    account: 'My account',
  },

  home: {
    title: 'Relais, video meetings',
    signIn: 'Sign in',
    account: 'My account: ',
    heading: 'Meet, wherever you are',
    intro: 'Video meetings for communities of practice. One link is enough: no account, nothing to install.',
    createHeading: 'Create a meeting',
    titleLabel: 'Meeting title',
    titleHint: 'For example: March round table',
    titleMissing: 'Give the meeting a title.',
    create: 'Create the meeting',
    creating: 'Creating…',
    joinHeading: 'Join a meeting',
    codeLabel: 'Link or code you received',
    codeHint: 'The code has ten letters, like abc-defg-hij.',
    codeUnreadable: 'This is neither a meeting link nor a ten-letter code. Check it, then try again.',
    join: 'Join',
    readyHeading: 'The meeting is ready',
    together: 'Run the meeting with somebody',
    togetherHint: 'Whoever opens this link runs the meeting with you. Give it only to them.',
    togetherLabel: 'Facilitator’s link',
    prepare: 'Prepare sub-groups',
    whoMayEnter: 'Choose who may join',
    readyHint: 'Send this link to the people you invite. It stays good for the next times.',
    linkLabel: 'Meeting link',
    copy: 'Copy the link',
    copied: 'Link copied',
    copyFailed: 'Copying did not work: select the link and copy it.',
    share: 'Send',
    enter: 'Enter the meeting',
    another: 'Create another meeting',
    hubAway: 'The server is not answering. Check your internet connection, then try again.',
  },

  menu: {
    notes: 'Notes',
    settings: 'Microphone, camera and speaker',
    shortcuts: 'Keyboard shortcuts',
  },

  link: {
    copy: 'Copy the meeting link',
    copied: 'Meeting link copied',
    notCopied: 'Copying did not work: the link is in the address bar.',
    alone: 'Nobody else is here yet.',
    aloneHint: 'Send the link so that others can join you.',
    invite: 'Copy the invitation link',
  },

  pages: {
    page: (page, pages) => `Page ${page} of ${pages}`,
    label: 'Pages of people',
    previous: 'Previous page',
    next: 'Next page',
    speakingElsewhere: (names) => `Speaking elsewhere: ${names}`,
  },

  screens: {
    label: 'Shared screens',
    of: (name) => `${name}’s screen`,
    waiting: 'The shared screen is coming…',
    givenUp: 'Your connection is too slow for the shared screen.',
  },

  groups: { open: 'Sub-groups' },
  hands: {
    lowerOf: (name) => `Lower ${name}’s hand`,
    up: 'Hand raised',
    place: (n) => `Hand raised, number ${n} to speak`,
    raised: (names) => `Asking to speak: ${names}`,
    waiting: (names) => `Already waiting to speak, in order: ${names}`,
    more: (n) => plural(n, { one: '1 more', other: `${n} more` }),
    see: 'See the people',
    inRoom: (name, room) => `${name} (${room})`,
  },
  notices: {
    label: 'Notices',
    heldFor: (seconds) =>
      plural(seconds, {
        one: `Your place is kept for ${seconds} more second.`,
        other: `Your place is kept for ${seconds} more seconds.`,
      }),
    seatGone:
      'The connection has been down for long: your place is no longer kept. You will come back in by yourself as soon as it returns, and your messages will leave.',
    seatWaits:
      'The server cannot give you your place back yet. Relais keeps trying by itself; your messages will leave after that.',
    offline:
      'This device is no longer connected to the internet. Your place is kept; your messages will leave when it is back.',
    mediaInterrupted: 'Sound and video are interrupted. Relais is restoring them; messages work.',
    mediaConnecting: 'Sound and video are opening…',
    mediaStuck:
      'Sound and video cannot be opened; this network may be blocking them. Relais keeps trying, and messages work.',
    playbackBlocked: 'The browser is waiting for your consent to play the meeting’s sound.',
    resumePlayback: 'Hear the meeting',
    sharing: 'You are sharing your screen.',
    stopSharing: 'Stop sharing',
  },

  people: {
    you: 'you',
    facilitator: 'facilitator',
    micOn: 'mic on',
    camera: 'camera on',
    screen: 'sharing their screen',
    since: (time) => `since ${time}`,
    arrived: (names) => `${names} joined the meeting`,
    departed: (names) => `${names} left the meeting`,
    cameHere: (names) => `${names} came into the room`,
    wentElsewhere: (names) => `${names} left the room`,
    cameToPlenary: (names) => `${names} came to the plenary`,
    leftPlenary: (names) => `${names} went to a room`,
    some: (n) => plural(n, { one: `${n} person`, other: `${n} people` }),
  },

  door: {
    locked: 'Meeting locked: nobody new can join.',
    opened: 'The meeting is no longer locked.',
    waits: (names, n) =>
      plural(n, { one: `${names} is waiting to be let in.`, other: `${names} are waiting to be let in.` }),
    told: {
      locked: 'The meeting is locked: nobody new can join for now.',
      waiting: 'You will be announced to whoever runs the meeting, who will let you in.',
      guestsWait:
        'Without an account, you will be announced to whoever runs the meeting, who will let you in.',
      reserved:
        'This meeting is restricted; its title is shown once you are in. If you are expected, sign in with the address that was invited, or ask whoever invited you for a link. If you opened an invitation link, simply join.',
    },
    storeAway:
      'The server cannot let anybody in for now. Relais keeps trying by itself: you will enter as soon as possible.',
    see: 'See',
  },

  floor: {
    closeAll: 'Mute all microphones',
    closedAll: 'Microphones muted, except those of the people who run the meeting.',
    failed: 'The request got no answer. Check your connection, then try again.',
    closed: {
      microphone: (from) =>
        `${from}, who runs the meeting, muted your microphone. You can unmute it when you want to speak.`,
      camera: (from) => `${from}, who runs the meeting, turned your camera off. You can turn it on again.`,
      screen: (from) => `${from}, who runs the meeting, stopped your shared screen. You can share it again.`,
    },
    invited: (from) => `${from} invites you to speak. Would you like to unmute?`,
    open: 'Unmute',
    notNow: 'Not now',
  },

  devices: {
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Speaker',
    none: 'No device',
    unnamed: (n) => `Device ${n}`,
    heading: 'Microphone, camera and speaker',
    tiles: 'People on screen, at most',
    tilesAuto: 'By the screen (4 on a phone)',
    askFirst: 'Turn on the microphone and camera to see the list of devices.',
    problems,
  },

  chat: {
    heading: 'Messages',
    empty: 'No messages yet.',
    emptyHint: 'What you write here stays readable for everyone in the meeting.',
    earlier: 'See earlier messages',
    loadingEarlier: 'Loading messages…',
    label: 'Your message',
    hint: 'Enter to send, Shift + Enter for a new line',
    send: 'Send',
    left: (n) => plural(n, { one: `${n} character left`, other: `${n} characters left` }),
    over: (n) =>
      plural(n, {
        one: `${n} character too many: shorten it to send`,
        other: `${n} characters too many: shorten it to send`,
      }),
    pending: 'Sending…',
    waiting: 'Waiting: the server cannot store it for now.',
    storeAway:
      'The server cannot store anything for now. Your messages are kept here and will leave by themselves.',
    refused: 'Not sent',
    retry: 'Send again',
    discard: 'Delete',
    you: 'You',
    newBelow: 'New messages',
    newFrom: (name) => `New message from ${name}`,
    plenary: 'Plenary',
    aRoom: 'A room you left',
    headingIn: (place) => `Messages: ${place}`,
    readIn: (place) => `Read messages: ${place}`,
    unreadThere: (n) => plural(n, { one: `${n} unread`, other: `${n} unread` }),
    emptyHintRoom: 'What you write here is read in this room only, and by the facilitators.',
    readOnly: 'You are reading what was written in the plenary before you left it.',
    misplaced: (place) => `Not sent: you left “${place}” before it was sent.`,
    misplacedSomewhere: 'Not sent: you changed rooms before it was sent.',
    sendHere: 'Send here',
    copy: 'Copy',
    copied: 'Message copied',
    notCopied: 'The message could not be copied.',
    draftLeft: (place) => `You were writing in “${place}”:`,
    draftLeftSomewhere: 'You were writing in another room:',
    takeDraft: 'Go on with it here',
    dropDraft: 'Clear it',
    announcement: (name) => `Announcement by ${name}`,
    ownAnnouncement: 'Your announcement',
    read: (name, text) => `${name}: ${text}`,
    today: 'Today',
    yesterday: 'Yesterday',
    missed: 'While you were away',
    opensElsewhere: 'opens in another tab',
  },

  shortcuts: {
    heading: 'Keyboard shortcuts',
    microphone: 'Open or mute the microphone',
    camera: 'Turn the camera on or off',
    send: 'Send the message',
    newline: 'New line in a message',
    pages: 'Previous or next page of people',
    close: 'Close the panel or dialog',
    keys: { ctrl: 'Ctrl', command: '⌘', enter: 'Enter', shift: 'Shift', escape: 'Esc' },
  },

  left: {
    heading: 'You have left the meeting',
    text: 'Your camera and microphone are off.',
    again: 'Go back to the meeting',
  },

  removed: {
    heading: 'You are no longer in the meeting',
    text: 'The person who runs the meeting has ended your part in it. Your camera and microphone are off. If this is a mistake, contact them: they can let you come back.',
    again: 'Back to the entrance',
  },

  takenOver: {
    heading: 'The meeting goes on in another tab',
    text: 'Your seat is taken in one place at a time. You can take it back here.',
    again: 'Resume here',
  },

  errors: {
    home: 'Go to the home page',
    notFoundTitle: 'Page not found',
    notFoundHeading: 'This page does not exist',
    notFoundText: 'The address may have changed, or a letter is missing.',
    meetingTitle: 'Meeting not found',
    meetingHeading: 'This meeting cannot be found',
    meetingText: 'Check the link you received: it ends with ten letters, like abc-defg-hij.',
    calendarText: 'No meeting of the calendar has this address, or it is kept for certain people.',
    calendarSignIn: 'Sign in to check',
    hubTitle: 'Server unavailable',
    hubHeading: 'The Relais server is not answering',
    hubText: 'The meeting is not lost. Wait a moment, then try again.',
    otherTitle: 'Error',
    otherHeading: 'Something went wrong',
    otherText: 'It comes from our side. Try again; if it happens again, tell us what you were doing.',
    code: (status) => `Code: ${status}`,
  },

  signingIn: {
    signInNeeded: 'Sign in',
    notInvited: 'Sign in with another account',
    guestLinkInvalid: 'I have an account',
  },
  refusals,
};
