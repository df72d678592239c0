import { z } from 'zod';
import { consumerId, hubId, nodeId, peerId, producerId } from './ids.ts';
import { MAX_PRODUCERS, MEETING_MAX_SEATS } from './limits.ts';
import type {
  ConsumeRequest,
  MediaFact,
  MediaRefusal,
  OpenedConsumer,
  OpenedPeer,
  OpenPeer,
  PeerKey,
  ProduceRequest,
  ProducerRef,
  ReadyReceiver,
  Withdrawal,
} from './media-node.ts';
import type { OpenPipe, PipeAddress, PipedProducer, PipeFact, PipeRefusal } from './media-pipe.ts';
import {
  dtlsFingerprints,
  iceParameters,
  mediaKind,
  readyMid,
  readySsrc,
  rtpCapabilities,
  rtpParameters,
  transportParameters,
} from './rtp.ts';

/**
 * All that crosses the control link between hubs and media nodes, and between media nodes: the ports `MediaNode` and
 * `PipeSource` as messages, one schema each. Both ends are of one version of this file: the hello compares it.
 */
export const CONTROL_VERSION = 1;

/** Every producer of the largest meeting. */
const MAX_PRODUCER_REFS = MEETING_MAX_SEATS * MAX_PRODUCERS;
/** Peers in one question for those that are missing; who has more asks several times. */
export const MAX_KEYS = 1000;
/** Pipes that one node may hold open at another one: each is a port of both. */
export const MAX_PIPES = 1024;

const roomId = z.string().min(1).max(64);
const spatialLayer = z.int().min(0).max(7);
const pipeId = z.string().min(1).max(64);

export const peerKey = z.object({ roomId, peerId });
export const producerRef = z.object({ producerId, nodeId });

const producerRefs = z.array(producerRef).max(MAX_PRODUCER_REFS).readonly();
const consumerIds = z.array(consumerId).max(MAX_PRODUCER_REFS).readonly();

export const openPeer = peerKey.extend({
  rtpCapabilities,
  fingerprints: z.object({ send: dtlsFingerprints, recv: dtlsFingerprints }),
  consume: producerRefs,
});
export const produceRequest = peerKey.extend({ kind: mediaKind, rtpParameters, paused: z.boolean() });
export const readyReceiver = z.object({
  producerId,
  mid: readyMid,
  ssrc: readySsrc,
  spatialLayer: spatialLayer.optional(),
});
export const consumeRequest = peerKey.extend({
  producers: producerRefs,
  paused: z.boolean(),
  ready: z.array(readyReceiver).max(MAX_PRODUCER_REFS).readonly().optional(),
});

export const withdrawal = z.object({
  kind: z.enum(['these', 'allBut']),
  producerIds: z.array(producerId).max(MAX_PRODUCER_REFS).readonly(),
});

/** A node gives consumers a MID of its own making, longer than any browser's. */
const consumedRtpParameters = rtpParameters.extend({ mid: z.string().min(1).max(128).optional() });

export const openedConsumer = z.object({
  consumerId,
  producerId,
  kind: mediaKind,
  rtpParameters: consumedRtpParameters,
  producerPaused: z.boolean(),
});
export const openedPeer = z.object({
  send: transportParameters,
  recv: transportParameters,
  consumers: z.array(openedConsumer),
});

export const mediaRefusal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknownPeer') }),
  z.object({ kind: z.literal('unknownId'), id: z.string() }),
  z.object({ kind: z.literal('unsupported'), reason: z.string() }),
  z.object({ kind: z.literal('unavailable') }),
]);

export const mediaFact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('peersLost'), roomId, peerIds: z.array(peerId) }),
  z.object({ type: z.literal('consumersClosed'), roomId, peerId, consumerIds: z.array(consumerId) }),
  z.object({
    type: z.literal('demandChanged'),
    roomId,
    peerId,
    demands: z.array(z.object({ producerId, spatialLayer: spatialLayer.nullable() })),
  }),
  z.object({
    type: z.literal('levels'),
    roomId,
    levels: z.array(z.object({ producerId, level: z.number() })),
  }),
  z.object({ type: z.literal('nodesApart'), otherId: nodeId }),
  z.object({ type: z.literal('draining') }),
]);

