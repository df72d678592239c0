import type { HubClient } from '../hub/hub-client.ts';
import { createIceMender } from './ice-mender.ts';
import type { Direction, MediaPair } from './media-pair.ts';

export interface IceHealer {
  /** To be told of every change of a transport's state. */
  handleState(direction: Direction): void;
  /** The network has changed: does not wait for the transports to notice. */
  restartNow(): void;
  /** Negotiates anew without another way: what was changed of the description comes into force. */
  negotiate(direction: Direction): void;
  /** The seat is held again: the hub can be asked. */
  hubIsBack(): void;
  close(): void;
}

/** Mends one pair's transports by restarting ICE, each apart from the other; `giveUp` when that does not bring them back. */
export function createIceHealer(deps: { hub: HubClient; pair: MediaPair; giveUp: () => void }): IceHealer {
  const { hub, pair } = deps;
  let hasGivenUp = false;
  const giveUp = () => {
    if (!hasGivenUp) deps.giveUp();
    hasGivenUp = true;
  };
  // In this order each looks for its way: what is heard takes longer to come back than what is said.
  const menders = {
    recv: createIceMender({ hub, pair, direction: 'recv', giveUp }),
    send: createIceMender({ hub, pair, direction: 'send', giveUp }),
  };
  const both = Object.values(menders);
  return {
    handleState: (direction) => menders[direction].look(),
    restartNow: () => both.forEach((one) => one.restartNow()),
    negotiate: (direction) => menders[direction].negotiate(),
    hubIsBack: () => both.forEach((one) => one.hubIsBack()),
    close: () => both.forEach((one) => one.close()),
  };
}
