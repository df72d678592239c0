import type { GroupsWords } from './fr-groups.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

const isNoun = /^(room|group|table|team|workshop|breakout)(?!\p{L})/iu;
const theRoom = (name: string) => (isNoun.test(name) ? `“${name}”` : `the room “${name}”`);
const people = (n: number) => plural(n, { one: `${n} person`, other: `${n} people` });
const seconds = (n: number) => plural(n, { one: `${n} second`, other: `${n} seconds` });
const minutes = (n: number) => plural(n, { one: 'one minute', other: `${n} minutes` });

export const enGroups: GroupsWords = {
  region: 'Sub-groups',
  plenary: 'Plenary',
  elsewhere: 'another room',
  rooms: 'Rooms',
  notes: 'Notes',
  notesOfRooms: 'Read the notes of the rooms',
  people,

  opensIn: (n) => `Sub-groups open in ${n} s`,
  willGo: (name) => `You will go to ${theRoom(name)}.`,
  willStay: 'You stay in the plenary.',
  willChoose: 'You will choose your room.',
  opening: (n, where) => `Sub-groups open in ${seconds(n)}. ${where}`,

  inRoom: (name) => `You are in ${theRoom(name)}`,
  withPeople: (names) => ` with ${names}`,
  andMore: (n) => plural(n, { one: `${n} other person`, other: `${n} other people` }),
  aloneHere: 'Nobody else is here at the moment.',
  nobodyHere: 'Nobody is there at the moment.',
  inPlenary: 'You are in the plenary while the rooms are open.',
  backInPlenary: 'You are back in the plenary.',
  visiting: (name) => `You are visiting ${theRoom(name)}`,
  backToPlenary: 'Back to the plenary',
  backToRoom: (name) => `Back to ${theRoom(name)}`,

  left: 'Time left',
  lastMinute: 'Last minute',
  closesIn: (n) => `Back to the plenary in ${n} s`,
  allCloseIn: (n) => `The rooms close in ${n} s`,
  minutesLeft: (n) => `${minutes(n)} left in the room.`,
  minutesLeftOfAll: (n) => `${minutes(n)} left in the rooms.`,
  closing: (n) => `The room is closing: back to the plenary in ${seconds(n)}.`,
  allClosing: (n) => `The rooms close in ${seconds(n)}.`,
  timeAdded: (n) => `Time was added: ${minutes(n)} left.`,
  timeCut: (n) => `The time was shortened: ${minutes(n)} left.`,
  noEnd: 'There is no time limit any more.',

  moreTime: 'Ask for one more minute',
  moreTimeShort: 'One more minute',
  timeAsked: 'One more minute has been asked for.',
  timeTaken: (name) => `${name} has seen your request for time.`,

  help: 'Ask for help',
  helpShort: 'Help',
  helpHeading: 'Ask the facilitators for help',
  helpReason: 'Why (optional)',
  helpHint: 'Only the facilitators and your room will see this request.',
  helpSend: 'Send the request',
  cancel: 'Cancel',
  helpSent: 'Request sent',
  helpWaits: 'Request for help sent. A facilitator will come as soon as possible.',
  helpBy: (name) => `Asked by ${name}.`,
  quoted: (text) => `“${text}”`,
  helpComes: (name) => `${name} is coming to see you.`,
  helpOver: 'The request for help is closed.',
  withdrawShort: 'Withdraw',
  withdraw: 'Withdraw the request',

  task: 'Instructions',
  openDocument: 'Open the document',
  newTab: 'opens in another tab',
  close: 'Close',
  dismiss: 'Put away',

  yourRole: (role) => `Your role in the room: ${role}.`,
  roles: { host: 'hosting', noteTaker: 'taking notes', timekeeper: 'keeping time' },
  roleOver: 'You no longer have a particular role in the room.',

  choose: 'Choose a room',
  chooseHint: 'Choose your room. You can change it later.',
  chooseOnceHint: 'Choose the room where you want to go.',
  cannotChoose: 'The facilitators place people in the rooms.',
  goHere: 'Go there',
  youAreHere: 'You are here',
  youWillBeHere: 'You will go here',
  roomClosed: 'Room closed',
  roomCloses: 'Closing soon',
  noRooms: 'There are no open rooms at the moment.',

  stepIn: 'Take over the meeting',
  stepInWhy: 'Nobody is running the meeting at the moment. You were named to step in.',
  successor: 'named to step in',

  announcement: {
    all: (name) => `Announcement by ${name}, to all rooms`,
    some: (name) => `Announcement by ${name}, to several rooms`,
    one: (name) => `Announcement by ${name}, to your room`,
  },
  unsent: 'A message was not sent: you changed rooms before it left.',
  seeMessages: 'See messages',

  failed: {
    closed: 'This room is no longer open.',
    notAllowed: 'Only the facilitators can do that at the moment.',
    attended: 'Somebody is running the meeting at the moment.',
    noAnswer: 'The request could not be passed on. Try again.',
  },
};
