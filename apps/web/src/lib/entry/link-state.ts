import type { GuestLink } from '@relais/protocol/entry';

/** What has become of a link: only one that is `open` lets anybody new in [GUEST-3]. */
export type LinkState = 'open' | 'revoked' | 'expired' | 'usedUp';

export function linkState({ revokedAt, expiresAt, seats, taken }: GuestLink, now: number): LinkState {
  if (revokedAt !== undefined) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return taken >= seats ? 'usedUp' : 'open';
}