export const pipeAddress = z.object({
  ip: z.union([z.ipv4(), z.ipv6()]),
  port: z.int().min(1).max(65535),
  srtp: z.object({ cryptoSuite: z.string().min(1).max(64), keyBase64: z.base64().min(1).max(128) }),
});
export const openPipe = z.object({
  pipeId,
  roomId,
  routerId: z.string().min(1).max(64),
  sinkId: nodeId,
  sink: pipeAddress,
});
export const pipedProducer = z.object({
  producerId,
  kind: mediaKind,
  rtpParameters: consumedRtpParameters,
  paused: z.boolean(),
  heedsWant: z.boolean().optional(),
});
export const pipeRefusal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknownId'), id: z.string() }),
  z.object({ kind: z.literal('unavailable') }),
]);
export const pipeFact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pipedProducerPaused'), pipeId, producerId, paused: z.boolean() }),
  z.object({ type: z.literal('pipedProducerClosed'), pipeId, producerId }),
  z.object({ type: z.literal('pipeClosed'), pipeId }),
]);

/** Why the link itself refused a call, before the node had a say. */
export const linkRefusal = z.discriminatedUnion('kind', [
  /** It does not fit its schema; nothing was changed. */
  z.object({ kind: z.literal('invalidCall'), issues: z.array(z.string()) }),
  /** No such call, or not one that this caller may make (a node drives no peers, a hub opens no pipes). */
  z.object({ kind: z.literal('unknownCall') }),
  /** More calls are under way on this link than it takes. */
  z.object({ kind: z.literal('busy') }),
  /** A defect of ours; the node's log carries the details under `incident`. */
  z.object({ kind: z.literal('internal'), incident: z.string() }),
]);
export type LinkRefusal = z.infer<typeof linkRefusal>;

const nothing = z.undefined().optional();
const media = <R extends z.ZodType, V extends z.ZodType>(request: R, value: V) =>
  ({ caller: 'hub', request, value, refusal: mediaRefusal }) as const;
const pipe = <R extends z.ZodType, V extends z.ZodType>(request: R, value: V) =>
  ({ caller: 'node', request, value, refusal: pipeRefusal }) as const;

/** Every call: who may make it, what it carries, what it is answered with, how it may be refused. */
export const controlCalls = {
  'peer:open': media(openPeer, openedPeer),
  'peer:close': media(peerKey, nothing),
  'peer:missing': media(
    z.object({ keys: z.array(peerKey).max(MAX_KEYS).readonly() }),
    z.array(peerKey).max(MAX_KEYS),
  ),
  'producer:open': media(produceRequest, z.object({ producerId })),
  'producer:pause': media(z.object({ key: peerKey, producerId, paused: z.boolean() }), nothing),
  'producer:close': media(z.object({ key: peerKey, producerId }), nothing),
  'consumers:open': media(consumeRequest, z.array(openedConsumer)),
  'consumers:pause': media(z.object({ key: peerKey, consumerIds, paused: z.boolean() }), nothing),
  'consumers:close': media(z.object({ key: peerKey, consumerIds }), nothing),
  'consumers:withdraw': media(
    z.object({ key: peerKey, what: withdrawal }),
    z.array(consumerId).max(MAX_PRODUCER_REFS),
  ),
  'consumer:preferLayer': media(
    z.object({ key: peerKey, consumerId, spatialLayer, priority: z.int().min(1).max(255).optional() }),
    nothing,
  ),
  'peer:tellDemand': media(z.object({ keys: z.array(peerKey).max(MAX_KEYS).readonly() }), nothing),
  'ice:restart': media(z.object({ key: peerKey, direction: z.enum(['send', 'recv']) }), iceParameters),
  'node:isReady': media(z.object({}), z.boolean()),
  'producers:locate': pipe(
    z.object({ roomId, producerIds: z.array(producerId).max(MAX_PRODUCER_REFS).readonly() }),
    z.array(z.object({ producerId, routerId: z.string().min(1).max(64) })),
  ),
  'pipe:open': pipe(openPipe, pipeAddress),
  'pipe:take': pipe(z.object({ pipeId, producerId }), pipedProducer),
  'pipe:want': pipe(z.object({ pipeId, producerId, spatialLayer: spatialLayer.nullable() }), nothing),
  'pipe:letGo': pipe(z.object({ pipeId, producerId }), nothing),
  'pipe:close': pipe(z.object({ pipeId }), nothing),
} as const;

