import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkOften } from './quick-checks.ts';

const SDP = [
  'v=0',
  'm=audio 7 UDP/TLS/RTP/SAVPF 100',
  'a=mid:a',
  'a=candidate:udp 1 udp 1076558079 198.51.100.1 40000 typ host',
  'a=candidate:tcp 1 tcp 1076276479 198.51.100.1 40000 typ host tcptype passive',
  'm=video 7 UDP/TLS/RTP/SAVPF 101',
  'a=mid:b',
  'a=candidate:udp 1 udp 1076558079 198.51.100.1 40000 typ host',
  '',
].join('\r\n');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const told: string[] = [];
  const fake = {
    connectionState: 'connected',
    addIceCandidate: ({ candidate = '', sdpMid }: RTCIceCandidateInit) => {
      told.push(`${sdpMid} ${candidate}`);
      return candidate.includes('100::1') ? Promise.reject(new Error('no such family')) : Promise.resolve();
    },
  };
  const settle = () => vi.advanceTimersByTimeAsync(1000);
  return { told, fake, connection: fake as unknown as RTCPeerConnection, settle };
}

it('[BACK-5] a connection is told, when a restart has had its time, of a way that it cannot try, and then again of the node’s own', async () => {
  const { told, connection, settle } = setUp();
  checkOften(connection, SDP);
  expect(told).toEqual([]);
  await settle();
  expect(told).toEqual([
    'a candidate:nobody0 1 udp 2147483647 192.0.2.1 9999 typ host ufrag nobody',
    'a candidate:nobody1 1 udp 2147483647 100::1 9999 typ host ufrag nobody',
    'a candidate:udp 1 udp 1076558079 198.51.100.1 40000 typ host',
    'a candidate:tcp 1 tcp 1076276479 198.51.100.1 40000 typ host tcptype passive',
  ]);
});

it('[BACK-5] one that is closed meanwhile, or that no node was described to, is told of nothing', async () => {
  const { told, fake, connection, settle } = setUp();
  checkOften(connection, '');
  await settle();
  checkOften(connection, SDP);
  fake.connectionState = 'closed';
  await settle();
  expect(told).toEqual([]);
});
