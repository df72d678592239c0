import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@relais/kit';
import type {
  ConsumerParameters,
  LiveProducer,
  MediaKind,
  MediaNode,
  MediaOffer,
  MediaRefusal,
  MediaSource,
  MeetingState,
  OpenedConsumer,
  ParticipantId,
  PeerId,
  PeerKey,
  PeerMedia,
  ProducerId,
  Refusal,
  Request,
  Withdrawal,
} from '@relais/protocol';
import type { MediaNodes } from '../../ports/media-nodes.ts';
import type { LiveMeeting, Occupant, OpenMedia } from '../meeting/live-meeting.ts';
import { recallDemand, type Place } from './recall-demand.ts';
import { allApart, newlyApart, outOfEarshot } from './apart.ts';
import { firstProducers, refusalOf, withOwners } from './media-answers.ts';
import { Reopenings } from './reopenings.ts';

/**
 * Relays for browsers whose network lets nothing else through; none when there is no relay. `ttlSeconds`: for how long,
 * when not for as long as a meeting may take.
 */
export type TurnServers = (participantId: ParticipantId, ttlSeconds?: number) => PeerMedia['iceServers'];

const MEDIA_AWAY: Refusal = { kind: 'unavailable', what: 'media' };

const KIND_OF: Record<MediaSource, MediaKind> = {
  microphone: 'audio',
  screenAudio: 'audio',
  camera: 'video',
  screen: 'video',
};

/** An open pair of transports, and the node that has it. */
interface OpenPeerAt {
  node: MediaNode;
  key: PeerKey;
}

/**
 * What people do with sound and picture: it finds the node that has them, and others learn of it through the live state.
 * An occupant's media is opened once at a time.
 */
export class MediaService {
  readonly #nodes: MediaNodes;
  readonly #turn: TurnServers | undefined;
  readonly #reopenings = new Reopenings<LiveMeeting>();

  constructor(nodes: MediaNodes, turn?: TurnServers) {
    this.#nodes = nodes;
    this.#turn = turn;
  }

  /** Opens the occupant's transports with the consumers of their first screen; closes those from before. */
  async open(
    meeting: LiveMeeting,
    occupant: Occupant,
    offer: MediaOffer,
  ): Promise<Result<PeerMedia, Refusal>> {
    this.close(meeting, occupant);
    const node = this.#nodes.place(meeting.id, meeting.nodesInUse(occupant.participantId));
    if (!node) return fail(MEDIA_AWAY);
    const media: OpenMedia = { nodeId: node.nodeId, peerId: randomUUID() as PeerId };
    occupant.media = media;
    const at = { node, key: { roomId: meeting.id, peerId: media.peerId } };
    const opened = await this.#openPeer(meeting, occupant, at, offer);
    if (!opened.ok || !offer.sending) this.#reopenings.back(meeting, occupant.participantId);
    if (!opened.ok) return opened;
    const again = await this.#sendAgain(meeting, occupant, at, offer);
    // Opened anew meanwhile, which has closed this one already.
    if (occupant.media !== media) return fail(MEDIA_AWAY);
    const iceServers = this.#turn?.(occupant.participantId);
    return ok({ peerId: media.peerId, ...opened.value, ...again, ...(iceServers && { iceServers }) });
  }