export type ControlCalls = typeof controlCalls;
export type CallName = keyof ControlCalls;
export type CallRequest<N extends CallName> = z.infer<ControlCalls[N]['request']>;
export type CallValue<N extends CallName> = z.infer<ControlCalls[N]['value']>;
export type CallRefusal<N extends CallName> = z.infer<ControlCalls[N]['refusal']>;

/** Who makes calls: a hub drives peers, a node takes producers. One run of either, so that it has one link to a node. */
export const caller = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hub'), id: hubId }),
  z.object({ kind: z.literal('node'), id: nodeId }),
]);
export type Caller = z.infer<typeof caller>;

/** 32 random bytes. */
const nonce = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** HMAC-SHA256 over both nonces and both ids, under the secret. */
const proof = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The node's first word. */
export const challenge = z.object({ version: z.int(), nodeId, nonce });
export type Challenge = z.infer<typeof challenge>;

/** The caller's answer to it, which proves that it knows the secret. */
export const hello = z.object({ version: z.literal(CONTROL_VERSION), caller, nonce, proof });
export type Hello = z.infer<typeof hello>;

/** The node proves the same, and says which pipes of the caller stand: a break may have hidden that one closed. */
export const welcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), proof, pipeIds: z.array(pipeId).max(MAX_PIPES) }),
  z.object({ ok: z.literal(false), reason: z.enum(['version', 'secret', 'invalid']) }),
]);
export type Welcome = z.infer<typeof welcome>;

/** Holds schemas and ports together: a line that does not compile names the one that was changed alone. */
type Equal<A, B> = [A, B] extends [B, A] ? true : false;
type Same<T extends true> = T;
export type ControlMatchesPorts = [
  Same<Equal<z.infer<typeof peerKey>, PeerKey>>,
  Same<Equal<z.infer<typeof producerRef>, ProducerRef>>,
  Same<Equal<z.infer<typeof openPeer>, OpenPeer>>,
  Same<Equal<z.infer<typeof openedPeer>, OpenedPeer>>,
  Same<Equal<z.infer<typeof produceRequest>, ProduceRequest>>,
  Same<Equal<z.infer<typeof readyReceiver>, ReadyReceiver>>,
  Same<Equal<z.infer<typeof consumeRequest>, ConsumeRequest>>,
  Same<Equal<z.infer<typeof openedConsumer>, OpenedConsumer>>,
  Same<Equal<z.infer<typeof withdrawal>, Withdrawal>>,
  Same<Equal<z.infer<typeof mediaRefusal>, MediaRefusal>>,
  Same<Equal<z.infer<typeof mediaFact>, MediaFact>>,
  Same<Equal<z.infer<typeof openPipe>, OpenPipe>>,
  Same<Equal<z.infer<typeof pipeAddress>, PipeAddress>>,
  Same<Equal<z.infer<typeof pipedProducer>, PipedProducer>>,
  Same<Equal<z.infer<typeof pipeRefusal>, PipeRefusal>>,
  Same<Equal<z.infer<typeof pipeFact>, PipeFact>>,
];
