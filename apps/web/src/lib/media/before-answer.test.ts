import { afterEach, expect, it, vi } from 'vitest';
import type { Transport } from 'mediasoup-client/types';
import { beforeAnswer } from './before-answer.ts';

class FakeConnection {
  readonly answered: string[] = [];
  setLocalDescription({ sdp = '' }: RTCLocalSessionDescriptionInit = {}): Promise<void> {
    this.answered.push(sdp);
    return Promise.resolve();
  }
}
const over = (connection: object | undefined) => ({ handler: { _pc: connection } }) as unknown as Transport;

afterEach(() => vi.unstubAllGlobals());

it('[MEDIA-10] tells each who waits once, with the next answer, which is given as it was', async () => {
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  const connection = new FakeConnection();
  const told: string[] = [];
  beforeAnswer(over(connection), () => told.push('first'));
  beforeAnswer(over(connection), () => told.push('second'));
  expect(told).toEqual([]);
  await connection.setLocalDescription({ type: 'answer', sdp: 'one' });
  expect(told.sort()).toEqual(['first', 'second']);
  await connection.setLocalDescription({ type: 'answer', sdp: 'two' });
  expect(told).toHaveLength(2);
  expect(connection.answered).toEqual(['one', 'two']);
});

it('[MEDIA-10] where the connection is hidden nobody is told: what is open is let flow when it is', () => {
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
  const told = vi.fn();
  beforeAnswer(over(undefined), told);
  beforeAnswer(over({}), told);
  expect(told).not.toHaveBeenCalled();
});
