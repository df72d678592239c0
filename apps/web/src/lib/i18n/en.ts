import type { Catalogue } from './fr.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

export const en: Catalogue = {
  app: {
    name: 'Relais',
    otherLang: 'Français',
    close: 'Close',
    retry: 'Try again',
    reload: 'Reload the page',
    details: 'Details',
    loading: 'Loading…',
    cut: 'Connection lost. Your place is kept; your messages will leave when it is back.',
    left: 'You have left the meeting',
    notLoaded: 'This part of the page could not be downloaded.',
    check: 'Check my connection',
    privacy: 'Privacy',
  },

  preview: {
    before: 'You are about to enter',
    nameLabel: 'Your name',
    nameHint: 'Others will see it under your picture.',
    nameMissing: 'Write your name to enter.',
    why: 'So that others can see and hear you, the browser will ask for permission. Nothing is sent before you enter.',
    activate: 'Turn on camera and microphone',
    activateMicrophone: 'Turn on the microphone',
    without: 'You can also enter without camera or microphone: you will hear others and can write.',
    cameraOff: 'Camera off',
    cameraStarting: 'The camera is starting…',
    heard: 'Speak: the bar moves when the microphone hears you.',
    devices: 'Choose devices',
    enter: 'Enter',
    enterSilent: 'Enter without microphone or camera',
    entering: 'Entering…',
    enteringSlow: 'The connection is slow. Relais keeps trying.',
    pictureAlt: 'Preview of your camera',
  },

  devices: {
    level: 'Microphone level',
  },

  bar: {
    label: 'Meeting controls',
    micOn: 'Mic',
    micMuted: 'Mic muted',
    micOff: 'Mic off',
    micHeld: 'Mic on hold',
    cameraOn: 'Camera',
    cameraOff: 'Camera off',
    cameraHeld: 'Camera paused',
    cameraHeldBy: { chosen: 'Light mode', cap: 'Limit on data', line: 'Slow connection' },
    starting: 'Starting…',
    share: 'Share',
    shareTitle: 'Share your screen',
    stopSharing: 'Stop',
    stopSharingTitle: 'Stop sharing',
    messages: 'Messages',
    unread: (n) => plural(n, { one: `${n} unread message`, other: `${n} unread messages` }),
    people: 'People',
    hand: 'Hand',
    raiseHand: 'Raise your hand',
    lowerHand: 'Lower your hand',
    more: 'More',
    leave: 'Leave',
    leaveTitle: 'Leave the meeting',
    light: 'Light mode',
    line: 'My connection',
  },

  stage: {
    label: 'People on screen',
    you: 'you',
    muted: 'mic muted',
    noMic: 'no mic',
    hand: 'hand raised',
    speaking: 'speaking',
    dropped: 'Network drop',
    light: 'Light mode',
    dataLimit: 'Data limit',
    dataLimitTitle: 'Your data limit reduces pictures',
    lineSlow: 'Slow connection',
    lineBad: 'Very slow connection',
    cameraPaused: 'Video paused (slow connection)',
    videoPaused: 'Video paused',
    still: 'Picture paused',
  },

  notices: {
    dismiss: 'Close this notice',
  },

  people: {
    heading: 'People here',
    count: (n) => plural(n, { one: `${n} person`, other: `${n} people` }),
    inBrackets: (n) => ` (${n})`,
  },
};
