import { fail, ok, type Result } from '@relais/kit';
import type {
  Caller,
  CallName,
  CallRefusal,
  CallRequest,
  CallValue,
  ControlCalls,
  MediaNode,
  NodeId,
  OpenPipe,
  PipeAddress,
  PipeRefusal,
  PipeSource,
} from '@relais/protocol';
import type { Sinks } from './sinks.ts';

type CallsOf<K extends Caller['kind']> = {
  [N in CallName]: ControlCalls[N]['caller'] extends K ? N : never;
}[CallName];

/** One for each call that such a caller may make; what it is given fits the schema. */
type HandlersOf<K extends Caller['kind']> = {
  [N in CallsOf<K>]: (request: CallRequest<N>) => Promise<Result<CallValue<N>, CallRefusal<N>>>;
};
export type Handlers = Partial<HandlersOf<'hub'> & HandlersOf<'node'>>;

export type ServedNode = MediaNode & { pipes: PipeSource };

/** What this caller may ask of the node: a hub drives peers, a node takes what comes in here through its pipes. */
export function handlersFor(caller: Caller, node: ServedNode, sinks: Sinks): Handlers {
  return caller.kind === 'hub' ? mediaHandlers(node) : pipeHandlers(node.pipes, sinks, caller.id);
}

function mediaHandlers(node: MediaNode): HandlersOf<'hub'> {
  return {
    'peer:open': (request) => node.openPeer(request),
    'peer:close': async (key) => {
      await node.closePeer(key);
      return ok(undefined);
    },
    'peer:missing': ({ keys }) => node.missing(keys),
    'producer:open': (request) => node.produce(request),
    'producer:pause': ({ key, producerId, paused }) => done(node.pauseProducer(key, producerId, paused)),
    'producer:close': ({ key, producerId }) => done(node.closeProducer(key, producerId)),
    'consumers:open': (request) => node.consume(request),
    'consumers:pause': ({ key, consumerIds, paused }) => done(node.pauseConsumers(key, consumerIds, paused)),
    'consumers:close': ({ key, consumerIds }) => done(node.closeConsumers(key, consumerIds)),
    'consumers:withdraw': ({ key, what }) => node.withdraw(key, what),
    'consumer:preferLayer': ({ key, consumerId, spatialLayer, priority }) =>
      done(node.preferLayer(key, consumerId, spatialLayer, priority)),
    'peer:tellDemand': ({ keys }) => done(node.tellDemand(keys)),
    'ice:restart': ({ key, direction }) => node.restartIce(key, direction),
    'node:isReady': async () => ok(await node.isReady()),
  };
}

function pipeHandlers(pipes: PipeSource, sinks: Sinks, sinkId: NodeId): HandlersOf<'node'> {
  return {
    'producers:locate': ({ roomId, producerIds }) => pipes.locate(roomId, producerIds),
    'pipe:open': (request) => openPipe(pipes, sinks, request, sinkId),
    'pipe:take': async ({ pipeId, producerId }) =>
      sinks.owns(sinkId, pipeId)
        ? pipes.takeProducer(pipeId, producerId)
        : fail({ kind: 'unknownId', id: pipeId }),
    'pipe:want': async ({ pipeId, producerId, spatialLayer }) =>
      sinks.owns(sinkId, pipeId)
        ? done(pipes.wantProducer(pipeId, producerId, spatialLayer))
        : fail({ kind: 'unknownId', id: pipeId }),
    'pipe:letGo': async ({ pipeId, producerId }) => {
      if (sinks.owns(sinkId, pipeId)) await pipes.letProducerGo(pipeId, producerId);
      return ok(undefined);
    },
    'pipe:close': async ({ pipeId }) => {
      if (sinks.owns(sinkId, pipeId)) {
        sinks.release(pipeId);
        await pipes.closePipe(pipeId);
      }
      return ok(undefined);
    },
  };
}

async function openPipe(
  pipes: PipeSource,
  sinks: Sinks,
  request: OpenPipe,
  caller: NodeId,
): Promise<Result<PipeAddress, PipeRefusal>> {
  const { pipeId, sinkId } = request;
  if (sinkId !== caller) return fail({ kind: 'unknownId', id: sinkId });
  if (!sinks.claim(caller, pipeId)) return fail({ kind: 'unavailable' });
  const opened = await pipes.openPipe(request);
  if (!opened.ok) sinks.release(pipeId);
  // Meanwhile the sink may have gone, or have closed it.
  else if (!sinks.owns(caller, pipeId)) await pipes.closePipe(pipeId);
  return opened;
}

async function done<E>(outcome: Promise<Result<void, E>>): Promise<Result<undefined, E>> {
  const result = await outcome;
  return result.ok ? ok(undefined) : result;
}
