import { backoff } from '@relais/kit';
import type { Seat } from '@relais/protocol';
import type { LeaveTeller } from './leave-teller.ts';

/**
 * Tells the hub of leaving where the network does not reach it now. What does so is fetched once one is in: when it is needed
 * there may be no network.
 */
export interface LateLeaving extends Pick<LeaveTeller, 'takeBack' | 'lastWord' | 'close'> {
  load(): void;
  tell(...left: Parameters<LeaveTeller['tell']>): void;
}

/** `seat` gives the seat that this page holds when the code comes. */
export function createLateLeaving(kept: Storage | undefined, seat: () => Seat | undefined): LateLeaving {
  let teller: LeaveTeller | undefined;
  let isClosed = false;
  const load = async () => (teller ??= (await import('./leave-teller.ts')).beginTelling(kept, seat()));

  /** It was not here yet when the network went: it is fetched until it is. */
  async function tell(left: Parameters<LeaveTeller['tell']>): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      const here = await load().catch(ignore);
      if (here || isClosed) return here?.tell(...left);
      await new Promise((resolve) => setTimeout(resolve, backoff(failures, Math.random(), 1000, 30_000)));
    }
  }

  return {
    load: () => void load().catch(ignore),
    tell: (...left) => void tell(left),
    takeBack: (...told) => teller?.takeBack(...told),
    lastWord: (...said) => teller?.lastWord(...said),
    close() {
      isClosed = true;
      teller?.close();
    },
  };
}

/** What did not load is tried again. */
const ignore = () => undefined;
