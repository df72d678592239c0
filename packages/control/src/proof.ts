import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { CONTROL_VERSION, type Caller, type NodeId } from '@relais/protocol';

/** What both ends have said by the time that either proves itself: the nonces make every proof good for once. */
export interface Exchange {
  nodeId: NodeId;
  caller: Caller;
  nodeNonce: string;
  callerNonce: string;
}

export const newNonce = (): string => randomBytes(32).toString('base64url');

/**
 * Proof that `side` knows the secret, which itself is never sent. The side is part of it, so that neither can be
 * shown its own proof as the other's.
 */
export function proofOf(side: 'caller' | 'node', secret: string, exchange: Exchange): string {
  const { nodeId, caller, nodeNonce, callerNonce } = exchange;
  const said = [CONTROL_VERSION, side, nodeId, caller.kind, caller.id, nodeNonce, callerNonce];
  return createHmac('sha256', secret)
    .update(JSON.stringify(['relais-control', ...said]))
    .digest('base64url');
}

/** Compared in a time that tells nothing of where they differ. */
export function isProof(given: string, side: 'caller' | 'node', secret: string, exchange: Exchange): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(proofOf(side, secret, exchange))];
  return one.length === other.length && timingSafeEqual(one, other);
}