  async #openPeer(
    meeting: LiveMeeting,
    occupant: Occupant,
    { node, key }: OpenPeerAt,
    { rtpCapabilities, fingerprints, maxVideos }: MediaOffer,
  ): Promise<Result<Pick<PeerMedia, 'send' | 'recv' | 'consumers'>, Refusal>> {
    const { media } = occupant;
    const consume = meeting.refsOf(firstProducers(meeting, occupant, maxVideos));
    const opened = await node.openPeer({ ...key, rtpCapabilities, fingerprints, consume });
    if (occupant.media !== media || !meeting.sits(occupant)) {
      // Opened anew, given up, or taken over by another hub, while the node was at work: what it made belongs to nobody.
      if (opened.ok) void node.closePeer(key);
      return fail(MEDIA_AWAY);
    }
    if (!opened.ok) {
      occupant.media = undefined;
      // A node that was slow may have opened it all the same.
      void node.closePeer(key);
      return fail(refusalOf(opened.error));
    }
    meeting.tellNeighbours(occupant.participantId);
    const consumers = this.#stillNear(meeting, occupant, opened.value.consumers);
    return ok({ ...opened.value, consumers });
  }

  /**
   * [MEDIA-9] Makes producers for what the browser is about to send, and consumers for what others, who lost media with
   * them, have said that they will. What is refused is left out: the browser will ask for it as for something new.
   */
  async #sendAgain(
    meeting: LiveMeeting,
    occupant: Occupant,
    { node, key }: OpenPeerAt,
    { sending, maxVideos }: MediaOffer,
  ): Promise<Pick<PeerMedia, 'producers'> & Partial<Pick<PeerMedia, 'consumers'>>> {
    if (!sending) return {};
    const { peerId } = key;
    const made = await Promise.all(
      sending.map(async (one) => ({
        source: one.source,
        made: await this.produce(meeting, occupant, { ...one, peerId }),
      })),
    );
    const producers = made.flatMap(({ source, made: one }) =>
      one.ok ? [{ source, producerId: one.value.producerId }] : [],
    );
    this.#reopenings.back(meeting, occupant.participantId);
    await this.#reopenings.gathered(meeting);
    const wanted = meeting.refsOf(firstProducers(meeting, occupant, maxVideos));
    const consumed = await node.consume({ ...key, producers: wanted, paused: false });
    if (!consumed.ok) return { producers };
    return { producers, consumers: this.#stillNear(meeting, occupant, consumed.value) };
  }

  /** [LIVE-4] */
  close(meeting: LiveMeeting, occupant: Occupant): void {
    const { media } = occupant;
    occupant.media = undefined;
    meeting.closeProducersOf(occupant.participantId);
    if (media) void this.#nodes.get(media.nodeId)?.closePeer({ roomId: meeting.id, peerId: media.peerId });
  }

  /**
   * Whether the node still has what the occupant kept; true when it cannot be asked now. One that this hub does not know
   * is lost, unless it knows none at all.
   */
  async stands(meeting: LiveMeeting, occupant: Occupant): Promise<boolean> {
    const at = this.#peerOf(meeting, occupant);
    if (!at.ok) return occupant.media !== undefined && this.#nodes.size === 0;
    const missing = await at.value.node.missing([at.value.key]);
    return !missing.ok || missing.value.length === 0;
  }

  /** [DEMAND-4] */
  recallDemand(people: readonly Place[]): Promise<void> {
    return recallDemand(this.#nodes, people);
  }

  /** [MEDIA-7] What they had is gone, or is to go: the browser is told, and opens media again by itself. */
  lose(meeting: LiveMeeting, occupant: Occupant): void {
    this.close(meeting, occupant);
    meeting.tellNeighbours(occupant.participantId);
    if (occupant.connection) this.#reopenings.lost(meeting, occupant.participantId);
    occupant.connection?.tell('mediaLost', {});
  }

  async produce(
    meeting: LiveMeeting,
    occupant: Occupant,
    request: Request<'media:produce'>,
  ): Promise<Result<{ producerId: ProducerId }, Refusal>> {
    const { source, kind, rtpParameters, paused, peerId } = request;
    if (KIND_OF[source] !== kind) return fail({ kind: 'invalidInput', issues: ['kind: not of that source'] });
    const at = this.#ownPeer(meeting, occupant, peerId);
    if (!at.ok) return at;
    const { node, key } = at.value;
    const produced = await node.produce({ ...key, kind, rtpParameters, paused });
    if (!produced.ok) return fail(refusalOf(produced.error));
    const { producerId } = produced.value;
    if (occupant.media?.peerId !== peerId || !meeting.sits(occupant)) {
      void node.closeProducer(key, producerId);
      return fail({ kind: 'unknownId', id: peerId });
    }
    const older = ownProducers(meeting, occupant).find((p) => p.source === source);
    meeting.change({
      type: 'producerOpened',
      participantId: occupant.participantId,
      producerId,
      source,
      paused,
    });
    if (older) void node.closeProducer(key, older.producerId); // [LIVE-2]
    return ok({ producerId });
  }

  async pauseProducer(
    meeting: LiveMeeting,
    occupant: Occupant,
    { producerId, paused }: Request<'media:pauseProducer'>,
  ): Promise<Result<void, Refusal>> {
    const at = this.#ownProducer(meeting, occupant, producerId);
    if (!at.ok) return at;
    const done = await at.value.node.pauseProducer(at.value.key, producerId, paused);
    if (!done.ok) return fail(refusalOf(done.error));
    const { participantId } = occupant;
    if (meeting.sits(occupant) && ownProducers(meeting, occupant).some((p) => p.producerId === producerId)) {
      meeting.change({ type: 'producerPaused', participantId, producerId, paused });
    }
    return ok(undefined);
  }

  async closeProducer(
    meeting: LiveMeeting,
    occupant: Occupant,
    { producerId }: Request<'media:closeProducer'>,
  ): Promise<Result<void, Refusal>> {
    const at = this.#ownProducer(meeting, occupant, producerId);
    if (!at.ok) return at;
    meeting.change({ type: 'producerClosed', participantId: occupant.participantId, producerId });
    const done = await at.value.node.closeProducer(at.value.key, producerId);
    return done.ok || done.error.kind === 'unknownId' ? ok(undefined) : fail(refusalOf(done.error));
  }

  async consume(
    meeting: LiveMeeting,
    occupant: Occupant,
    { peerId, producerIds, ready }: Request<'media:consume'>,
  ): Promise<Result<{ consumers: ConsumerParameters[] }, Refusal>> {
    const at = this.#ownPeer(meeting, occupant, peerId);
    if (!at.ok) return at;
    const others = producerIds.filter((id) => {
      const owner = meeting.ownerOf(id);
      return owner !== undefined && owner !== occupant.participantId; // [MEDIA-3]
    });
    const [first] = producerIds;
    if (others.length === 0 && first) return fail({ kind: 'unknownId', id: first });
    const near = others.filter((id) => meeting.mayReceive(occupant.participantId, id));
    if (near.length === 0) return fail({ kind: 'notInYourRoom' }); // [BREAK-3]
    const { node, key } = at.value;
    const consumed = await node.consume({ ...key, producers: meeting.refsOf(near), paused: true, ready });
    if (!consumed.ok) return fail(refusalOf(consumed.error));
    return ok({ consumers: this.#stillNear(meeting, occupant, consumed.value) });
  }

  /**
   * [BREAK-3] Some are elsewhere than before: whoever was with them no longer receives them, whatever their browser does. Each
   * browser of this hub that loses consumers is told which.
   */
  part(meeting: LiveMeeting, before: MeetingState): void {
    for (const { occupant, what } of newlyApart(meeting, before))
      void this.#withdraw(meeting, occupant, what);
  }

  /** [VOICE-2] They speak to all rooms no more: who is elsewhere no longer receives them, whatever their browser does. */
  hush(meeting: LiveMeeting, speaker: ParticipantId): void {
    const { occupants, what } = outOfEarshot(meeting, speaker);
    for (const occupant of occupants) void this.#withdraw(meeting, occupant, what);
  }

  /** [BREAK-3] For who may have been moved while no hub could do it: a hub that died had them, or their node was not to be asked. */
  async keepToRoom(meeting: LiveMeeting, occupant: Occupant): Promise<void> {
    if (!occupant.media || !meeting.state.breakout?.round) return;
    await this.#withdraw(meeting, occupant, allApart(meeting, occupant.participantId));
  }

  /** What cannot be taken away one by one goes as a whole: they open their media again, where they are. */
  async #withdraw(meeting: LiveMeeting, occupant: Occupant, what: Withdrawal): Promise<void> {
    const { media } = occupant;
    const at = this.#peerOf(meeting, occupant);
    if (!at.ok) return;
    const done = await at.value.node.withdraw(at.value.key, what);
    if (occupant.media !== media || !meeting.sits(occupant)) return;
    if (!done.ok && done.error.kind !== 'unknownPeer') return this.lose(meeting, occupant);
    if (done.ok && done.value.length > 0)
      occupant.connection?.tell('consumersClosed', { consumerIds: done.value });
  }

  /** Of what was opened, what they may still have: its sender may have been moved, or hushed, meanwhile; the rest is closed again [BREAK-3]. */
  #stillNear(
    meeting: LiveMeeting,
    occupant: Occupant,
    consumers: readonly OpenedConsumer[],
  ): ConsumerParameters[] {
    const isNear = ({ producerId }: OpenedConsumer) => meeting.mayReceive(occupant.participantId, producerId);
    const far = consumers.filter((one) => !isNear(one)).map(({ producerId }) => producerId);
    if (far.length > 0) void this.#withdraw(meeting, occupant, { kind: 'these', producerIds: far });
    return withOwners(meeting, consumers.filter(isNear));
  }

  async pauseConsumers(
    meeting: LiveMeeting,
    occupant: Occupant,
    { consumerIds, paused }: Request<'media:pauseConsumers'>,
  ): Promise<Result<void, Refusal>> {
    return this.#ask(meeting, occupant, ({ node, key }) => node.pauseConsumers(key, consumerIds, paused));
  }

  async closeConsumers(
    meeting: LiveMeeting,
    occupant: Occupant,
    { consumerIds }: Request<'media:closeConsumers'>,
  ): Promise<Result<void, Refusal>> {
    return this.#ask(meeting, occupant, ({ node, key }) => node.closeConsumers(key, consumerIds));
  }

  async preferLayer(
    meeting: LiveMeeting,
    occupant: Occupant,
    { consumerId, spatialLayer, priority }: Request<'media:preferLayer'>,
  ): Promise<Result<void, Refusal>> {
    return this.#ask(meeting, occupant, ({ node, key }) =>
      node.preferLayer(key, consumerId, spatialLayer, priority),
    );
  }

  async restartIce(
    meeting: LiveMeeting,
    occupant: Occupant,
    { peerId, direction }: Request<'media:restartIce'>,
  ): Promise<Result<Pick<PeerMedia['send'], 'iceParameters'>, Refusal>> {
    const at = this.#ownPeer(meeting, occupant, peerId);
    if (!at.ok) return at;
    const done = await at.value.node.restartIce(at.value.key, direction);
    return done.ok ? ok({ iceParameters: done.value }) : fail(refusalOf(done.error));
  }

  async #ask<T>(
    meeting: LiveMeeting,
    occupant: Occupant,
    ask: (at: OpenPeerAt) => Promise<Result<T, MediaRefusal>>,
  ): Promise<Result<T, Refusal>> {
    const at = this.#peerOf(meeting, occupant);
    if (!at.ok) return at;
    const done = await ask(at.value);
    return done.ok ? done : fail(refusalOf(done.error));
  }

  #peerOf(meeting: LiveMeeting, { media }: Occupant): Result<OpenPeerAt, Refusal> {
    if (!media) return fail({ kind: 'mediaRefused', reason: 'no media is open' });
    const node = this.#nodes.get(media.nodeId);
    return node ? ok({ node, key: { roomId: meeting.id, peerId: media.peerId } }) : fail(MEDIA_AWAY);
  }

  /** [MEDIA-5] The pair that the client names has to be the occupant's own, of now. */
  #ownPeer(meeting: LiveMeeting, occupant: Occupant, peerId: PeerId): Result<OpenPeerAt, Refusal> {
    if (occupant.media?.peerId !== peerId) return fail({ kind: 'unknownId', id: peerId });
    return this.#peerOf(meeting, occupant);
  }

  /** [MEDIA-5] */
  #ownProducer(meeting: LiveMeeting, occupant: Occupant, id: ProducerId): Result<OpenPeerAt, Refusal> {
    const at = this.#peerOf(meeting, occupant);
    if (!at.ok) return at;
    const own = ownProducers(meeting, occupant).some((p) => p.producerId === id);
    return own ? at : fail({ kind: 'unknownId', id });
  }
}

function ownProducers(meeting: LiveMeeting, { participantId }: Occupant): readonly LiveProducer[] {
  return meeting.live[participantId]?.producers ?? [];
}
