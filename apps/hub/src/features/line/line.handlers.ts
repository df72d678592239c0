import { ok } from '@relais/kit';
import type { Handlers } from '../../socket/handlers.ts';

/** [LINE-3] What is said of one's own line is told to everybody, when it says something new. */
export function lineHandlers(): Pick<Handlers, 'line:tell' | 'line:probe'> {
  return {
    'line:probe': () => Promise.resolve(ok({})),
    'line:tell': ({ meeting, occupant: { participantId } }, { line, light }) => {
      const now = meeting.live[participantId];
      if ((now?.line ?? 'good') !== line || (now?.light ?? false) !== light)
        meeting.change({ type: 'lineChanged', participantId, line, light });
      return Promise.resolve(ok({}));
    },
  };
}
