import { randomUUID } from 'node:crypto';
import { firstCameras, wantedProducers } from '@relais/domain';
import { fail, ok, unreachable, type Result } from '@relais/kit';
import type {
  ConsumerParameters,
  LiveProducer,
  MediaKind,
  MediaNode,
  MediaOffer,
  MediaRefusal,
  MediaSource,
  OpenedConsumer,
  PeerId,
  PeerKey,
  PeerMedia,
  ProducerId,
  Refusal,
  Request,
} from '@relais/protocol';
import type { LiveMeeting, Occupant } from '../meeting/live-meeting.ts';

const KIND_OF: Record<MediaSource, MediaKind> = {
  microphone: 'audio',
  screenAudio: 'audio',
  camera: 'video',
  screen: 'video',
};

/** An occupant's media is opened once at a time; others learn of it through the live state. */
export class MediaService {
  readonly #node: MediaNode;

  constructor(node: MediaNode) {
    this.#node = node;
  }

  /** Opens the occupant's transports with the consumers of their first screen; closes those from before. */
  async open(
    meeting: LiveMeeting,
    occupant: Occupant,
    offer: MediaOffer,
  ): Promise<Result<PeerMedia, Refusal>> {
    this.close(meeting, occupant);
    const peerId = randomUUID() as PeerId;
    occupant.peerId = peerId;
    const opened = await this.#node.openPeer({
      roomId: meeting.id,
      peerId,
      rtpCapabilities: offer.rtpCapabilities,
      fingerprints: offer.fingerprints,
      consume: firstProducers(meeting, occupant, offer.maxVideos),
    });
    if (occupant.peerId !== peerId) {
      // Opened anew, or given up, while the node was at work: what it made belongs to nobody.
      if (opened.ok) void this.#node.closePeer({ roomId: meeting.id, peerId });
      return fail({ kind: 'unavailable', what: 'media' });
    }
    if (!opened.ok) {
      occupant.peerId = undefined;
      return fail(refusalOf(opened.error));
    }
    const { send, recv, consumers } = opened.value;
    return ok({ peerId, send, recv, consumers: withOwners(meeting, consumers) });
  }

  /** [LIVE-4] */
  close(meeting: LiveMeeting, occupant: Occupant): void {
    const { peerId } = occupant;
    occupant.peerId = undefined;
    meeting.closeProducersOf(occupant.participantId);
    if (peerId) void this.#node.closePeer({ roomId: meeting.id, peerId });
  }

  async produce(
    meeting: LiveMeeting,
    occupant: Occupant,
    request: Request<'media:produce'>,
  ): Promise<Result<{ producerId: ProducerId }, Refusal>> {
    const { source, kind, rtpParameters, paused, peerId } = request;
    if (KIND_OF[source] !== kind) return fail({ kind: 'invalidInput', issues: ['kind: not of that source'] });
    if (occupant.peerId !== peerId) return fail({ kind: 'unknownId', id: peerId }); // [MEDIA-5]
    const key = { roomId: meeting.id, peerId };
    const produced = await this.#node.produce({ ...key, kind, rtpParameters, paused });
    if (!produced.ok) return fail(refusalOf(produced.error));
    const { producerId } = produced.value;
    if (occupant.peerId !== peerId) return fail({ kind: 'unknownId', id: peerId });
    const older = ownProducers(meeting, occupant).find((p) => p.source === source);
    meeting.change({
      type: 'producerOpened',
      participantId: occupant.participantId,
      producerId,
      source,
      paused,
    });
    if (older) void this.#node.closeProducer(key, older.producerId); // [LIVE-2]
    return ok({ producerId });
  }

  async pauseProducer(
    meeting: LiveMeeting,
    occupant: Occupant,
    { producerId, paused }: Request<'media:pauseProducer'>,
  ): Promise<Result<void, Refusal>> {
    const key = this.#ownProducer(meeting, occupant, producerId);
    if (!key.ok) return key;
    const done = await this.#node.pauseProducer(key.value, producerId, paused);
    if (!done.ok) return fail(refusalOf(done.error));
    const { participantId } = occupant;
    if (ownProducers(meeting, occupant).some((p) => p.producerId === producerId)) {
      meeting.change({ type: 'producerPaused', participantId, producerId, paused });
    }
    return ok(undefined);
  }

  async closeProducer(
    meeting: LiveMeeting,
    occupant: Occupant,
    { producerId }: Request<'media:closeProducer'>,
  ): Promise<Result<void, Refusal>> {
    const key = this.#ownProducer(meeting, occupant, producerId);
    if (!key.ok) return key;
    meeting.change({ type: 'producerClosed', participantId: occupant.participantId, producerId });
    const done = await this.#node.closeProducer(key.value, producerId);
    return done.ok || done.error.kind === 'unknownId' ? ok(undefined) : fail(refusalOf(done.error));
  }

  async consume(
    meeting: LiveMeeting,
    occupant: Occupant,
    { peerId, producerIds }: Request<'media:consume'>,
  ): Promise<Result<{ consumers: ConsumerParameters[] }, Refusal>> {
    if (occupant.peerId !== peerId) return fail({ kind: 'unknownId', id: peerId }); // [MEDIA-5]
    const others = producerIds.filter((id) => {
      const owner = meeting.ownerOf(id);
      return owner !== undefined && owner !== occupant.participantId; // [MEDIA-3]
    });
    const [first] = producerIds;
    if (others.length === 0 && first) return fail({ kind: 'unknownId', id: first });
    const key = { roomId: meeting.id, peerId };
    const consumed = await this.#node.consume({ ...key, producerIds: others, paused: true });
    if (!consumed.ok) return fail(refusalOf(consumed.error));
    return ok({ consumers: withOwners(meeting, consumed.value) });
  }

  async pauseConsumers(
    meeting: LiveMeeting,
    occupant: Occupant,
    { consumerIds, paused }: Request<'media:pauseConsumers'>,
  ): Promise<Result<void, Refusal>> {
    const key = openPeer(meeting, occupant);
    if (!key.ok) return key;
    const done = await this.#node.pauseConsumers(key.value, consumerIds, paused);
    return done.ok ? done : fail(refusalOf(done.error));
  }

  async closeConsumers(
    meeting: LiveMeeting,
    occupant: Occupant,
    { consumerIds }: Request<'media:closeConsumers'>,
  ): Promise<Result<void, Refusal>> {
    const key = openPeer(meeting, occupant);
    if (!key.ok) return key;
    const done = await this.#node.closeConsumers(key.value, consumerIds);
    return done.ok ? done : fail(refusalOf(done.error));
  }

  async preferLayer(
    meeting: LiveMeeting,
    occupant: Occupant,
    { consumerId, spatialLayer }: Request<'media:preferLayer'>,
  ): Promise<Result<void, Refusal>> {
    const key = openPeer(meeting, occupant);
    if (!key.ok) return key;
    const done = await this.#node.preferLayer(key.value, consumerId, spatialLayer);
    return done.ok ? done : fail(refusalOf(done.error));
  }

  async restartIce(
    meeting: LiveMeeting,
    occupant: Occupant,
    { peerId, direction }: Request<'media:restartIce'>,
  ): Promise<Result<Pick<PeerMedia['send'], 'iceParameters'>, Refusal>> {
    if (occupant.peerId !== peerId) return fail({ kind: 'unknownId', id: peerId }); // [MEDIA-5]
    const done = await this.#node.restartIce({ roomId: meeting.id, peerId }, direction);
    return done.ok ? ok({ iceParameters: done.value }) : fail(refusalOf(done.error));
  }

  /** [MEDIA-5] */
  #ownProducer(meeting: LiveMeeting, occupant: Occupant, id: ProducerId): Result<PeerKey, Refusal> {
    const key = openPeer(meeting, occupant);
    if (!key.ok) return key;
    const own = ownProducers(meeting, occupant).some((p) => p.producerId === id);
    return own ? key : fail({ kind: 'unknownId', id });
  }
}

