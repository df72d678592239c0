import { expect, it } from 'vitest';
import { withRaised } from './fresh-candidates.ts';

const SDP = [
  'v=0',
  'a=candidate:udpcandidate 1 udp 1076558079 192.0.2.1 40000 typ host',
  'a=candidate:tcpcandidate 1 tcp 1076276479 192.0.2.1 40000 typ host tcptype passive',
  'a=end-of-candidates',
  '',
].join('\r\n');

it('[BACK-1] candidates told after a restart are better than those before, and in the same order among themselves', () => {
  expect(withRaised(SDP, 2)).toBe(
    SDP.replace('1076558079', '1076558081').replace('1076276479', '1076276481'),
  );
  expect(withRaised(SDP, 0)).toBe(SDP);
});
