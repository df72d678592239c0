import { describe, expect, it } from 'vitest';
import { withPacketTimes } from './packet-time.ts';

const sdp = [
  'v=0',
  'm=audio 7 UDP/TLS/RTP/SAVPF 111',
  'a=mid:0',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1;ptime=20',
  'm=video 7 UDP/TLS/RTP/SAVPF 96',
  'a=mid:1',
  'a=rtpmap:96 VP8/90000',
  'a=fmtp:96 x-google-start-bitrate=400',
  'm=audio 7 UDP/TLS/RTP/SAVPF 111',
  'a=mid:2',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 stereo=1',
  '',
].join('\r\n');

describe('the time of sound in one packet [LINE-8]', () => {
  it('is written for the sections that it is asked for, and for opus alone', () => {
    const changed = withPacketTimes(
      sdp,
      new Map([
        ['0', 60],
        ['1', 60],
      ]),
    );
    expect(changed.split('\r\n').filter((line) => line.startsWith('a=fmtp'))).toEqual([
      'a=fmtp:111 minptime=10;useinbandfec=1;ptime=60',
      'a=fmtp:96 x-google-start-bitrate=400',
      'a=fmtp:111 stereo=1',
    ]);
    expect(withPacketTimes(changed, new Map([['0', 20]]))).toBe(sdp);
  });

  it('leaves everything as it is where nothing is asked', () => {
    expect(withPacketTimes(sdp, new Map())).toBe(sdp);
  });
});
