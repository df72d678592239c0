import { randomBytes } from 'node:crypto';
import { registerEntries, type Database } from '@relais/db';
import type { RegisterKind } from '@relais/protocol/privacy';

export interface Entry {
  kind: RegisterKind;
  /** Nobody: the hub by itself, or somebody without an account. */
  actorId?: string | undefined;
  subjectId?: string | undefined;
  communityId?: string | undefined;
  meetingId?: string | undefined;
}

/** Who does something that the register tells, and when. */
export interface Act {
  actorId: string | undefined;
  at: number;
}

/** The database, or a transaction of it. */
export type Writer = Pick<Database['orm'], 'insert'>;

/** [PRIV-6] Written with the act that it tells of, in the same transaction: neither is without the other. */
export async function writeEntry(writer: Writer, entry: Entry, at: number): Promise<void> {
  await writer.insert(registerEntries).values({ id: risingId(at), at: new Date(at), ...entry });
}

/** A UUID of version 7: of two, the later is the greater. */
export function risingId(at: number): string {
  const hex = at.toString(16).padStart(12, '0') + '7' + randomBytes(10).toString('hex').slice(0, 19);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
