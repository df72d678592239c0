import { observer } from 'mediasoup';
import type { types } from 'mediasoup';
import { peerId } from '@relais/protocol';
import type { ConsumerId, MediaFact, OpenedPeer, OpenPeer, ProducerId, ProducerRef } from '@relais/protocol';
import { camera, microphone, openPeerRequest, refsTo } from '@relais/testing';
import type { RoomRouter } from '../src/media/room-router.ts';
import type { MediasoupNode } from '../src/node.ts';
import { opusPacket, vp8KeyFrame } from './rtp.ts';
import { valueOf } from './test-node.ts';

export type Opened = OpenPeer & OpenedPeer & { node: MediasoupNode };

/** Opens a peer with what it consumes from the start. */
export async function enter(
  node: MediasoupNode,
  roomId: string,
  id: string,
  consume: readonly ProducerRef[] = [],
): Promise<Opened> {
  const request = openPeerRequest(roomId, id, consume);
  return { ...request, ...valueOf(await node.openPeer(request)), node };
}

export async function offer(peer: Opened, kind: 'audio' | 'video' = 'audio'): Promise<ProducerRef> {
  const rtpParameters = kind === 'audio' ? microphone() : camera();
  const produced = await peer.node.produce({ ...peer, kind, rtpParameters, paused: false });
  return { producerId: valueOf(produced).producerId, nodeId: peer.node.nodeId };
}

/** The producers that the peer now consumes of these. */
export async function take(peer: Opened, producers: readonly ProducerRef[]): Promise<ConsumerId[]> {
  const consumed = valueOf(await peer.node.consume({ ...peer, producers, paused: false }));
  return consumed.map(({ consumerId }) => consumerId);
}

export function routerOf(node: MediasoupNode, roomId: string, id: string): RoomRouter {
  const router = node.internals().room(roomId)?.routerOf(peerId.parse(id));
  if (!router) throw new Error(`${id} has no router`);
  return router;
}

export interface Voice extends ProducerRef {
  producer: types.Producer;
  /** One packet of 20 ms, past the network: from the producer on all is as it always is. */
  say(): void;
}

/** A voice of this process: its packets come from a direct transport. */
export function voiceOf(peer: Opened): Promise<Voice> {
  const rtpParameters = microphone('0', SSRC) as types.RtpParameters;
  const packet = (sequence: number) => opusPacket({ sequence, ssrc: SSRC, level: 20 });
  return directProducer(peer, { kind: 'audio', rtpParameters }, packet);
}

/** A camera of this process, whose lowest layer sends a key frame each time. */
export function lensOf(peer: Opened): Promise<Voice> {
  const rtpParameters = camera('1', SSRC) as types.RtpParameters;
  return directProducer(peer, { kind: 'video', rtpParameters }, (sequence) =>
    vp8KeyFrame({ sequence, ssrc: SSRC }),
  );
}

const SSRC = 4242;

async function directProducer(
  { node, roomId, peerId: id }: Opened,
  options: types.ProducerOptions,
  packet: (sequence: number) => Buffer,
): Promise<Voice> {
  const room = node.internals().room(roomId);
  const direct = await room?.routerOf(id)?.router.createDirectTransport();
  const producer = await direct?.produce(options);
  const admitted = producer && (await room?.peer(id)?.admit(producer));
  if (!producer || !admitted) throw new Error('a peer was expected');
  let sequence = 0;
  const say = () => producer.send(packet((sequence += 1)));
  const [ref] = refsTo(node, [valueOf(admitted).producerId]);
  if (!ref) throw new Error('a voice was expected');
  return { ...ref, producer, say };
}

/** An ear of this process, on the peer's router: what is consumed on it can be counted. */
export async function earOf(
  { node, roomId, peerId: id }: Opened,
  heard: ProducerId,
): Promise<{ packets(): number; askForKeyFrame(): Promise<void> }> {
  const router = node.internals().room(roomId)?.routerOf(id)?.router;
  const direct = await router?.createDirectTransport();
  if (!router || !direct) throw new Error('a router was expected');
  const consumer = await direct.consume({ producerId: heard, rtpCapabilities: router.rtpCapabilities });
  let packets = 0;
  consumer.on('rtp', () => (packets += 1));
  return { packets: () => packets, askForKeyFrame: () => consumer.requestKeyFrame() };
}

/** Speaks every 20 ms until stopped. */
export function speaking(...voices: readonly Voice[]): () => void {
  const timer = setInterval(() => voices.forEach((voice) => voice.say()), 20);
  return () => clearInterval(timer);
}

const pipes = new Set<types.PipeTransport>();
observer.on('newworker', (worker) =>
  worker.observer.on('newrouter', (router) =>
    router.observer.on('newtransport', (transport) => {
      if (isPipe(transport)) pipes.add(transport);
    }),
  ),
);

const isPipe = (transport: types.Transport): transport is types.PipeTransport => transport.type === 'pipe';

/** What the workers say: how many ends of pipes they hold, how many producers go out through them and come in. */
export async function pipesHeld(): Promise<{ ends: number; out: number; into: number }> {
  const open = [...pipes].filter((pipe) => !pipe.closed);
  const dumps = await Promise.all(open.map((pipe) => pipe.dump()));
  const sum = (count: (dump: types.PipeTransportDump) => number) =>
    dumps.reduce((total, dump) => total + count(dump), 0);
  return {
    ends: dumps.length,
    out: sum((dump) => dump.consumerIds.length),
    into: sum((dump) => dump.producerIds.length),
  };
}

/** What these nodes' workers hold of rooms and all that is in them: nothing, in the end. */
export async function heldBy(
  ...nodes: readonly MediasoupNode[]
): Promise<{ routers: number; handlers: number }> {
  const workers = nodes.flatMap((node) => node.internals().pool.up);
  const dumps = await Promise.all(workers.map((worker) => worker.dump()));
  return {
    routers: dumps.reduce((total, dump) => total + dump.routerIds.length, 0),
    handlers: dumps.reduce(
      (total, dump) => total + dump.channelMessageHandlers.channelRequestHandlers.length,
      0,
    ),
  };
}

/** The facts from now on. */
export function factsOf(node: MediasoupNode): MediaFact[] {
  const facts: MediaFact[] = [];
  node.subscribe((fact) => facts.push(fact));
  return facts;
}
