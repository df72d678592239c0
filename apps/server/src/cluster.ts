import { connectNode, createRedisNodeDirectory, type NodeLink } from '@relais/control';
import type { Caller, NodeAnnouncement, NodeDirectory } from '@relais/protocol';
import type { Frame } from './process-frame.ts';

/** What hubs and media nodes on several machines find and reach each other by. */
export interface Cluster {
  directory: NodeDirectory;
  /** Hubs and nodes prove to each other that they know it. */
  secret: string;
  connect: (caller: Caller) => (node: NodeAnnouncement) => NodeLink;
  /** The nodes that are listed now. */
  nodes: () => readonly NodeAnnouncement[];
}

export function joinCluster({ owned, logger }: Frame, redisUrl: string, secret: string): Cluster {
  const part = logger.child({ part: 'cluster' });
  const directory = owned.own(
    'directory of nodes',
    createRedisNodeDirectory({ url: redisUrl, logger: part }),
    (d) => d.close(),
  );
  let nodes: readonly NodeAnnouncement[] = [];
  directory.watch((listed) => {
    nodes = listed;
  });
  return {
    directory,
    secret,
    connect:
      (caller) =>
      ({ controlUrl, nodeId }) =>
        connectNode({ controlUrl, nodeId, caller, secret, logger: part }),
    nodes: () => nodes,
  };
}
