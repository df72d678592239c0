import type { DtlsFingerprint } from '@relais/protocol';

/** What a browser says of a certificate; the algorithm's name is optional in its types. */
interface SaidFingerprint {
  algorithm?: string | undefined;
  value?: string | undefined;
}

/**
 * The fingerprints that the hub takes, in upper case as the worker writes those that it compares with (Chromium
 * says them in lower case).
 */
export function toFingerprints(said: readonly SaidFingerprint[]): DtlsFingerprint[] {
  return said.flatMap(({ algorithm, value }) => {
    const name = algorithmOf(algorithm);
    return name && value ? [{ algorithm: name, value: value.toUpperCase() }] : [];
  });
}

/** Those of a session description, each once: one line per media section says the same. */
export function fingerprintsOfSdp(sdp: string): DtlsFingerprint[] {
  const lines = new Set(
    [...sdp.matchAll(/^a=fingerprint:(\S+) (\S+)/gm)].map(([, name, value]) => `${name} ${value}`),
  );
  return toFingerprints(
    [...lines].map((line) => {
      const [algorithm, value] = line.split(' ');
      return { algorithm, value };
    }),
  );
}

function algorithmOf(name: string | undefined): DtlsFingerprint['algorithm'] | undefined {
  const lower = name?.toLowerCase();
  return lower === 'sha-256' || lower === 'sha-384' || lower === 'sha-512' ? lower : undefined;
}
