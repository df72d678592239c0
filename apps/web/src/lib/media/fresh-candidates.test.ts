import { expect, it, vi } from 'vitest';
import { preferFresh, withNowhere, withRaised } from './fresh-candidates.ts';

const SDP = [
  'v=0',
  'a=ice-ufrag:one',
  'a=candidate:udpcandidate 1 udp 1076558079 192.0.2.1 40000 typ host',
  'a=candidate:tcpcandidate 1 tcp 1076276479 192.0.2.1 40000 typ host tcptype passive',
  'a=end-of-candidates',
  '',
].join('\r\n');
const restartedAs = (name: string) => SDP.replace('one', name);

it('[BACK-5] candidates told after a restart are better than those before, and in the same order among themselves', () => {
  expect(withRaised(SDP, 2)).toBe(
    SDP.replace('1076558079', '1076558081').replace('1076276479', '1076276481'),
  );
  expect(withRaised(SDP, 0)).toBe(SDP);
});

it('[BACK-5] ways that lead nowhere are beside each that is reached by UDP, better than what was before the restart and worse than what is', () => {
  const lines = withNowhere(withRaised(SDP, 2)).split('\r\n');
  expect(lines.slice(2, 6)).toEqual([
    'a=candidate:udpcandidate 1 udp 1076558081 192.0.2.1 40000 typ host',
    'a=candidate:udpcandidatenowhere2001 1 udp 1076558080 192.0.2.1 42001 typ host',
    'a=candidate:udpcandidatenowhere2002 1 udp 1076558080 192.0.2.1 42002 typ host',
    'a=candidate:udpcandidatenowhere2003 1 udp 1076558080 192.0.2.1 42003 typ host',
  ]);
  expect(lines).toHaveLength(SDP.split('\r\n').length + 3);
  expect(withNowhere(SDP.replaceAll('40000', '64000'))).toContain('192.0.2.1 61999 typ host');
});

/** A connection that has been negotiated once, and the descriptions that it is given. */
function negotiated(local: RTCSessionDescriptionInit) {
  const given = vi.fn((_description: RTCSessionDescriptionInit) => Promise.resolve());
  const remoteDescription = { type: local.type === 'offer' ? 'answer' : 'offer', sdp: SDP };
  const fake = { localDescription: local, remoteDescription, setRemoteDescription: given };
  const connection = fake as unknown as RTCPeerConnection;
  const restarted = vi.fn<(sdp: string) => void>();
  preferFresh(connection, restarted);
  preferFresh(connection, restarted);
  return { fake, connection, restarted, last: () => given.mock.lastCall?.[0].sdp };
}

it('[BACK-5] receiving, each restart raises them once, and what is negotiated otherwise leaves them as they are', async () => {
  const { connection, restarted, last } = negotiated({ type: 'answer', sdp: restartedAs('own') });
  await connection.setRemoteDescription({ type: 'offer', sdp: SDP });
  expect(last()).toBe(SDP);
  await connection.setRemoteDescription({ type: 'offer', sdp: restartedAs('two') });
  await connection.setRemoteDescription({ type: 'offer', sdp: restartedAs('two') });
  expect(last()).toBe(withRaised(restartedAs('two'), 2));
  await connection.setRemoteDescription({ type: 'offer', sdp: restartedAs('three') });
  expect(last()).toBe(withNowhere(withRaised(restartedAs('three'), 4)));
  expect(restarted.mock.calls.map(([sdp]) => sdp)).toEqual([
    SDP,
    withRaised(restartedAs('two'), 2),
    withRaised(restartedAs('three'), 4),
  ]);
});

it('[BACK-5] sending, a restart is what this browser begins, though the node be known by the same name', async () => {
  const { fake, connection, last } = negotiated({ type: 'offer', sdp: restartedAs('own') });
  await connection.setRemoteDescription({ type: 'answer', sdp: SDP });
  expect(last()).toBe(SDP);
  fake.localDescription = { type: 'offer', sdp: restartedAs('again') };
  await connection.setRemoteDescription({ type: 'answer', sdp: SDP });
  expect(last()).toBe(withNowhere(withRaised(SDP, 2)));
});
