import {
  afterLook,
  afterSending,
  firstPiece,
  newPace,
  nextPiece,
  screensDiffer,
  type GreyPicture,
  type StillPace,
} from '@relais/domain';
import type { StillId, StillType } from '@relais/protocol';
import { STILL_PIECE_MAX_BYTES } from '@relais/protocol/limits';
import type { HubClient } from '../hub/hub-client.ts';

export interface EncodedStill {
  type: StillType;
  content: Uint8Array<ArrayBuffer>;
}

/** One look at the screen that is shared. */
export interface ScreenLook {
  grey: GreyPicture;
  /** Undefined when this browser could not make one small enough. */
  encode(): Promise<EncodedStill | undefined>;
}

export interface StillSender {
  close(): void;
}

export interface StillSenderDeps {
  hub: HubClient;
  /** Undefined while the screen gives no picture. */
  look: () => Promise<ScreenLook | undefined>;
  /** What the hub has of one's own screen. */
  told: () => StillId | undefined;
  /** Milliseconds from one look to the next. */
  everyMs: () => number;
  /** Milliseconds that only grow. */
  now: () => number;
}

/** Makes still images of the screen that one shares, for as long as they are needed [STILL-1] [STILL-4]. */
export function createStillSender(deps: StillSenderDeps): StillSender {
  const { hub, now } = deps;
  let pace: StillPace = newPace(now());
  let pieces = firstPiece();
  let sent: { stillId: StillId; grey: GreyPicture } | undefined;
  let lastGrey: GreyPicture | undefined;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function lookAndSend(): Promise<void> {
    const look = hub.connected ? await deps.look() : undefined;
    if (!look || isClosed) return;
    const { grey } = look;
    // A hub that was started again knows nothing of what was sent.
    if (sent && deps.told() !== sent.stillId) sent = undefined;
    const isMoving = lastGrey !== undefined && screensDiffer(lastGrey, grey);
    lastGrey = grey;
    const after = afterLook(pace, { now: now(), isNews: screensDiffer(sent?.grey, grey), isMoving });
    pace = after.pace;
    if (!after.take) return;
    const encoded = await look.encode();
    if (!encoded || isClosed) return;
    const stillId = crypto.randomUUID() as StillId;
    // What was begun counts, whatever becomes of it: a line that loses pieces is not filled with more.
    pace = afterSending(pace, encoded.content.byteLength);
    if (await upload(stillId, encoded)) sent = { stillId, grey };
  }

  /** In pieces, each acknowledged before the next: a message that is written meanwhile waits for one of them. */
  async function upload(stillId: StillId, { type, content }: EncodedStill): Promise<boolean> {
    const bytes = content.byteLength;
    for (let offset = 0; offset < bytes && !isClosed;) {
      if (pieces.waitMs > 0) await new Promise((resolve) => setTimeout(resolve, pieces.waitMs));
      const piece = content.slice(offset, offset + pieces.length);
      const from = now();
      const result = await hub.request('still:put', { stillId, type, bytes, offset, piece });
      if (!result.ok) return false;
      const longest = STILL_PIECE_MAX_BYTES;
      pieces = nextPiece(pieces, { bytes: piece.byteLength, ms: now() - from, longest });
      offset += piece.byteLength;
    }
    return !isClosed;
  }

  async function run(): Promise<void> {
    await lookAndSend().catch((error: unknown) => console.error('stills: making one', error));
    if (!isClosed) timer = setTimeout(() => void run(), deps.everyMs());
  }

  void run();
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
