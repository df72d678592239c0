import { meetingSummary, type MeetingDoor } from '@relais/protocol';
import type { Lang } from '#lib/i18n/lang.ts';
import { loadShellWords } from '#lib/i18n/shell.ts';
import type { DoorTold } from '#lib/join/join-data.ts';
import { asRecord } from '#lib/meeting/as-record.ts';
import { askAs, type Asking } from './people.ts';

export type Found =
  | { kind: 'found'; title: string; door: DoorTold | undefined }
  | { kind: 'meetingNotFound' }
  | { kind: 'hubAway' };

/**
 * Looks a meeting up for whoever asks, whose rate is counted. Never throws: what is neither found nor unknown is taken for a
 * hub that is away.
 */
export async function findMeeting(code: string, lang: Lang, asking: Asking): Promise<Found> {
  try {
    const response = await askAs(asking, `/meetings/${code}`);
    if (response.status === 404) return { kind: 'meetingNotFound' };
    if (!response.ok) return { kind: 'hubAway' };
    const { title, door } = meetingSummary.parse(asRecord(await response.json())['value']);
    // [ENTRY-5] Whoever may not enter reads what it is, in the place of what it is called.
    if (title === '')
      return { kind: 'found', title: (await loadShellWords(lang)).reserved, door: 'reserved' };
    return { kind: 'found', title, door: door && toldOf(door) };
  } catch {
    return { kind: 'hubAway' };
  }
}

/** [DOOR-7] */
function toldOf({ locked, waiting }: MeetingDoor): DoorTold | undefined {
  if (locked) return 'locked';
  return ({ on: 'waiting', guests: 'guestsWait', off: undefined } as const)[waiting];
}
