import type { Transport } from 'mediasoup-client/types';
import { connectionOf } from './packet-time.ts';

/**
 * Calls `told` once, when the offer that the connection has is about to be answered: in some ten milliseconds, on a small
 * computer in a hundred, it will be able to receive what was offered. Never called where the connection is hidden.
 */
export function beforeAnswer(recv: Transport, told: () => void): void {
  const connection = connectionOf(recv);
  if (!connection) return;
  const original = connection.setLocalDescription.bind(connection);
  connection.setLocalDescription = (description?: RTCLocalSessionDescriptionInit) => {
    connection.setLocalDescription = original;
    const answered = original(description);
    told();
    return answered;
  };
}
