import { untilNextSecond } from './deadline.ts';

/**
 * The hub's clock, as often as a countdown to `end` shows another second; where nothing is counted it stands still. To be called
 * while a component is set up.
 */
export function ticking(hubNow: () => number, end: () => number | null): { readonly now: number } {
  let now = $state(hubNow());
  // Apart from the effect, which would begin anew whenever something that `end` reads changes.
  const until = $derived(end());
  $effect(() => {
    if (until === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      now = hubNow();
      timer = setTimeout(look, untilNextSecond(until, now));
    };
    look();
    return () => clearTimeout(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}
