import type { Consumer } from 'mediasoup-client/types';
import type { ConsumerParameters, MediaKind, MediaSource, ParticipantId, ProducerId } from '@relais/protocol';
import { layerFor } from './layer-choice.ts';
import type { MediaPair } from './media-pair.ts';
import type { Wish } from './reconciler.ts';

/** People of another room for whom it is ready: of most rooms all. */
const PEOPLE = 6;
/**
 * Milliseconds after which nobody waits any more for what was asked for without an answer: longer than a request takes with those
 * that follow it. What then comes for it all the same is asked for anew.
 */
const UNANSWERED_MS = 30_000;
/** Milliseconds of rest after the last move before what it used is made anew: negotiating keeps a browser busy. */
const REST_MS = 1000;
/** What can be anybody's; a shared screen is one person's, and rare. */
const KIND_OF: Partial<Record<MediaSource, MediaKind>> = { microphone: 'audio', camera: 'video' };

type RtpParameters = Consumer['rtpParameters'];

/** What the node is told to send where. */
export interface Ready {
  producerId: ProducerId;
  mid: string;
  ssrc: number;
  spatialLayer?: number;
}

/** Sound and picture of one person: in one stream, so that the browser keeps them in step. */
interface Seat {
  readonly streamId: string;
  readonly receivers: Map<MediaKind, Consumer>;
}

/** Of one person, for whom it was asked. */
interface Taken extends Seat {
  /** The `mid` of those that are asked for and not answered yet: the node may be sending there. */
  readonly asked: Set<string>;
  /** Milliseconds, as of `performance.now()`, until which the answer may yet come. */
  until: number;
}

/**
 * Receivers of one pair that the browser has negotiated ahead of need [MEDIA-11]: whoever goes to another room while sub-groups
 * run finds them ready for whom they find there, and the browser, which takes a tenth of a second and more for a negotiation on a
 * small computer, is spared it at that moment. Nothing is sent to them before. The node is told under which SSRC to send: of
 * streams that no SSRC was told of Chromium makes new ones at every later negotiation, and their pictures begin again.
 */
export interface ReadyReceivers {
  /** Where the node may send to at once, for as many of these as there are receivers. */
  take(ids: readonly ProducerId[], wish: Wish): Ready[];
  /** The receiver to which it sends this, if it does; whose it is from then on is not known here. */
  claim(one: ConsumerParameters): Consumer | undefined;
  /** The node has answered: what has not been claimed of these comes no more. */
  answered(taken: readonly Ready[]): void;
  /** Sub-groups run, and the page shows so many pictures of others at most; undefined: they do not. */
  prepare(pictures: number | undefined): void;
}

/** Even, and of the upper half: the node's own are all in the lower, and what is sent again comes under the next. */
function newSsrc(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 2 ** 31 + (random >>> 2) * 2;
}

