import { expect, it } from 'vitest';
import { withoutSoundResending } from './sound-resending.ts';

it('[LINE-11] Lost sound is not asked for again, lost pictures are, and nothing else is another', () => {
  const lines = [
    'v=0',
    'm=audio 7 UDP/TLS/RTP/SAVPF 100',
    'a=rtcp-fb:100 nack ',
    'a=rtcp-fb:100 transport-cc',
    'm=video 7 UDP/TLS/RTP/SAVPF 101',
    'a=rtcp-fb:101 nack ',
    'a=rtcp-fb:101 nack pli',
    'm=audio 7 UDP/TLS/RTP/SAVPF 100',
    'a=rtcp-fb:100 nack',
    '',
  ];
  const left = lines.filter((_line, place) => place !== 2 && place !== 8);
  expect(withoutSoundResending(lines.join('\r\n'))).toBe(left.join('\r\n'));
});
