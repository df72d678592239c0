import process from 'node:process';
import { meetingSummary, type MeetingDoor } from '@relais/protocol';
import type { DoorTold } from '#lib/join/join-data.ts';
import { asRecord } from '#lib/meeting/as-record.ts';

export type Found =
  | { kind: 'found'; title: string; door: DoorTold | undefined }
  | { kind: 'meetingNotFound' }
  | { kind: 'hubAway' };

/** [DOOR-7] */
function toldOf({ locked, waiting }: MeetingDoor): DoorTold | undefined {
  if (locked) return 'locked';
  return ({ on: 'waiting', guests: 'guestsWait', off: undefined } as const)[waiting];
}

/** Milliseconds: the hub is beside the pages, often in the same process. */
const TIMEOUT = 4000;

/** Where the pages reach the hub; with one process for all, that is this process's own port. */
export function hubUrl(): string {
  return process.env['HUB_URL'] ?? `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`;
}

/**
 * Looks a meeting up for the person at `clientAddress`, whose rate is counted. Never throws: what is neither found nor
 * unknown is taken for a hub that is away.
 */
export async function findMeeting(
  code: string,
  clientAddress: string,
  fetch: typeof globalThis.fetch,
): Promise<Found> {
  try {
    const response = await fetch(`${hubUrl()}/api/meetings/${code}`, {
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        'x-relais-client-address': clientAddress,
        'x-relais-internal-token': process.env['HUB_TOKEN'] ?? '',
      },
    });
    if (response.status === 404) return { kind: 'meetingNotFound' };
    if (!response.ok) return { kind: 'hubAway' };
    const { title, door } = meetingSummary.parse(asRecord(await response.json())['value']);
    return { kind: 'found', title, door: door && toldOf(door) };
  } catch {
    return { kind: 'hubAway' };
  }
}
