import { serveNode } from './served.ts';

/** A node in a process of its own, for tests that end it; says where it is. */
const { node, url } = await serveNode();
process.send?.({ nodeId: node.nodeId, url });
// Whose test has ended, ends.
process.once('disconnect', () => process.exit(0));
