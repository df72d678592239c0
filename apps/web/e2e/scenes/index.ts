import { accountScenes } from './accounts.ts';
import { adminScenes } from './admin.ts';
import { boardScenes } from './board.ts';
import { calendarScenes } from './calendar.ts';
import { communityScenes } from './communities.ts';
import { enteringScenes } from './entering.ts';
import { entryScenes } from './entry.ts';
import { groupsScenes } from './groups.ts';
import { homeScenes } from './home.ts';
import { lineScenes } from './line.ts';
import { messagesScenes } from './messages.ts';
import { notesScenes } from './notes.ts';
import { peopleScenes } from './people.ts';
import { prepareScenes } from './prepare.ts';
import { privacyScenes } from './privacy.ts';
import { roomScenes } from './room.ts';
import type { At, Scene } from './scene.ts';

/** Every page and state of which there are pictures. */
export function scenes(at: At): Scene[] {
  return [
    ...notesScenes(at),
    ...homeScenes(at),
    ...accountScenes(at),
    ...privacyScenes(at),
    ...calendarScenes(at),
    ...communityScenes(at),
    ...adminScenes(),
    ...enteringScenes(at),
    ...entryScenes(at),
    ...roomScenes(at),
    ...lineScenes(at),
    ...messagesScenes(at),
    ...peopleScenes(at),
    ...boardScenes(at),
    ...prepareScenes(at),
    ...groupsScenes(at),
  ];
}
