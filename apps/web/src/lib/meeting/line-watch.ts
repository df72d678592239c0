import type { HubClient } from '../hub/hub-client.ts';
import { probeMs, type LineNow } from '../hub/reconnect-pace.ts';
import type { MediaConnection } from '../media/connection-health.ts';

/** Notices that the line is gone, or back, sooner than a socket does by itself [BACK-2]. */
export interface LineWatch {
  /** Another network, or one after none; or awake after a sleep. */
  networkChanged(): void;
  /** The address that socket and media were reached by is gone for certain, and there is another [BACK-5]. */
  left(): void;
  /** Something may have happened to the line: the socket is asked whether it lives. */
  doubt(): void;
  /** Nothing comes any more. `isSure`: what came has not ended by itself, nor does a full line hold it up [BACK-5]. */
  stoodStill(of: { isSure: boolean }): void;
  /** How sound and picture stand: packets know first. */
  mediaMoved(connection: MediaConnection): void;
  close(): void;
}

/** A socket has just been asked, or has just come: it is not asked again for so many milliseconds. */
const ASKED_MS = 2000;

/**
 * Socket and media are mended apart, each as soon as it can be, and each tells the other what it learns: a way that ICE
 * has found is one for the socket too, and where the socket turns out to be dead the media restarts.
 */
export function createLineWatch(deps: {
  hub: HubClient;
  restartMedia: () => void;
  /** What packets of sound tell. */
  line: () => LineNow;
}): LineWatch {
  const { hub, restartMedia, line } = deps;
  let media: MediaConnection = 'closed';
  let isAsking = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  /**
   * `isElsewhere`: on another network, where sound that gets through says nothing of a socket of the former one.
   * `hasRestarted`: the media needs no word of it.
   */
  async function doubt({ isElsewhere = false, hasRestarted = false }): Promise<void> {
    if (!hub.connected) return hub.reconnect();
    if (isAsking) return;
    isAsking = true;
    askedAt = performance.now();
    const patienceMs = probeMs(hub.roundTripMs, isElsewhere ? undefined : line());
    const answer = await Promise.race([hub.request('line:probe', {}), late(patienceMs)]);
    isAsking = false;
    // A refusal is an answer; one that did not come because the socket fell has begun its return already.
    const isDead = answer === 'late' && !isClosed && hub.connected;
    if (!isDead) return;
    hub.reconnect();
    if (!hasRestarted) restartMedia();
  }

  return {
    networkChanged() {
      void doubt({ isElsewhere: true, hasRestarted: true });
      restartMedia();
    },
    left() {
      // Sound first: a socket that comes back keeps the page busy.
      restartMedia();
      hub.reconnect();
    },
    stoodStill: ({ isSure }) => void doubt({ isElsewhere: isSure }),
    doubt() {
      if (performance.now() - askedAt > ASKED_MS) void doubt({});
    },
    mediaMoved(connection) {
      const before = media;
      media = connection;
      if (before === connection) return;
      const isBack = before === 'interrupted' && connection === 'connected';
      if (isBack || connection === 'interrupted') void doubt({});
    },
    close() {
      isClosed = true;
    },
  };
}

const late = (ms: number) => new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), ms));
