import type { HelpWords } from './fr-help.ts';

export const enHelp: HelpWords = {
  lightOffered: (name) =>
    `${name} suggests light mode: your connection is weak, and sound will come through better without pictures.`,
  takeLight: 'Switch to light mode',
  noThanks: 'No, thank you',
  telephoneOffered: (name) => `${name} suggests that you go on by telephone:`,
  helpTo: (name) => `Help ${name}`,
  offerLight: 'Suggest light mode',
  offerTelephone: 'Give the telephone number',
  sent: (name) => `Suggested to ${name}.`,
  notSent: (name) => `The suggestion could not reach ${name}. You can try again.`,
};
