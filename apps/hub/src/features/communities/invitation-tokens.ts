import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What the link of an invitation holds: its id, and what proves that we wrote it. The database has the id alone. */
export interface InvitationTokens {
  newId(): string;
  tokenOf(invitationId: string): string;
  /** The id in it; undefined when it is not ours. */
  idIn(token: string): string | undefined;
}

const ID_BYTES = 12;
const ID_CHARACTERS = 16;
const PROOF_BYTES = 24;

/** So a link can be shown again to who coordinates, and a copy of the database opens nothing. */
export function createInvitationTokens(secret: string): InvitationTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'relais invitations to communities', 32));
  const proofOf = (id: string) => createHmac('sha256', key).update(id).digest().subarray(0, PROOF_BYTES);
  return {
    newId: () => randomBytes(ID_BYTES).toString('base64url'),
    tokenOf: (id) => id + proofOf(id).toString('base64url'),
    idIn(token) {
      const id = token.slice(0, ID_CHARACTERS);
      const proof = Buffer.from(token.slice(ID_CHARACTERS), 'base64url');
      return proof.length === PROOF_BYTES && timingSafeEqual(proof, proofOf(id)) ? id : undefined;
    },
  };
}
