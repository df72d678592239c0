import { may, roleIn } from '@relais/domain';
import type { MeetingId, NoteLine, Place } from '@relais/protocol';
import type { Connection } from '../../socket/connection.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';

/** Lines of all rooms go together, this often at most: a board is glanced at. */
const TELL_EVERY_MS = 2000;

interface Waiting {
  lines: Map<Place, NoteLine>;
  timer: NodeJS.Timeout;
}

/** [NOTE-8] Tells those who run the meeting, and have their board open, the last line of each room's notes. */
export class NoteLines {
  readonly #watching = new WeakSet<Connection>();
  /** Of each meeting what is to be told next: one line for each room. */
  readonly #waiting = new Map<MeetingId, Waiting>();

  watch(connection: Connection, on: boolean): void {
    if (on) this.#watching.add(connection);
    else this.#watching.delete(connection);
  }

  changed(meeting: LiveMeeting, line: NoteLine): void {
    const waiting = this.#waiting.get(meeting.id);
    if (waiting) {
      waiting.lines.set(line.place, line);
      return;
    }
    if (this.#watchers(meeting).length === 0) return;
    const timer = setTimeout(() => this.#tell(meeting), TELL_EVERY_MS);
    timer.unref();
    this.#waiting.set(meeting.id, { lines: new Map([[line.place, line]]), timer });
  }

  release(meetingId: MeetingId): void {
    clearTimeout(this.#waiting.get(meetingId)?.timer);
    this.#waiting.delete(meetingId);
  }

  close(): void {
    for (const meetingId of [...this.#waiting.keys()]) this.release(meetingId);
  }

  #tell(meeting: LiveMeeting): void {
    const lines = [...(this.#waiting.get(meeting.id)?.lines.values() ?? [])];
    this.#waiting.delete(meeting.id);
    for (const connection of this.#watchers(meeting)) connection.tell('noteLinesChanged', { lines });
  }

  #watchers({ occupants, state }: LiveMeeting): Connection[] {
    return [...occupants.values()].flatMap(({ connection, participantId }) =>
      connection && this.#watching.has(connection) && may(roleIn(state, participantId), 'notes:watch')
        ? [connection]
        : [],
    );
  }
}
