import type { WaitingWords } from './fr-waiting.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

export const enWaiting: WaitingWords = {
  heading: 'You are waiting to be let in',
  announced: (name) =>
    `Whoever runs the meeting sees your name, ${name}. They will let you in, and this page will follow by itself.`,
  nobody:
    'Nobody is running the meeting yet. Your name will be shown as soon as somebody comes to run it: keep this page open.',
  cut: 'Connection lost. Your place is kept for a minute.',
  since: (minutes) =>
    minutes < 1
      ? 'You have been waiting for less than a minute.'
      : plural(minutes, {
          one: `You have been waiting for ${minutes} minute.`,
          other: `You have been waiting for ${minutes} minutes.`,
        }),
  devices: 'Your devices meanwhile',
  how: {
    both: 'You will come in with microphone and camera on.',
    microphone: 'You will come in with the microphone on, without a camera.',
    camera: 'You will come in with the camera on, without a microphone.',
    neither: 'You will come in without microphone or camera.',
  },
  check: 'Check my connection (new tab)',
  stop: 'Stop waiting',
  tab: 'Waiting',
};
