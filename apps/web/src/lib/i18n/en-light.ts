import type { LightWords } from './fr-light.ts';

export const enLight: LightWords = {
  choose: 'What the meeting will use of your connection',
  modes: {
    full: { name: 'Everything', what: 'Sound, and moving pictures.' },
    small: { name: 'Small pictures', what: 'Pictures are less sharp, and only the one of who speaks moves.' },
    light: {
      name: 'Light mode',
      what: 'Sound and messages, hardly any data. A shared screen comes as still images.',
    },
  },
  entered: 'Light mode: sound and messages come as usual, your camera stays off.',
  stillAlt: (name, time) => `${name}’s screen, image from ${time}`,
  stillAt: (time) => `Image from ${time}`,
  stillWaiting: 'The image of the shared screen is coming…',
  leave: 'Bring pictures back',
};
