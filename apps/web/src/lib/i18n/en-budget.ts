import type { BudgetWords } from './fr-budget.ts';

export const enBudget: BudgetWords = {
  perHour: (size) => `about ${size} an hour`,
  estimateFor: 'Estimate for',
  people: (count) => `${count} people`,
  present: (count) =>
    count === 0
      ? 'Nobody is there yet.'
      : count === 1
        ? 'One person is there already.'
        : `${count} people are there already.`,
  limitData: 'Limit data',
  heading: 'Data used',
  meeting: 'This meeting',
  bothWays: (down, up) => `${down} received, ${up} sent`,
  pace: 'Right now',
  today: 'Today',
  month: 'This month',
  about:
    'Counted by this browser, on this device, for meetings alone. Your provider may count a little differently.',
  counting: 'Counting begins…',
  capHeading: 'My limit',
  spentOf: (spent, cap) => `${spent} of ${cap}`,
  none: 'No limit',
  other: 'Another limit',
  otherLabel: 'Limit in megabytes (MB)',
  otherHint: '1 GB is 1,000 MB.',
  otherWrong: 'Write a number of megabytes, from 1 to 1,000,000.',
  apply: 'Set the limit',
  scope: 'This limit is',
  scopes: { meeting: 'for each meeting', month: 'for the whole month' },
  lasts: (cap, full, small, light) =>
    `In this meeting, ${cap} last about ${full} with everything, ${small} with small pictures, ${light} in light mode.`,
  never:
    'So that the limit lasts, pictures become fewer and smaller, then stop. Sound and messages always go on, even when the limit is reached.',
  lifted: 'The limit is lifted.',
  set: (cap) => `The limit is ${cap}.`,
  sayings: {
    spread: (cap) => `To make your limit of ${cap} last, there are fewer pictures; sound goes on.`,
    near: (cap) => `Four fifths of your limit of ${cap} are used; sound will go on.`,
    light: (cap) => `Your limit of ${cap} still allows light mode: pictures stop, sound goes on.`,
    reached: (cap) => `Your limit of ${cap} is reached: sound and messages remain, and go on.`,
    back: () => 'Your data limit allows it again: pictures come back.',
  },
  change: 'Change the limit',
};