function openPeer(meeting: LiveMeeting, { peerId }: Occupant): Result<PeerKey, Refusal> {
  if (peerId) return ok({ roomId: meeting.id, peerId });
  return fail({ kind: 'mediaRefused', reason: 'no media is open' });
}

function ownProducers(meeting: LiveMeeting, { participantId }: Occupant): readonly LiveProducer[] {
  return meeting.live[participantId]?.producers ?? [];
}

/** [MEDIA-1] [MEDIA-4] What the first screen shows, before the browser has laid it out. */
function firstProducers(meeting: LiveMeeting, occupant: Occupant, maxVideos: number): ProducerId[] {
  const participantIds = meeting.state.participants.map((p) => p.participantId);
  const self = occupant.participantId;
  const camerasOf = firstCameras(self, participantIds, meeting.live, maxVideos);
  const view = { self, participantIds, live: meeting.live, camerasOf, screens: maxVideos > 0 };
  return wantedProducers(view).map((wanted) => wanted.producerId);
}

/** Says whose each consumer is; one whose producer closed meanwhile is left out. */
function withOwners(meeting: LiveMeeting, consumers: readonly OpenedConsumer[]): ConsumerParameters[] {
  return consumers.flatMap((consumer) => {
    const participantId = meeting.ownerOf(consumer.producerId);
    const source = participantId
      ? meeting.live[participantId]?.producers.find((p) => p.producerId === consumer.producerId)?.source
      : undefined;
    return participantId && source ? [{ ...consumer, participantId, source }] : [];
  });
}

function refusalOf(error: MediaRefusal): Refusal {
  switch (error.kind) {
    case 'unknownPeer':
      return { kind: 'mediaRefused', reason: 'no media is open' };
    case 'unknownId':
      return { kind: 'unknownId', id: error.id };
    case 'unsupported':
      return { kind: 'mediaRefused', reason: error.reason };
    case 'unavailable':
      return { kind: 'unavailable', what: 'media' };
    default:
      return unreachable(error);
  }
}
