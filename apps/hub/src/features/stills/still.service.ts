import { fail, ok, type Result } from '@relais/kit';
import type { AnswerValue, Refusal, Request, StillId, StillType } from '@relais/protocol';
import type { Logger } from 'pino';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { StillKey, StillStore } from '../../ports/still-store.ts';
import type { LiveMeeting, Occupant } from '../meeting/live-meeting.ts';

export interface StillServiceDeps {
  store: StillStore;
  limiter: RateLimiter;
  now: () => number;
  logger: Logger;
}

/** A sharer looks at its screen every two seconds; a turn of its network lets some come at once. */
const STILLS_PER_PERSON = { limit: 30, windowMs: 60_000 };
/** Milliseconds that an image is kept after a newer one has come, for who has received more than half of it [STILL-5]. */
const KEPT_AFTER_MS = 30_000;

/** What has come of an image so far. */
interface Upload {
  stillId: StillId;
  type: StillType;
  content: Uint8Array;
  received: number;
}

/** Still images of shared screens: taken in from who shares, in pieces, and given out in pieces. */
export class StillService {
  readonly #deps: StillServiceDeps;
  /** One at a time for each person [STILL-1]. */
  readonly #uploads = new WeakMap<Occupant, Upload>();
  readonly #ending = new Set<NodeJS.Timeout>();

  constructor(deps: StillServiceDeps) {
    this.#deps = deps;
  }

  async put(
    meeting: LiveMeeting,
    occupant: Occupant,
    request: Request<'still:put'>,
  ): Promise<Result<void, Refusal>> {
    const { stillId, offset, piece, bytes } = request;
    if (!sharesScreen(meeting, occupant)) return fail(NOTHING_SHARED);
    if (offset + piece.byteLength > bytes) return fail(wrong('piece: past the end'));
    if (offset === 0) {
      // An image does not change once it is told.
      if (meeting.live[occupant.participantId]?.still?.stillId === stillId)
        return fail({ kind: 'unknownId', id: stillId });
      const begun = await this.#begin(occupant, request);
      if (!begun.ok) return begun;
    }
    const upload = this.#uploads.get(occupant);
    // Of another image, or not the piece whose turn it is: the sharer begins with its newest.
    if (upload?.stillId !== stillId || upload.received !== offset || upload.content.byteLength !== bytes)
      return fail({ kind: 'unknownId', id: stillId });
    upload.content.set(piece, offset);
    upload.received += piece.byteLength;
    return upload.received < bytes ? ok(undefined) : this.#finish(meeting, occupant, upload);
  }

  async get(
    meeting: LiveMeeting,
    { participantId, stillId, offset, length }: Request<'still:get'>,
  ): Promise<Result<AnswerValue<'still:get'>, Refusal>> {
    const image = await this.#deps.store.get({ meetingId: meeting.id, participantId, stillId });
    if (!image) return fail({ kind: 'unknownId', id: stillId });
    const { type, content } = image;
    if (offset >= content.byteLength) return fail(wrong('offset: past the end'));
    // A copy: Socket.IO would send the whole memory that a view looks into.
    const piece = Uint8Array.from(content.subarray(offset, offset + length));
    return ok({ type, bytes: content.byteLength, piece });
  }

  /** [STILL-2] An image that is no longer the newest is kept for a moment; one whose screen is no longer shared is not. */
  over(key: StillKey, isReplaced: boolean): void {
    if (!isReplaced) return this.#drop(key);
    const timer = setTimeout(() => {
      this.#ending.delete(timer);
      this.#drop(key);
    }, KEPT_AFTER_MS);
    timer.unref();
    this.#ending.add(timer);
  }

  close(): void {
    for (const timer of this.#ending) clearTimeout(timer);
    this.#ending.clear();
  }

  async #begin(
    occupant: Occupant,
    { stillId, type, bytes, piece }: Request<'still:put'>,
  ): Promise<Result<void, Refusal>> {
    if (!looksLike(type, piece)) return fail(wrong('piece: not of that type'));
    const taken = await this.#deps.limiter.take(`still:${occupant.participantId}`, STILLS_PER_PERSON);
    if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    this.#uploads.set(occupant, { stillId, type, content: new Uint8Array(bytes), received: 0 });
    return ok(undefined);
  }

  async #finish(meeting: LiveMeeting, occupant: Occupant, upload: Upload): Promise<Result<void, Refusal>> {
    this.#uploads.delete(occupant);
    const { participantId } = occupant;
    const { stillId, type, content } = upload;
    const key = { meetingId: meeting.id, participantId, stillId };
    await this.#deps.store.put(key, { type, content });
    // The sharing, or the seat, may have ended while it was stored.
    if (!meeting.sits(occupant) || !sharesScreen(meeting, occupant)) {
      this.#drop(key);
      return fail(NOTHING_SHARED);
    }
    const still = { stillId, bytes: content.byteLength, at: this.#deps.now() };
    meeting.change({ type: 'stillTaken', participantId, still });
    return ok(undefined);
  }

  #drop(key: StillKey): void {
    this.#deps.store.drop(key).catch((error: unknown) => {
      this.#deps.logger.error({ err: error }, 'dropping a still image failed');
    });
  }
}

const NOTHING_SHARED: Refusal = { kind: 'mediaRefused', reason: 'no screen is shared' };

const wrong = (issue: string): Refusal => ({ kind: 'invalidInput', issues: [issue] });

function sharesScreen(meeting: LiveMeeting, { participantId }: Occupant): boolean {
  return !!meeting.live[participantId]?.producers.some(({ source }) => source === 'screen');
}

/** By its first bytes: `RIFF....WEBP`, or a JPEG's start. A shorter piece is not told apart, and is taken for wrong. */
function looksLike(type: StillType, piece: Uint8Array): boolean {
  if (type === 'image/jpeg') return piece[0] === 0xff && piece[1] === 0xd8 && piece[2] === 0xff;
  const letters = String.fromCharCode(...piece.subarray(0, 4), ...piece.subarray(8, 12));
  return letters === 'RIFFWEBP';
}
