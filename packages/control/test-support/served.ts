import { createServer, type Server } from 'node:http';
import { hubId, nodeId, type Caller } from '@relais/protocol';
import { createMemoryMediaNode, type MemoryMediaNode } from '@relais/testing';
import { connectNode, serveControl, type ControlServer, type NodeLink } from '../src/index.ts';
import type { Logger } from '../src/logger.ts';
import { MemoryPipes } from './memory-pipes.ts';

export const SECRET = 'a secret of hubs and nodes, for tests';

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface Served {
  node: MemoryMediaNode & { pipes: MemoryPipes };
  control: ControlServer;
  port: number;
  url: string;
  close(): Promise<void>;
}

/** A node of memory behind a control link on a real socket. */
export async function serveNode({
  port = 0,
  id = crypto.randomUUID(),
  logger = silent,
} = {}): Promise<Served> {
  const own = createMemoryMediaNode({ nodeId: nodeId.parse(id) });
  const node = Object.assign(own, { pipes: new MemoryPipes(own.nodeId) });
  const http = createServer();
  const control = serveControl({ http, node, secret: SECRET, logger });
  const at = await listen(http, port);
  return { node, control, port: at, url: `http://127.0.0.1:${at}`, close: () => control.close() };
}

export function linkTo(
  { node, url }: { node: { nodeId: Served['node']['nodeId'] }; url: string },
  { caller = aHub(), secret = SECRET, logger = silent } = {},
): NodeLink {
  return connectNode({ controlUrl: url, nodeId: node.nodeId, caller, secret, logger });
}

export const aHub = (): Caller => ({ kind: 'hub', id: hubId.parse(crypto.randomUUID()) });
export const aNode = (): Caller & { kind: 'node' } => ({
  kind: 'node',
  id: nodeId.parse(crypto.randomUUID()),
});

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      const address = http.address();
      if (address && typeof address === 'object') resolve(address.port);
    });
  });
}
