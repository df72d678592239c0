import { firstPiece, isWorthFinishing, nextPiece } from '@relais/domain';
import type { ParticipantId, Still, StillType } from '@relais/protocol';
import { STILL_PIECE_MAX_BYTES } from '@relais/protocol/limits';
import { isPassing, retryDelay } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';

export interface StillWanted {
  participantId: ParticipantId;
  still: Still;
}

export interface PulledStill extends StillWanted {
  type: StillType;
  content: Uint8Array<ArrayBuffer>;
}

export interface StillPuller {
  /** The newest image of the screen that is shown; undefined: none. Called again after a fall of the socket. */
  want(wanted: StillWanted | undefined): void;
  close(): void;
}

interface Pulling extends StillWanted {
  content: Uint8Array<ArrayBuffer>;
  have: number;
}

/** Brings still images over in pieces, at a pace that leaves sound its share [STILL-5]. `whole` is given each that is. */
export function createStillPuller(deps: {
  hub: HubClient;
  whole: (still: PulledStill) => void;
  now: () => number;
}): StillPuller {
  const { hub, whole, now } = deps;
  let wanted: StillWanted | undefined;
  let pulling: Pulling | undefined;
  /** The last that came whole, or that is no longer to be had. */
  let doneWith: string | undefined;
  let pace = firstPiece();
  let failures = 0;
  let isRunning = false;
  let isClosed = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      while (!isClosed && hub.connected && choose()) await onePiece();
    } finally {
      isRunning = false;
    }
  }

  /** What is pulled next; undefined when there is nothing to pull. */
  function choose(): Pulling | undefined {
    if (!wanted || wanted.still.stillId === doneWith) return (pulling = undefined);
    const isSame = pulling?.still.stillId === wanted.still.stillId;
    const isNearlyThere =
      pulling?.participantId === wanted.participantId && isWorthFinishing(pulling.have, pulling.still.bytes);
    if (!isSame && !isNearlyThere)
      pulling = { ...wanted, content: new Uint8Array(wanted.still.bytes), have: 0 };
    return pulling;
  }

  async function onePiece(): Promise<void> {
    if (pace.waitMs > 0) await pause(pace.waitMs);
    const at = choose();
    if (!at || isClosed) return;
    const { participantId, still, have } = at;
    const from = now();
    const result = await hub.request('still:get', {
      participantId,
      stillId: still.stillId,
      offset: have,
      length: pace.length,
    });
    if (!result.ok) {
      if (!isPassing(result.error)) giveUp(at);
      else if (hub.connected) await pause(retryDelay(result.error, (failures += 1), Math.random()));
      return;
    }
    failures = 0;
    const piece = new Uint8Array(result.value.piece);
    pace = nextPiece(pace, { bytes: piece.byteLength, ms: now() - from, longest: STILL_PIECE_MAX_BYTES });
    take(at, piece, result.value.type);
  }

  function take(at: Pulling, piece: Uint8Array, type: StillType): void {
    if (piece.byteLength === 0 || at.have + piece.byteLength > at.still.bytes) return giveUp(at);
    at.content.set(piece, at.have);
    at.have += piece.byteLength;
    if (at.have < at.still.bytes) return;
    if (pulling === at) pulling = undefined;
    const { participantId, still, content } = at;
    if (wanted?.still.stillId === still.stillId) doneWith = still.stillId;
    if (wanted?.participantId === participantId && !isClosed) whole({ participantId, still, type, content });
  }

  /** It is no longer there: a newer one is told soon, or has been. */
  function giveUp(at: Pulling): void {
    if (pulling === at) pulling = undefined;
    if (wanted?.still.stillId === at.still.stillId) doneWith = at.still.stillId;
  }

  return {
    want(next) {
      if (next?.participantId !== wanted?.participantId) doneWith = undefined;
      wanted = next;
      void run();
    },
    close() {
      isClosed = true;
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