/** `likeness`: what the node sends by, of one of that kind that has been opened. */
export function createReadyReceivers(
  pair: MediaPair,
  likeness: (kind: MediaKind) => RtpParameters | undefined,
): ReadyReceivers {
  /** For whoever comes. */
  let free: Seat[] = [];
  const taken = new Map<ParticipantId, Taken>();
  let wanted: Record<MediaKind, number> = { audio: 0, video: 0 };
  let names = 0;
  let isFilling = false;
  /** Some could not be made: nobody had been heard, or seen, yet. */
  let isShort = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function fillLater(ms = REST_MS): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      fill().catch((error: unknown) => console.error('media: being ready', error));
    }, ms);
  }

  async function fill(): Promise<void> {
    if (pair.closed) return;
    if (isFilling || pair.recv.connectionState !== 'connected') return fillLater();
    isFilling = true;
    isShort = false;
    try {
      letGo();
      if (taken.size > 0) fillLater(UNANSWERED_MS);
      // Those that may yet be sent to count: else there would be more with each request that nobody answers.
      const most = Math.max(wanted.audio, wanted.video) - taken.size;
      while (free.length < most) free.push({ streamId: `ready-${(names += 1)}`, receivers: new Map() });
      // Together: mediasoup-client makes one negotiation of all.
      await Promise.all(free.flatMap((seat, index) => kindsFor(index).map((kind) => make(seat, kind))));
    } finally {
      isFilling = false;
    }
  }

  /** Of what was asked for what did not come is ready for nobody else: it might have been for somebody. */
  function letGo(): void {
    const now = performance.now();
    for (const [participantId, { receivers, asked, until }] of taken) {
      if (asked.size > 0 && until > now) continue;
      taken.delete(participantId);
      for (const receiver of receivers.values()) receiver.close();
    }
    free.forEach(({ receivers }, index) => {
      const kinds = kindsFor(index);
      for (const [kind, receiver] of receivers) {
        if (kinds.includes(kind)) continue;
        receivers.delete(kind);
        receiver.close();
      }
    });
    free = free.filter(({ receivers }) => receivers.size > 0);
  }

  const kindsFor = (index: number) => (['audio', 'video'] as const).filter((kind) => index < wanted[kind]);

  async function make({ streamId, receivers }: Seat, kind: MediaKind): Promise<void> {
    if (receivers.has(kind)) return;
    const like = likeness(kind);
    if (!like) {
      isShort = true;
      return;
    }
    const mid = `r${(names += 1)}`;
    const ssrc = newSsrc();
    const encodings = like.encodings?.map(({ rtx, ...rest }) => ({
      ...rest,
      ssrc,
      ...(rtx && { rtx: { ssrc: ssrc + 1 } }),
    }));
    const rtpParameters = { ...like, mid, ...(encodings && { encodings }) };
    receivers.set(kind, await pair.recv.consume({ id: mid, producerId: mid, kind, streamId, rtpParameters }));
  }

  function seatOf(participantId: ParticipantId, kind: MediaKind): Taken | undefined {
    const theirs = taken.get(participantId);
    if (theirs) return theirs;
    const seat = free.find(({ receivers }) => receivers.has(kind));
    if (!seat) return undefined;
    free = free.filter((one) => one !== seat);
    const now: Taken = { ...seat, asked: new Set(), until: 0 };
    taken.set(participantId, now);
    return now;
  }

  return {
    take(ids, { wanted: all, tiles, topLayer }) {
      const ready = all.flatMap(({ producerId, participantId, source }): Ready[] => {
        const kind = KIND_OF[source];
        if (!kind || !ids.includes(producerId)) return [];
        const seat = seatOf(participantId, kind);
        const { mid, encodings } = seat?.receivers.get(kind)?.rtpParameters ?? {};
        const ssrc = encodings?.[0]?.ssrc;
        if (!seat || mid === undefined || ssrc === undefined) return [];
        seat.asked.add(mid);
        seat.until = performance.now() + UNANSWERED_MS;
        const width = kind === 'video' ? tiles.get(participantId) : undefined;
        const layer = width === undefined ? {} : { spatialLayer: Math.min(topLayer, layerFor(width)) };
        return [{ producerId, mid, ssrc, ...layer }];
      });
      if (ready.length > 0) fillLater();
      return ready;
    },
    claim({ kind, rtpParameters: { mid, encodings } }) {
      for (const { receivers } of taken.values()) {
        const receiver = receivers.get(kind);
        const made = receiver?.rtpParameters;
        if (!made || made.mid !== mid || made.encodings?.[0]?.ssrc !== encodings[0]?.ssrc) continue;
        receivers.delete(kind);
        return receiver;
      }
      return undefined;
    },
    answered(all) {
      for (const { asked } of taken.values()) for (const { mid } of all) asked.delete(mid);
      if (all.length > 0) fillLater();
    },
    prepare(pictures) {
      const next = { audio: pictures === undefined ? 0 : PEOPLE, video: Math.min(PEOPLE, pictures ?? 0) };
      const isSame = next.audio === wanted.audio && next.video === wanted.video;
      if (isSame && !isShort) return;
      wanted = next;
      isShort = false;
      fillLater();
    },
  };
}
