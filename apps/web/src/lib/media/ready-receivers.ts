import type { Consumer } from 'mediasoup-client/types';
import type { ConsumerParameters, MediaKind, MediaSource, ParticipantId, ProducerId } from '@relais/protocol';
import { layerFor } from './layer-choice.ts';
import type { MediaPair } from './media-pair.ts';
import type { Wish } from './reconciler.ts';

/** People of another room for whom it is ready: of most rooms all. */
const PEOPLE = 6;
/** Milliseconds of rest after the last move before what it used is made anew: negotiating keeps a browser busy. */
const REST_MS = 1000;
/** What can be anybody's; a shared screen is one person's, and rare. */
const KIND_OF: Partial<Record<MediaSource, MediaKind>> = { microphone: 'audio', camera: 'video' };

type RtpParameters = Consumer['rtpParameters'];

/** What the node is told to send where. */
export interface Ready {
  producerId: ProducerId;
  mid: string;
  spatialLayer?: number;
}

/** Sound and picture of one person: in one stream, so that the browser keeps them in step. */
interface Seat {
  readonly streamId: string;
  readonly receivers: Map<MediaKind, Consumer>;
  /** Whose they are, from being asked for on. */
  participantId?: ParticipantId;
}

/**
 * Receivers of one pair that the browser has negotiated ahead of need [MEDIA-11]: whoever goes to another room while sub-groups
 * run finds them ready for whom they find there, and the browser, which takes a tenth of a second and more for a negotiation on a
 * small computer, is spared it at that moment. Nothing is sent to them before. They are told apart by their `mid`; the SSRC
 * is known when the first packet comes (RFC 8843, section 9.2).
 */
export interface ReadyReceivers {
  /** Where the node may send to at once, for as many of these as there are receivers. */
  take(ids: readonly ProducerId[], wish: Wish): Ready[];
  /** The receiver to which it sends this, if it does; whose it is from then on is not known here. */
  claim(one: ConsumerParameters): Consumer | undefined;
  /** Sub-groups run, and the page shows so many pictures of others at most; undefined: they do not. */
  prepare(pictures: number | undefined): void;
}

/** `likeness`: what the node sends by, of one of that kind that has been opened. */
export function createReadyReceivers(
  pair: MediaPair,
  likeness: (kind: MediaKind) => RtpParameters | undefined,
): ReadyReceivers {
  let seats: Seat[] = [];
  let wanted: Record<MediaKind, number> = { audio: 0, video: 0 };
  let names = 0;
  let isFilling = false;
  /** Some could not be made: nobody had been heard, or seen, yet. */
  let isShort = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function fillLater(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      fill().catch((error: unknown) => console.error('media: being ready', error));
    }, REST_MS);
  }

  async function fill(): Promise<void> {
    if (pair.closed) return;
    if (isFilling || pair.recv.connectionState !== 'connected') return fillLater();
    isFilling = true;
    isShort = false;
    try {
      letGo();
      const most = Math.max(wanted.audio, wanted.video);
      while (seats.length < most) seats.push({ streamId: `ready-${(names += 1)}`, receivers: new Map() });
      // Together: mediasoup-client makes one negotiation of all.
      await Promise.all(seats.flatMap((seat, index) => kindsFor(index).map((kind) => make(seat, kind))));
    } finally {
      isFilling = false;
    }
  }

  /** What was asked for and did not come is ready for nobody else: it may come yet. */
  function letGo(): void {
    const free = seats.filter(({ participantId }) => participantId === undefined);
    const kept = new Set(
      free.flatMap((seat, index) => kindsFor(index).map((kind) => seat.receivers.get(kind))),
    );
    for (const { receivers } of seats)
      for (const [kind, receiver] of receivers) {
        if (kept.has(receiver)) continue;
        receivers.delete(kind);
        receiver.close();
      }
    seats = free.filter(({ receivers }) => receivers.size > 0);
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
    const rtpParameters = { ...like, mid, encodings: [{}] };
    receivers.set(kind, await pair.recv.consume({ id: mid, producerId: mid, kind, streamId, rtpParameters }));
  }

  return {
    take(ids, { wanted: all, tiles, topLayer }) {
      const ready = all.flatMap(({ producerId, participantId, source }): Ready[] => {
        const kind = KIND_OF[source];
        if (!kind || !ids.includes(producerId)) return [];
        const seat =
          seats.find((one) => one.participantId === participantId) ??
          seats.find((one) => one.participantId === undefined && one.receivers.has(kind));
        const mid = seat?.receivers.get(kind)?.rtpParameters.mid;
        if (!seat || mid === undefined) return [];
        seat.participantId = participantId;
        const width = kind === 'video' ? tiles.get(participantId) : undefined;
        const layer = width === undefined ? {} : { spatialLayer: Math.min(topLayer, layerFor(width)) };
        return [{ producerId, mid, ...layer }];
      });
      if (ready.length > 0) fillLater();
      return ready;
    },
    claim({ kind, rtpParameters: { mid } }) {
      for (const { receivers } of seats) {
        const receiver = receivers.get(kind);
        if (!receiver || receiver.rtpParameters.mid !== mid) continue;
        receivers.delete(kind);
        return receiver;
      }
      return undefined;
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
