import { fail, ok, type Result } from '@relais/kit';
import {
  MAX_KEYS,
  type CallName,
  type CallRequest,
  type CallValue,
  type LinkRefusal,
  type MediaNode,
  type MediaRefusal,
  type PeerKey,
  type PipeFact,
  type PipeRefusal,
  type PipeSource,
} from '@relais/protocol';
import type { Logger } from '../logger.ts';
import { Link, type LinkChange, type LinkDeps, type LinkState, type NoAnswer } from './link.ts';
import { Listeners } from './listeners.ts';

/**
 * A node on another machine (or in another process) as if it were here. `close` closes the link and leaves the node as
 * it is.
 */
export interface NodeLink extends MediaNode, PipeSource {
  readonly state: LinkState;
  /** Why it is lost; undefined until then. */
  readonly failure: Link['failure'];
  /** True when it is up, false when it is lost. */
  whenUp(): Promise<boolean>;
  onChange(listener: (change: LinkChange) => void): () => void;
}

/** Begins to connect at once; whoever asks meanwhile waits within the call's time. */
export function connectNode(deps: LinkDeps): NodeLink {
  const link = new Link(deps);
  return {
    ...mediaNode(link, deps.logger),
    ...pipeSource(link, deps.logger),
    nodeId: deps.nodeId,
    get state() {
      return link.state;
    },
    get failure() {
      return link.failure;
    },
    whenUp: () => whenUp(link),
    onChange: (listener) => link.changes.add(listener),
  };
}

function whenUp(link: Link): Promise<boolean> {
  if (link.state === 'up' || link.state === 'lost') return Promise.resolve(link.state === 'up');
  return new Promise((resolve) => {
    const stop = link.changes.add((change) => {
      if (change === 'broken') return;
      stop();
      resolve(change !== 'lost');
    });
  });
}

function mediaNode(link: Link, logger: Logger): MediaNode {
  const ask = asker(link, logger, refusalToMedia);
  return {
    nodeId: link.nodeId,
    openPeer: (request) => ask('peer:open', request),
    closePeer: ({ roomId, peerId }) => link.deliver('peer:close', { roomId, peerId }),
    produce: (request) => ask('producer:open', request),
    pauseProducer: (key, producerId, paused) => ask('producer:pause', { key, producerId, paused }),
    closeProducer: (key, producerId) => ask('producer:close', { key, producerId }),
    consume: (request) => ask('consumers:open', request),
    pauseConsumers: (key, consumerIds, paused) => ask('consumers:pause', { key, consumerIds, paused }),
    closeConsumers: (key, consumerIds) => ask('consumers:close', { key, consumerIds }),
    withdraw: (key, what) => ask('consumers:withdraw', { key, what }),
    preferLayer: (key, consumerId, spatialLayer, priority) =>
      ask('consumer:preferLayer', { key, consumerId, spatialLayer, priority }),
    restartIce: (key, direction) => ask('ice:restart', { key, direction }),
    tellDemand: async (keys) => {
      for (let from = 0; from < keys.length; from += MAX_KEYS) {
        const told = await ask('peer:tellDemand', { keys: keys.slice(from, from + MAX_KEYS) });
        if (!told.ok) return told;
      }
      return ok(undefined);
    },
    missing: (keys) => missing(keys, (some) => ask('peer:missing', { keys: some })),
    isReady: async () => {
      const ready = link.state === 'up' && (await ask('node:isReady', {}));
      return ready && ready.ok && ready.value;
    },
    subscribe: (listener) => link.mediaFacts.add(listener),
    close: async () => link.close(),
  };
}

/** As many questions as the bound of one asks for. */
async function missing(
  keys: readonly PeerKey[],
  ask: (some: readonly PeerKey[]) => Promise<Result<PeerKey[], MediaRefusal>>,
): Promise<Result<PeerKey[], MediaRefusal>> {
  const all: PeerKey[] = [];
  for (let from = 0; from < keys.length; from += MAX_KEYS) {
    const some = await ask(keys.slice(from, from + MAX_KEYS));
    if (!some.ok) return some;
    all.push(...some.value);
  }
  return ok(all);
}

