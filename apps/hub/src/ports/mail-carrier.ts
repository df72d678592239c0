import type { Result } from '@relais/kit';
import type { Letter } from './outbox.ts';

/** `later`: the same may go another time. `never`: the server will not have it, whenever. `reason`: for who runs the site. */
export type CarryFailure = { kind: 'later' | 'never'; reason: string };

/** Hands letters over to somebody who delivers them. */
export interface MailCarrier {
  /** Resolves when the other side has taken the letter into its charge, within twelve minutes at the worst. */
  carry(letter: Letter): Promise<Result<void, CarryFailure>>;
  close(): void;
}
