import type { Result } from '@relais/kit';
import type { NodeId, ProducerId } from './ids.ts';
import type { MediaKind, RtpParameters } from './rtp.ts';

/**
 * What one media node offers to another one, which wants a producer that comes in here (the source) for people there
 * (the sink). A pipe joins two routers: the sink opens it once, takes one producer after another through it, lets each
 * go when nobody there needs it, and closes it with the last. Every call settles within the link's timeout.
 */
export interface PipeSource {
  readonly nodeId: NodeId;
  /** On which router each of these producers of a room comes in; those that are not here are left out. */
  locate(
    roomId: string,
    producerIds: readonly ProducerId[],
  ): Promise<Result<{ producerId: ProducerId; routerId: string }[], PipeRefusal>>;
  /** Opens this end of a pipe from one of its routers; `pipeId` is the sink's, unique for both. */
  openPipe(request: OpenPipe): Promise<Result<PipeAddress, PipeRefusal>>;
  takeProducer(pipeId: string, producerId: ProducerId): Promise<Result<PipedProducer, PipeRefusal>>;
  /** The best layer that somebody at the sink takes; null: nobody at this moment. All of them until it is said. */
  wantProducer(
    pipeId: string,
    producerId: ProducerId,
    spatialLayer: number | null,
  ): Promise<Result<void, PipeRefusal>>;
  /** Nobody at the sink needs it any more. What is not there is no error. */
  letProducerGo(pipeId: string, producerId: ProducerId): Promise<void>;
  closePipe(pipeId: string): Promise<void>;
  /** Calls `listener` with what becomes of the producers and pipes that were taken, until the returned function is called. */
  subscribePipes(listener: (fact: PipeFact) => void): () => void;
}

export interface OpenPipe {
  pipeId: string;
  roomId: string;
  routerId: string;
  /** Who opens it; its pipes close with its link. */
  sinkId: NodeId;
  /** Where the sink listens for it. */
  sink: PipeAddress;
}

/** Where one end listens, and the key with which it will send. */
export interface PipeAddress {
  ip: string;
  port: number;
  srtp: { cryptoSuite: string; keyBase64: string };
}

export interface PipedProducer {
  producerId: ProducerId;
  kind: MediaKind;
  /** As mediasoup's pipe consumer gives them: every layer, for the sink's `produce`. */
  rtpParameters: RtpParameters;
  paused: boolean;
  /** The source takes `wantProducer`; a former version does not, and sends all layers. */
  heedsWant?: boolean | undefined;
}

export type PipeRefusal = { kind: 'unknownId'; id: string } | { kind: 'unavailable' };

export type PipeFact =
  | { type: 'pipedProducerPaused'; pipeId: string; producerId: ProducerId; paused: boolean }
  | { type: 'pipedProducerClosed'; pipeId: string; producerId: ProducerId }
  | { type: 'pipeClosed'; pipeId: string };
