import type { DtlsFingerprint } from '@relais/protocol';
import { fingerprintsOfSdp, toFingerprints } from './fingerprints.ts';

/** A certificate for one transport, and what the hub is told of it before the transport exists [MEDIA-6]. */
export interface DtlsIdentity {
  certificate: RTCCertificate;
  fingerprints: DtlsFingerprint[];
}

const P256: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

/** Made anew for every transport: a few milliseconds for an elliptic curve. */
export async function createDtlsIdentity(): Promise<DtlsIdentity> {
  const certificate = await RTCPeerConnection.generateCertificate(P256);
  // Firefox has had no getFingerprints(), so the types' promise is not taken at its word.
  const said = 'getFingerprints' in certificate ? toFingerprints(certificate.getFingerprints()) : [];
  return { certificate, fingerprints: said.length > 0 ? said : await fingerprintsFromOffer(certificate) };
}

async function fingerprintsFromOffer(certificate: RTCCertificate): Promise<DtlsFingerprint[]> {
  const connection = new RTCPeerConnection({ certificates: [certificate] });
  try {
    connection.createDataChannel('fingerprint');
    const offer = await connection.createOffer();
    return fingerprintsOfSdp(offer.sdp ?? '');
  } finally {
    connection.close();
  }
}
