import type { ConnectionState } from 'mediasoup-client/types';
import type { Direction } from './media-pair.ts';

export type MediaConnection = 'closed' | 'connecting' | 'connected' | 'interrupted';

/** A transport that has carried nothing yet is `new` and says nothing of the connection. */
export function connectionOf(states: Readonly<Record<Direction, ConnectionState>>): MediaConnection {
  const both = [states.send, states.recv];
  if (both.some(isBroken)) return 'interrupted';
  if (both.every((state) => state === 'closed')) return 'closed';
  return both.includes('connecting') ? 'connecting' : 'connected';
}

export function isBroken(state: ConnectionState): boolean {
  return state === 'disconnected' || state === 'failed';
}
