import { nodeOverview, type ListedNode, type NodeAnnouncement, type NodeOverview } from '@relais/protocol';

/** Milliseconds for one node's answer: it is asked beside all the others, while a person waits. */
const TIMEOUT_MS = 1500;
/** More is no answer of a node's. */
const MAX_BYTES = 256 * 1024;

/**
 * Every node that the directory lists, with what it tells of itself when asked at its control port. One that does not
 * answer is listed by its announcement alone.
 */
export function askNodes(listed: readonly NodeAnnouncement[], token: string): Promise<ListedNode[]> {
  return Promise.all(
    listed.map(async (node) => ({
      nodeId: node.nodeId,
      draining: node.draining,
      consumers: node.load.consumers,
      capacity: node.load.capacity,
      told: await askNode(node, token).catch(() => null),
    })),
  );
}

async function askNode(
  { controlUrl, nodeId }: NodeAnnouncement,
  token: string,
): Promise<NodeOverview | null> {
  const response = await fetch(new URL('/overview', controlUrl), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  });
  if (!response.ok || Number(response.headers.get('content-length') ?? 0) > MAX_BYTES) {
    await response.body?.cancel();
    return null;
  }
  const told = nodeOverview.parse(await response.json());
  return told.nodeId === nodeId ? told : null;
}
