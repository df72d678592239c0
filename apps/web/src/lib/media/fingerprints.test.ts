import { describe, expect, it } from 'vitest';
import { fingerprintsOfSdp, toFingerprints } from './fingerprints.ts';

describe('fingerprints', () => {
  it('are said in upper case, and only those of algorithms that the hub takes', () => {
    const said = [{ algorithm: 'SHA-256', value: 'ab:cd' }, { algorithm: 'sha-1', value: '00:11' }, {}];
    expect(toFingerprints(said)).toEqual([{ algorithm: 'sha-256', value: 'AB:CD' }]);
  });

  it('are read once from a description that repeats them', () => {
    const sdp = 'v=0\r\na=fingerprint:sha-256 AB:CD\r\nm=audio\r\na=fingerprint:sha-256 AB:CD\r\n';
    expect(fingerprintsOfSdp(sdp)).toEqual([{ algorithm: 'sha-256', value: 'AB:CD' }]);
  });
});
