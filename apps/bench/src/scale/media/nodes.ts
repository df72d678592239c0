import { connectNode, createRedisNodeDirectory, type NodeLink } from '@relais/control';
import { silentLogger } from '@relais/db';
import { withTimeout } from '@relais/kit';
import { hubId, type NodeAnnouncement, type NodeId } from '@relais/protocol';
import { workersOf } from '../../cpu/processes.ts';
import type { Running } from '../../servers/child.ts';
import type { Backends } from '../backends.ts';

/** A media node that runs as the product does, driven over the control link as a hub drives it. */
export interface BenchNode {
  link: NodeLink;
  pid: number;
  workers: readonly number[];
  close(): Promise<void>;
}

const FOUND_WITHIN_MS = 20_000;

/** Starts media nodes, one after another, so that each is known by what it announces. */
export class NodeStarter {
  readonly #backends: Backends;
  readonly #known = new Set<NodeId>();

  constructor(backends: Backends) {
    this.#backends = backends;
  }

  async start(settings: Record<string, string>): Promise<BenchNode> {
    const running = await this.#backends.startNode(settings);
    try {
      const link = await this.#link(running);
      const close = async () => {
        await link.close();
        await running.stop();
      };
      return { link, pid: running.pid, workers: workersOf(running.pid), close };
    } catch (error) {
      await running.stop();
      throw error;
    }
  }

  async #link(running: Running): Promise<NodeLink> {
    const { nodeId, controlUrl } = await withTimeout(this.#found(), FOUND_WITHIN_MS, 'finding a media node');
    this.#known.add(nodeId);
    const link = connectNode({
      controlUrl,
      nodeId,
      caller: { kind: 'hub', id: hubId.parse(`bench-${running.pid}`) },
      secret: this.#backends.controlSecret,
      logger: silentLogger,
    });
    if (!(await link.whenUp())) throw new Error(`no link to the media node: ${link.failure ?? ''}`);
    return link;
  }

  async #found(): Promise<NodeAnnouncement> {
    const directory = createRedisNodeDirectory({ url: this.#backends.redisUrl, logger: silentLogger });
    try {
      return await new Promise<NodeAnnouncement>((resolve) => {
        directory.watch((nodes) => {
          const found = nodes.find(({ nodeId }) => !this.#known.has(nodeId));
          if (found) resolve(found);
        });
      });
    } finally {
      await directory.close();
    }
  }
}
