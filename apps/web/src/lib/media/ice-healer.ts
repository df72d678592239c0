import type { ConnectionState } from 'mediasoup-client/types';
import { backoff } from '@relais/kit';
import type { HubClient } from '../hub/hub-client.ts';
import { isBroken } from './connection-health.ts';
import type { Direction, MediaPair } from './media-pair.ts';

export interface IceHealer {
  /** To be told of every change of a transport's state. */
  handleState(direction: Direction, state: ConnectionState): void;
  /** The network has changed: does not wait for the transports to notice. */
  restartNow(): void;
  close(): void;
}

/** Times that ICE is restarted before media is opened anew. */
const RESTARTS = 3;
/** Milliseconds for a restarted ICE to find its way: several round trips, and a TCP connection. */
const SETTLE_MS = 4000;

/** Mends one pair's transports by restarting ICE; `giveUp` when that does not bring them back. */
export function createIceHealer(deps: { hub: HubClient; pair: MediaPair; giveUp: () => void }): IceHealer {
  const { hub, pair, giveUp } = deps;
  const healing = new Set<Direction>();
  const waiting = new Map<Direction, () => void>();
  let closed = false;

  const isOver = () => closed || pair.closed;
  const isDown = (direction: Direction) => isBroken(pair[direction].connectionState);

  async function heal(direction: Direction): Promise<void> {
    if (healing.has(direction)) return;
    healing.add(direction);
    try {
      for (let attempt = 0; attempt < RESTARTS; attempt += 1) {
        // With the socket down nothing can be asked; coming back begins this again.
        if (isOver() || !hub.connected) return;
        if (!(await restart(direction))) break;
        await settled(direction, SETTLE_MS);
        if (isOver() || !isDown(direction)) return;
        await settled(direction, backoff(attempt, Math.random()));
      }
      if (!isOver() && hub.connected && isDown(direction)) giveUp();
    } finally {
      healing.delete(direction);
    }
  }

  /** False when the hub or the browser says that there is nothing to restart. */
  async function restart(direction: Direction): Promise<boolean> {
    const result = await hub.request('media:restartIce', { peerId: pair.peerId, direction });
    if (isOver()) return true;
    if (!result.ok) {
      if (result.error.kind === 'unknownId' || result.error.kind === 'mediaRefused') giveUp();
      return result.error.kind !== 'unknownId' && result.error.kind !== 'mediaRefused';
    }
    try {
      await pair[direction].restartIce({ iceParameters: result.value.iceParameters });
      return true;
    } catch (error) {
      console.error('media: restarting ICE', direction, error);
      return false;
    }
  }

  /** Until the transport is up again, or the time is over. */
  function settled(direction: Direction, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      waiting.set(direction, done);
      function done() {
        clearTimeout(timer);
        waiting.delete(direction);
        resolve();
      }
    });
  }

  return {
    handleState(direction, state) {
      if (state === 'connected') waiting.get(direction)?.();
      if (isBroken(state)) void heal(direction);
    },
    restartNow() {
      for (const direction of ['send', 'recv'] as const) {
        const { connectionState } = pair[direction];
        if (connectionState !== 'new' && connectionState !== 'closed') void heal(direction);
      }
    },
    close() {
      closed = true;
      for (const done of [...waiting.values()]) done();
    },
  };
}
