/** What is shown of a budget before the door: fetched a little after the page, for nobody needs it to enter. */
export { default as AheadChoice } from './AheadChoice.svelte';
export { default as AheadCost } from './AheadCost.svelte';
