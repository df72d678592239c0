import { backoff } from '@relais/kit';
import type { HubClient } from '../hub/hub-client.ts';
import { createIceCredentials } from './ice-credentials.ts';
import type { Direction, MediaPair } from './media-pair.ts';

/** Keeps one transport's way to the media node, by restarting ICE. */
export interface IceMender {
  /** The transport's state has changed. */
  look(): void;
  /** The network has changed: does not wait for the transport to notice. */
  restartNow(): void;
  /** Negotiates anew under the credentials in use, which is no restart; while mending, the restart does. */
  negotiate(): void;
  /** The hub can be asked again. */
  hubIsBack(): void;
  close(): void;
}

/** Times that ICE is restarted with what the hub has just given before media is opened anew. */
const RESTARTS = 3;
/** Milliseconds for a restarted ICE to find its way: several round trips, and a TCP connection. */
const SETTLE_MS = 4000;
/** The same while the hub is not reached either. A browser sends for 15 s before it takes a way for dead. */
const AWAY_MS = 8000;
/** What was begun while nothing got through is given so long once the hub is back, before it is asked. */
const BACK_MS = 1500;
/** Milliseconds after which the next credentials are asked for ahead of need: joining is over by then. */
const PREPARE_MS = 2000;
/** Milliseconds within which two words of another network are of the same one. */
const SAME_CHANGE_MS = 300;

export function createIceMender(deps: {
  hub: HubClient;
  pair: MediaPair;
  direction: Direction;
  giveUp: () => void;
}): IceMender {
  const { hub, pair, direction, giveUp } = deps;
  const credentials = createIceCredentials(pair.ice[direction]);
  let isMending = false;
  /** When the mending that is under way was begun, or hurried; by performance.now(). */
  let hurriedAt = 0;
  let isHurried = false;
  /** Nothing was left to restart with, and the hub was not reached: to be made good as soon as it is. */
  let isOwed = false;
  let isPreparing = false;
  let isClosed = false;
  let endWait: (() => void) | undefined;
  let preparing: ReturnType<typeof setTimeout> | undefined;

  const isOver = () => isClosed || pair.closed;
  const state = () => pair[direction].connectionState;
  const isUp = () => state() === 'connected';

  async function mend(): Promise<void> {
    if (isMending) return;
    isMending = true;
    hurriedAt = performance.now();
    try {
      let asked = 0;
      do {
        isHurried = false;
        const renewed = await renew(asked > 0);
        isOwed = renewed === 'nothing';
        if (isOver() || isOwed) return;
        if (renewed === 'gone') return giveUp();
        if (renewed === 'asked') asked += 1;
        await wait(hub.connected ? SETTLE_MS : AWAY_MS);
        if (isOver() || (isUp() && !isHurried)) return;
        if (asked >= RESTARTS && hub.connected) return giveUp();
        if (asked > 0 && !isHurried) await wait(backoff(asked - 1, Math.random()));
      } while (!isOver() && (isHurried || !isUp()));
    } finally {
      isMending = false;
      if (isUp() && !isOwed) mended();
    }
  }

  /** Restarts ICE: with what was had ahead of need, or, when that brought nothing and the hub is there, with something new. */
  async function renew(mayAskFirst: boolean): Promise<'asked' | 'swapped' | 'gone' | 'nothing'> {
    if (!credentials.isPrepared || mayAskFirst) {
      const answer = await ask();
      if (answer === 'gone') return 'gone';
      if (answer) {
        credentials.use(answer);
        await restart();
        return 'asked';
      }
    }
    // Sending, the browser looks for new ways with the same credentials too; receiving, it wants to be given others.
    if (!credentials.swap() && direction === 'recv') return hub.connected ? 'swapped' : 'nothing';
    await restart();
    return 'swapped';
  }

  async function ask() {
    if (!hub.connected) return undefined;
    credentials.asking();
    const result = await hub.request('media:restartIce', { peerId: pair.peerId, direction });
    if (result.ok) return result.value.iceParameters;
    const { kind } = result.error;
    if (kind !== 'unknownId' && kind !== 'mediaRefused') return undefined;
    credentials.refused();
    return 'gone' as const;
  }

  async function restart(): Promise<void> {
    if (isOver()) return;
    try {
      await pair[direction].restartIce({ iceParameters: credentials.inUse });
    } catch (error) {
      console.error('media: restarting ICE', direction, error);
    }
  }

  /** Until the transport is up again, or the time is over. */
  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      endWait = done;
      function done() {
        clearTimeout(timer);
        endWait = undefined;
        resolve();
      }
    });
  }

  function mended(): void {
    isOwed = false;
    credentials.reached();
    clearTimeout(preparing);
    preparing = setTimeout(() => void prepare(), PREPARE_MS);
  }

  /** So that the next restart needs nobody: the socket falls with the network, and is slower to come back. */
  async function prepare(): Promise<void> {
    if (isOver() || isMending || isPreparing || !isUp() || credentials.isPrepared) return;
    isPreparing = true;
    const answer = await ask();
    isPreparing = false;
    if (isOver() || !answer) return;
    if (answer === 'gone') return giveUp();
    // A mending that has begun meanwhile goes on with it.
    if (credentials.keep(answer)) return;
    await restart();
    // What is in use now has to have its next one, too.
    mended();
  }

  return {
    look() {
      if (isUp()) {
        endWait?.();
        mended();
      } else if (state() === 'disconnected' || state() === 'failed') void mend();
    },
    restartNow() {
      if (state() === 'new' || state() === 'closed') return;
      if (!isMending) return void mend();
      // A change of network is told by several events at once.
      if (performance.now() - hurriedAt < SAME_CHANGE_MS) return;
      hurriedAt = performance.now();
      isHurried = true;
      endWait?.();
    },
    negotiate() {
      if (isUp() && !isMending) void restart();
    },
    hubIsBack() {
      if (state() === 'new' || state() === 'closed') return;
      if (isUp() && !isMending && !isOwed) return mended();
      if (isMending) setTimeout(() => endWait?.(), BACK_MS);
      else void mend();
    },
    close() {
      isClosed = true;
      clearTimeout(preparing);
      endWait?.();
    },
  };
}
