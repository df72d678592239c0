import type { CheckWords } from './fr-check.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

/** The connection check, in English (Canada). */
export const enCheck: CheckWords = {
  title: 'Check my connection',
  heading: 'Check my connection',
  forMeeting: (title) => `Before the meeting “${title}”`,
  intro: 'In one minute you know whether microphone, sound, camera and connection are ready.',
  cost: 'The check uses less than 2 MB of data, and far less on a slow connection. Nothing is recorded; nobody hears or sees you.',
  start: 'Start',
  again: 'Start again',
  underWay: 'Checking…',
  enter: 'Go to the meeting',
  skip: 'Skip',
  results: 'What is checked',

  parts: {
    microphone: 'Microphone',
    speaker: 'Sound',
    camera: 'Camera',
    server: 'Server',
    udp: 'Direct path',
    tcp: 'Fallback path',
    relay: 'Relayed path',
    line: 'Steadiness',
    down: 'Receiving',
    up: 'Sending',
  },
  marks: {
    waiting: 'to come',
    running: 'under way',
    good: 'good',
    warning: 'to watch',
    bad: 'to fix',
    skipped: 'skipped',
  },

  speak: 'Speak: the bar should move.',
  listening: 'Listen: three soft notes are played.',
  heard: 'Did you hear the three notes?',
  yes: 'Yes',
  no: 'No',
  playAgain: 'Play again',
  looking: 'The picture of your camera should appear.',
  picture: 'Picture of your camera',
  trying: 'Trying…',
  measuring: 'Measuring, about ten seconds…',

  said: {
    microphone: 'The microphone hears you.',
    microphoneStill: {
      what: 'The microphone is open but heard no voice.',
      todo: 'Make sure it is not muted on the device or the headset, or choose another one in the settings.',
    },
    speaker: 'You hear the sound.',
    speakerNot: 'The sound is not heard.',
    camera: 'The camera gives a picture.',
    cameraStill: {
      what: 'The camera is open but gives no picture.',
      todo: 'Take away what covers it, or close the other programs that use it.',
    },
    skipped: 'Not checked.',
    server: 'The server answers.',
    serverNot: 'The server does not answer.',
    path: {
      udp: 'Open: sound and picture take the shortest way.',
      tcp: 'Open, should it be needed.',
      relay: 'Open, should it be needed.',
    },
    pathBlocked: 'This network does not let it through.',
    pathNone: 'There is none here.',
    pathUnknown: 'It could not be tried.',
    lineGood: 'The connection is steady.',
    lineFair: 'The connection is somewhat unsteady or far away.',
    linePoor: 'The connection loses part of the sound.',
    speedGood: 'Enough for sound and pictures.',
    speedFair: 'Enough for sound, little for pictures.',
    speedPoor: 'Too little, even for sound.',
    unmeasured: 'It could not be measured.',
  },

  verdictHeading: 'Result',
  verdicts: {
    ready: 'Everything is ready for the meeting.',
    lightMode: 'Plan for light mode: sound and messages will work, cameras little or not at all.',
    failed: 'Something needs fixing before the meeting.',
  },
  advice: {
    serverUnreachable: {
      what: 'The Relais server did not answer.',
      todo: 'Make sure that this device is connected to the Internet, or try another network, then start again.',
    },
    oldBrowser: {
      what: 'This browser cannot hold a video meeting.',
      todo: 'Open this link in a recent version of Firefox, Chrome, Edge or Safari.',
    },
    noPath: {
      what: 'This network lets neither sound nor picture through.',
      todo: 'Try another network, such as that of your phone. At the office, give the details to your IT department.',
    },
    microphone: {
      what: 'You would not be heard.',
      todo: 'See what is said of the microphone above, then start again.',
    },
    speaker: {
      what: 'You would not hear the others.',
      todo: 'Turn the volume up, unplug or replug the earphones, make sure the device is not on mute, then start again.',
    },
    tooSlowForSound: {
      what: 'The connection is too slow, even for sound.',
      todo: 'Move closer to the Wi-Fi access point, stop downloads, or try another network.',
    },
    tooLossyForSound: {
      what: 'Almost half of what is sent gets lost on the way.',
      todo: 'Move closer to the Wi-Fi access point, plug in a cable, or try another network.',
    },
    slow: {
      what: 'The connection is slow.',
      todo: 'Relais will keep the sound and reduce pictures by itself. Stopping downloads and videos at home may help.',
    },
    lossy: {
      what: 'Part of what is sent gets lost on the way.',
      todo: 'Move closer to the Wi-Fi access point, or plug in a cable, then start again.',
    },
    farAway: {
      what: 'What you say arrives more than a second late.',
      todo: 'Close what is downloading or try another network. In the meeting, leave a silence before you speak.',
    },
    pauses: {
      what: 'What you say arrives a little late, as by satellite.',
      todo: 'In the meeting, leave a short silence before you speak.',
    },
    unsteady: {
      what: 'The connection is somewhat unsteady.',
      todo: 'The sound will hold. Moving closer to the Wi-Fi access point may help.',
    },
    directBlocked: {
      what: 'This network blocks the direct path: sound and picture will take a detour.',
      todo: 'The meeting will work. If the sound lags, try another network; at the office, give the details to your IT department.',
    },
    camera: {
      what: 'The camera does not work.',
      todo: 'You can take part without it: others will see your initials.',
    },
    notAllMeasured: {
      what: 'Not everything could be checked.',
      todo: 'What was counts. You can start again later.',
    },
  },

  details: 'Details',
  detailsHint: 'To be given to whoever helps you.',
  copy: 'Copy the details',
  copied: 'Details copied',
  copyFailed: 'Copying did not work: select the text and copy it.',
  figures: {
    verdict: 'Result',
    loss: 'Loss',
    roundTrip: 'Round trip',
    jitter: 'Jitter',
    up: 'sending',
    down: 'receiving',
    browser: 'Browser',
    at: 'On',
    unknown: 'not measured',
    outcomes: { works: 'yes', fails: 'no', skipped: 'skipped' },
    paths: { open: 'open', blocked: 'blocked', none: 'none', unknown: 'not tried' },
    protocols: { udp: 'UDP', tcp: 'TCP', relay: 'TURN' },
  },

  tell: {
    heading: 'Let the facilitator know',
    why: 'Whoever runs the meeting can then help you before it begins.',
    accept: 'I agree to share my name and this result with the facilitator of this meeting.',
    terms: (days) =>
      `What is shared: the name written below, the result in a word (ready, light mode or to fix) and the time. Only the facilitator of this meeting sees it, to prepare the meeting. It is erased after ${days} days, or as soon as you ask for it here.`,
    name: 'Your name',
    nameMissing: 'Write your name to share the result.',
    notAccepted: 'Tick the box to share the result.',
    send: 'Share',
    sending: 'Sharing…',
    sent: (time) => `Result shared with the facilitator, ${time}.`,
    erase: 'Erase my result',
    erased: 'Your result is erased.',
    update: 'Share the new result',
    full: 'The list of this meeting is full. Let the facilitator know another way.',
  },

  list: {
    heading: 'Connection checks',
    intro: 'Those who agree share the result of their check with you.',
    summary: (ready, light, failed) =>
      [
        plural(ready, { one: `${ready} person ready`, other: `${ready} people ready` }),
        `${light} in light mode`,
        `${failed} to help`,
      ].join(', '),
    empty: 'No result yet.',
    emptyHint: 'Send the link of the check along with the invitation.',
    verdicts: { ready: 'ready', lightMode: 'light mode', failed: 'to help' },
    link: 'Link of the check',
    loading: 'Loading the results…',
    failed: 'The results could not be read.',
    refused: 'Your facilitator’s link is not that of this meeting.',
    refresh: 'Refresh',
    kept: (days) => `Each result is erased after ${days} days.`,
  },
};
