import { fail } from '@relais/kit';
import { nodeId as parseNodeId } from '@relais/protocol';
import type { NodeId, PipeFact, PipeSource } from '@relais/protocol';
import type { MediasoupNode } from '../src/node.ts';
import type { Neighbours, SfuOptions } from '../src/options.ts';
import { createTestNode } from './test-node.ts';

/**
 * `up`: direct calls. `silent`: the link stands, but nothing is answered. `broken`: it may come back, what is asked
 * meanwhile fails. `down`: there is no link.
 */
type LinkState = 'up' | 'silent' | 'broken' | 'down';

/** Nodes of this process that know each other by direct calls, and links between all of them that can be cut. */
export class JoinedNodes {
  readonly #nodes = new Map<NodeId, MediasoupNode>();
  readonly #listeners = new Set<(nodeId: NodeId) => void>();
  #state: LinkState = 'up';

  static async create(names: readonly string[], options: Partial<SfuOptions> = {}): Promise<JoinedNodes> {
    const joined = new JoinedNodes();
    for (const name of names) await joined.add(name, options);
    return joined;
  }

  async add(name: string, options: Partial<SfuOptions> = {}): Promise<MediasoupNode> {
    const nodeId = parseNodeId.parse(name);
    const node = await createTestNode({ ...options, nodeId, neighbours: this.#neighbours() });
    this.#nodes.set(nodeId, node);
    return node;
  }

  get all(): MediasoupNode[] {
    return [...this.#nodes.values()];
  }

  get two(): [MediasoupNode, MediasoupNode] {
    const [first, second] = this.all;
    if (!first || !second) throw new Error('two nodes were expected');
    return [first, second];
  }

  set(state: LinkState): void {
    this.#state = state;
    if (state !== 'down') return;
    for (const nodeId of this.#nodes.keys()) this.gone(nodeId);
  }

  /** The links to that node have ended. */
  gone(nodeId: NodeId): void {
    for (const listener of [...this.#listeners]) listener(nodeId);
  }

  /** As when a node dies: it answers no more, and its links end. */
  async lose(node: MediasoupNode): Promise<void> {
    this.#nodes.delete(node.nodeId);
    for (const worker of node.internals().pool.up) worker.kill();
    this.gone(node.nodeId);
    await node.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((node) => node.close()));
  }

  #neighbours(): Neighbours {
    const links = new Map<NodeId, PipeSource>();
    return {
      get: (nodeId) => {
        const node = this.#nodes.get(nodeId);
        if (!node || this.#state === 'down') return undefined;
        const link = links.get(nodeId) ?? this.#link(node.pipes);
        links.set(nodeId, link);
        return link;
      },
      onGone: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  /** What crosses is copied, as a wire would. */
  #link(far: PipeSource): PipeSource {
    const cross = async <T>(call: () => Promise<T>, otherwise: T): Promise<T> => {
      if (this.#state === 'up') return structuredClone(await call());
      if (this.#state === 'silent') return new Promise(() => undefined);
      return otherwise;
    };
    const unavailable = fail({ kind: 'unavailable' } as const);
    return {
      nodeId: far.nodeId,
      locate: (roomId, ids) => cross(() => far.locate(roomId, ids), unavailable),
      openPipe: (request) => cross(() => far.openPipe(request), unavailable),
      takeProducer: (pipeId, id) => cross(() => far.takeProducer(pipeId, id), unavailable),
      wantProducer: (pipeId, id, layer) => cross(() => far.wantProducer(pipeId, id, layer), unavailable),
      letProducerGo: (pipeId, id) => cross(() => far.letProducerGo(pipeId, id), undefined),
      // The far end closes its pipes with the link.
      closePipe: (pipeId) => far.closePipe(pipeId),
      subscribePipes: (listener) =>
        far.subscribePipes((fact: PipeFact) => {
          if (this.#state === 'up') listener(structuredClone(fact));
        }),
    };
  }
}
