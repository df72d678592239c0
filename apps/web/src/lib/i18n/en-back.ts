import type { BackWords } from './fr-back.ts';
import { pluralOf } from './plural.ts';

const plural = pluralOf('en-CA');

export const enBack: BackWords = {
  back: (duration) => `Welcome back after ${duration} away.`,
  messages: (n) =>
    plural(n, {
      one: `${n} message was written meanwhile.`,
      other: `${n} messages were written meanwhile.`,
    }),
  arrived: (names) => `Joined: ${names}.`,
  departed: (names) => `Left: ${names}.`,
  speaking: (names) => `Speaking now: ${names}.`,
  sharing: (names) => `Sharing their screen: ${names}.`,
  nothing: 'You missed no messages.',
  others: (n) => plural(n, { one: `${n} other person`, other: `${n} other people` }),
  read: 'Read',
};
