/**
 * True once `holds` has been true for `ms` milliseconds without a break, and false as soon as it is not: what passes in
 * a moment is not spoken of. To be called while a component is set up.
 */
export function lasting(holds: () => boolean, ms: number): { readonly current: boolean } {
  let lasts = $state(false);
  // Apart from the effect, which would begin anew whenever something that `holds` reads changes.
  const now = $derived(holds());
  $effect(() => {
    if (!now) return;
    const timer = setTimeout(() => (lasts = true), ms);
    return () => {
      clearTimeout(timer);
      lasts = false;
    };
  });
  return {
    get current() {
      return lasts;
    },
  };
}

/** Milliseconds: coming back to another hub or over another network, or media opened again on another worker, is over before. */
export const A_MOMENT = 2000;
