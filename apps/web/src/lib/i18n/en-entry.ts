import type { EntryWords } from './fr-entry.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');
const people = (n: number) => plural(n, { one: `${n} person`, other: `${n} people` });

export const enEntry: EntryWords = {
  title: 'Who may join',
  intro: (title) => `For the meeting “${title}”.`,
  loading: 'Reading what is set…',
  retry: 'Try again',
  toMeeting: 'Go to the meeting',
  noKey:
    'This page opens with the link of those who run the meeting. Open that link in this browser, then come back here.',
  wrongKey: 'This link does not let you run this meeting. Ask whoever created the meeting for it again.',
  noAnswer: 'The server did not answer. What you wrote is still here. Try again.',
  rule: {
    heading: 'The door of the meeting',
    legend: 'Who may join',
    anyone: 'Everybody who has the meeting’s address',
    anyoneHint: 'Without an account: a name is enough.',
    invited: 'The people on your list',
    invitedHint: 'They sign in to Relais with the address you wrote here.',
    community: 'The members of this meeting’s community',
    communityHint: 'They sign in to Relais with their account.',
    always:
      'You can always join with your facilitator’s link. Whoever is in the meeting already stays, whatever you change here.',
    list: 'Emails of the people on your list',
    listHint: (n) => `One address a line. ${people(n)} on the list.`,
    sendsNothing: 'Relais writes to nobody from here: send them the meeting’s address yourself.',
    address: 'Address of the meeting',
    wrong: (list) => `These are not complete addresses: ${list}. Correct them, then save.`,
    tooLong: (most) => `A list holds at most ${people(most)}. Take some out, then save.`,
    empty: 'Your list is empty: write at least one address, then save.',
    save: 'Save',
    saving: 'Saving…',
    saved: 'Saved.',
  },
  links: {
    heading: 'Invitation links without an account',
    intro:
      'For citizens and others who have no account. They give a name, join this meeting, and see nothing else of the community.',
    needless: 'For now the meeting’s address is enough to join: an invitation link limits nothing more.',
    none: 'No links yet.',
    label: 'Who it is for',
    labelHint: 'So that you find your way. Whoever gets the link does not see it.',
    days: 'Good for',
    day: (n) => (n > 365 ? 'a year' : plural(n, { one: `${n} day`, other: `${n} days` })),
    seats: 'Number of people',
    seatsHint: 'Somebody who comes back is not counted twice.',
    seatsWrong: (most) => `Write a number between 1 and ${most}.`,
    make: 'Create a link',
    making: 'Creating…',
    made: 'The link is created. Copy it to send it.',
    unnamed: 'Link without a name',
    address: (label) => `Link: ${label}`,
    until: (when) => `until ${when}`,
    taken: (taken, seats) =>
      plural(taken, { one: `${taken} place of ${seats} taken`, other: `${taken} places of ${seats} taken` }),
    states: {
      revoked: 'Turned off',
      expired: 'Expired',
      usedUp: 'All places are taken',
    },
    revoke: 'Turn off',
    whatHappens:
      'Nobody new will join by this link. Whoever is in the meeting already stays; you can remove them from the list of people.',
    confirm: 'Turn the link off',
    cancel: 'Cancel',
    revoked: (label) => `“${label}” is turned off: nobody new will join by it.`,
  },
};
