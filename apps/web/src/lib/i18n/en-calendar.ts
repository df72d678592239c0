import type { CalendarWords } from './fr-calendar.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

function minutes(ms: number): string {
  const n = Math.max(1, Math.ceil(ms / 60_000));
  return plural(n, { one: `${n} minute`, other: `${n} minutes` });
}

function length(n: number): string {
  const [hours, rest] = [Math.floor(n / 60), n % 60];
  if (hours === 0) return plural(rest, { one: `${rest} minute`, other: `${rest} minutes` });
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** The calendar in English. */
export const enCalendar: CalendarWords = {
  refusals: {
    invalidInput: () => 'The server could not read what is written. Check each field, then try again.',
    foreignOrigin: () =>
      'This request does not come from a page of Relais. Reload the page, then try again; if it comes back, the server’s public address is set wrong.',
    notSignedIn: () =>
      'Your session has ended on this device. Sign in again in another tab, then try again here: what you wrote stays.',
    notAllowed: () => 'That is for those who run this meeting or this community. Ask them to do it.',
    meetingNotFound: () => 'No meeting in the calendar has this code. Check the link.',
    unknownCommunity: () => 'This community does not exist, or you are not a member of it.',
    linkInvalid: () => 'This link is of no more use: the registration is cancelled already.',
    unknownAnimator: ({ email }) =>
      `No account has the address ${email}. That person has to sign in to Relais once, first.`,
    notADate: ({ why }) =>
      ({
        past: 'That moment is past. Choose a date to come.',
        tooFar: 'That is too far: meetings are announced two years ahead at the most.',
        tooMany: 'That makes more than 53 meetings. Choose an earlier end.',
        once: 'With this end the meeting takes place once. Choose a later end, or no recurrence.',
      })[why],
    tooManyMeetings: () => 'You have 120 meetings to come already. Cancel some, or wait until they are over.',
    isOver: () =>
      'The meeting has begun or will not take place: this cannot be changed any more. Announce another one if one is needed.',
    notOverYet: () => 'The meeting is not over. What is left of it is read here once it is.',
    registrationClosed: () =>
      'This meeting takes no registrations, or no more. Ask those who run it for a place.',
    changedMeanwhile: () =>
      'Somebody has changed the meeting meanwhile. Reload the page to see what is true, then make your change again.',
    tooMany: ({ retryAfterMs }) =>
      `Too many requests in a short time. Try again in ${minutes(retryAfterMs)}.`,
    unavailable: () => 'The server does not answer for now. Nothing is lost: try again in a moment.',
  },
  locale: 'en-CA',
  length,

  list: {
    title: 'My meetings',
    heading: 'Meetings to come',
    all: 'All my meetings',
    communities: 'My communities',
    none: 'No meeting to come for you.',
    past: 'Past meetings',
    pastText: 'On the page of each, you find its notes, its messages and who was there.',
    nonePast: 'No past meeting. Those at which you are expected will be here once they are over.',
    backToComing: 'Meetings to come',
    backToCommunity: 'The community’s page',
    announce: 'Announce a meeting',
    more: 'See more',
    loading: 'Loading…',
    cancelled: 'Cancelled',
    parts: { animates: 'You run it', registered: 'Registered', waiting: 'On the waiting list' },
  },

  feed: {
    heading: 'In your own calendar',
    intro:
      'Add this address to your calendar (Outlook, Google Calendar, Apple…): your meetings keep up to date there. It is secret: who has it reads your meetings.',
    label: 'Address of your calendar',
    community: 'In your own calendar',
    communityIntro:
      'Add this address to your calendar: the community’s meetings keep up to date there for as long as you are a member. It is secret, and yours alone.',
    communityLabel: 'Address of the community’s calendar',
    show: 'Show the address for my calendar',
    showing: 'One moment…',
    renew: 'Change the address',
    renewing: 'Changing…',
    renewed: 'The address has changed. The former one gives nothing any more: replace it in your calendar.',
  },

  reminders: {
    heading: 'Reminders by email',
    day: 'A day before',
    hour: 'An hour before',
    saved: 'Saved.',
  },

  form: {
    newTitle: 'Announce a meeting',
    changeTitle: 'Change the meeting',
    title: 'Title',
    titleMissing: 'Give the meeting a title.',
    description: 'Description',
    descriptionHint: 'What it is about, for whom, what to prepare.',
    date: 'Date',
    dateMissing: 'Choose a date.',
    time: 'Begins at',
    timeMissing: 'Choose when it begins.',
    zone: 'Time zone',
    minutes: 'Length (minutes)',
    minutesWrong: 'Write a length between 5 and 1440 minutes.',
    again: 'Recurrence',
    every: {
      none: 'Once',
      week: 'Every week',
      twoWeeks: 'Every two weeks',
      monthByDay: 'Every month, on the same date',
      monthByWeekday: 'Every month, on the same weekday',
    },
    ends: 'It ends',
    endings: { count: 'After so many meetings', until: 'On a date' },
    until: 'Last possible day',
    untilWrong: 'Choose a day after that of the first meeting.',
    count: 'Number of meetings',
    countWrong: 'Write a number between 2 and 53.',
    agenda: 'Agenda',
    point: (n) => `Point ${n}`,
    pointMinutes: (n) => `Minutes for point ${n}`,
    addPoint: 'Add a point',
    removePoint: (n) => `Remove point ${n}`,
    remove: 'Remove',
    animators: 'Others who run it',
    animatorsHint: 'The email of their account, one a line. Each of them can run the meeting.',
    registration: 'People register',
    capacity: 'Number of places',
    capacityHint: 'Leave it empty if there is no limit. Beyond it there is a waiting list.',
    capacityWrong: 'Write a number of places between 1 and 300, or nothing.',
    entry: 'Who may enter',
    entries: {
      anyone: 'Anyone who has the link',
      community: 'Members of the community',
      invited: 'Those who are registered or invited, with their account',
    },
    community: 'For which community',
    ownMeeting: 'None: a meeting of my own',
    announce: 'Announce the meeting',
    announcing: 'Announcing…',
    scope: 'This change is for',
    scopes: { one: 'This meeting only', following: 'This one and all that follow' },
    save: 'Save the changes',
    saving: 'Saving…',
    told: 'Who is registered gets an email when the title or the time changes; who is new to running it, in any case.',
    back: 'Back to the meeting',
  },

  meeting: {
    cancelled: 'This meeting is cancelled.',
    over: 'This meeting is over.',
    overSignIn: 'If you were there, sign in to read what is left of it.',
    signIn: 'Sign in',
    reopen: 'Open the room again',
    here: (when) => `In your time: ${when}.`,
    lasts: (n) => `Planned for ${length(n)}.`,
    animators: 'Run by',
    agenda: 'Agenda',
    of: 'Community:',
    join: 'Join the meeting',
    run: 'Run the meeting',
    check: 'Check my connection',
    prepare: 'Prepare sub-groups',
    entry: 'Choose who may enter, invite without an account',
    file: 'Add to my calendar (.ics)',
    invite: 'Invite to the meeting',
    address: 'Address to share',
    addressText:
      'Those who may enter read the date and the agenda there, and join when the time comes. For somebody without an account, make a link under “Who may enter” instead.',
    change: 'Change',
  },

  now: {
    heading: 'The meeting is under way',
    soon: 'The meeting begins soon',
    people: (n) => plural(n, { one: `${n} person is there.`, other: `${n} people are there.` }),
    nobody: 'Nobody is there yet.',
    join: 'Join now',
    run: 'Run it now',
  },

  record: {
    heading: 'What is left of the meeting',
    intro: 'For those who were there, had a place in it or for whom it was.',
    download: 'Download all of it (.txt)',
    print: 'Print',
    notes: 'Notes',
    noNotes: 'No notes were taken.',
    plenary: 'Plenary',
    room: (name, round) => (round === null ? `Sub-group “${name}”` : `Sub-group “${name}”, round ${round}`),
    cut: 'The rest is in the file to download.',
    messages: 'Messages',
    noMessages: 'No message was written.',
    in: (room) => `in “${room}”`,
    announcement: 'announcement',
    more: 'See more messages',
    people: (n) => `Who was there (${n})`,
    nobody: 'Nobody came.',
    ran: 'ran the meeting',
    guest: 'invited to this meeting',
    since: (from) => `since ${from}`,
    stay: (from, until) => `from ${from} to ${until}`,
    others: (n) => plural(n, { one: `and ${n} other.`, other: `and ${n} others.` }),
  },

  register: {
    heading: 'Registration',
    places: (taken, capacity) => `${taken} of ${capacity} places taken.`,
    people: (n) => plural(n, { one: `${n} person registered.`, other: `${n} people registered.` }),
    full: 'The meeting is full. If you register, you go on the waiting list.',
    name: 'Your name',
    nameMissing: 'Write your name.',
    email: 'Your email',
    emailMissing: 'Write your email address.',
    do: 'Register',
    doing: 'Registering…',
    confirmed: 'You are registered.',
    confirmedMail: 'Done. An email confirms it, with the link to cancel.',
    waitingMail: 'You are on the waiting list. An email will tell you if a place comes free.',
    place: (n) => `You are number ${n} on the waiting list.`,
    cancel: 'Cancel my registration',
    cancelling: 'Cancelling…',
    cancelled: 'Your registration is cancelled.',
    list: 'Registered',
    waiting: 'waiting',
  },

  cancel: {
    heading: 'Cancel the meeting',
    word: 'A word to those who are registered',
    wordHint: 'It will be in the email. You may leave it empty.',
    do: 'Cancel the meeting',
    doing: 'Cancelling…',
    sure: 'This cannot be undone: those who are registered get an email.',
  },

  byLink: {
    title: 'Cancel my registration',
    heading: 'Cancel my registration',
    intro: 'Your place will go to the next person.',
    doneHeading: 'Your registration is cancelled',
    done: 'Thank you for saying so: your place is free.',
    invalidHeading: 'This link is of no more use',
    home: 'Go to the first page',
  },
};
