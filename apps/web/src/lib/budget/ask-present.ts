import type { MeetingPresent } from '@relais/protocol';
import { asRecord } from '../meeting/as-record.ts';

const TIMEOUT_MS = 5000;

/** How many are in a meeting, for who is before its door; undefined when it cannot be had: nothing waits for it. */
export async function askPresent(code: string): Promise<MeetingPresent | undefined> {
  try {
    const response = await fetch(`/api/meetings/${code}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return undefined;
    const present = asRecord(asRecord(await response.json())['value'])['present'];
    const { people, cameras, screens } = asRecord(present);
    const isWhole = [people, cameras, screens].every((one) => typeof one === 'number');
    return isWhole ? ({ people, cameras, screens } as MeetingPresent) : undefined;
  } catch {
    return undefined;
  }
}