function pipeSource(link: Link, logger: Logger): PipeSource {
  const ask = asker(link, logger, (): PipeRefusal => ({ kind: 'unavailable' }));
  const facts = new Listeners<PipeFact>(logger);
  const own = new OwnPipes(link, facts);
  return {
    nodeId: link.nodeId,
    locate: async (roomId, producerIds) =>
      producerIds.length === 0 ? ok([]) : ask('producers:locate', { roomId, producerIds }),
    openPipe: async (request) => {
      own.opening(request.pipeId);
      const opened = await ask('pipe:open', request);
      own.opened(request.pipeId, opened.ok);
      return opened;
    },
    takeProducer: (pipeId, producerId) => ask('pipe:take', { pipeId, producerId }),
    wantProducer: (pipeId, producerId, spatialLayer) =>
      ask('pipe:want', { pipeId, producerId, spatialLayer }),
    letProducerGo: (pipeId, producerId) => link.deliver('pipe:letGo', { pipeId, producerId }),
    closePipe: (pipeId) => own.close(pipeId),
    subscribePipes: (listener) => facts.add(listener),
  };
}

/**
 * The pipes that were opened over this link. After a break both ends may differ: what the node has no longer is told as
 * closed, what this end has given up meanwhile is closed there.
 */
class OwnPipes {
  readonly #link: Link;
  readonly #facts: Listeners<PipeFact>;
  readonly #pipes = new Map<string, 'opening' | 'open'>();

  constructor(link: Link, facts: Listeners<PipeFact>) {
    this.#link = link;
    this.#facts = facts;
    link.pipeFacts.add((fact) => this.#hear(fact));
    link.changes.add((change) => {
      if (change === 'up' || change === 'resumed') this.#compare(new Set(link.pipeIds));
    });
  }

  opening(pipeId: string): void {
    this.#pipes.set(pipeId, 'opening');
  }

  opened(pipeId: string, ok: boolean): void {
    if (!this.#pipes.has(pipeId)) return;
    if (ok) this.#pipes.set(pipeId, 'open');
    // Or only its answer was lost: it may be there after all.
    else void this.close(pipeId);
  }

  close(pipeId: string): Promise<void> {
    this.#pipes.delete(pipeId);
    return this.#link.deliver('pipe:close', { pipeId });
  }

  #hear(fact: PipeFact): void {
    if (fact.type === 'pipeClosed') this.#pipes.delete(fact.pipeId);
    this.#facts.tell(fact);
  }

  #compare(there: ReadonlySet<string>): void {
    for (const pipeId of there) if (!this.#pipes.has(pipeId)) void this.close(pipeId);
    for (const [pipeId, state] of [...this.#pipes]) {
      // One that is opening is asked for on this very line, or its call fails and it is closed.
      if (state === 'open' && !there.has(pipeId)) this.#hear({ type: 'pipeClosed', pipeId });
    }
  }
}

type AnyRefusal = MediaRefusal | PipeRefusal | LinkRefusal | NoAnswer;

/** A port's refusals as they are; the link's as the port's nearest. */
function asker<E extends PipeRefusal | MediaRefusal>(
  link: Link,
  logger: Logger,
  fromLink: (refusal: LinkRefusal | NoAnswer) => E,
) {
  return async <N extends CallName>(name: N, request: CallRequest<N>): Promise<Result<CallValue<N>, E>> => {
    const outcome = await link.call(name, request);
    if (outcome.ok) return outcome;
    const refusal: AnyRefusal = outcome.error;
    // What is not the link's is of the port's own union, by the schema of its answer.
    if (!isOfLink(refusal)) return fail(refusal as E);
    if (refusal.kind !== 'noAnswer')
      logger.warn({ node: link.nodeId, call: name, refusal }, 'a node refused a call');
    return fail(fromLink(refusal));
  };
}

function isOfLink(refusal: AnyRefusal): refusal is LinkRefusal | NoAnswer {
  return ['invalidCall', 'unknownCall', 'busy', 'internal', 'noAnswer'].includes(refusal.kind);
}

function refusalToMedia(refusal: LinkRefusal | NoAnswer): MediaRefusal {
  if (refusal.kind !== 'invalidCall') return { kind: 'unavailable' };
  return { kind: 'unsupported', reason: refusal.issues.join('; ') };
}
