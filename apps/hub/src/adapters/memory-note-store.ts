import { fail, ok } from '@relais/kit';
import type { MeetingId, Place } from '@relais/protocol';
import { NOTE_MAX_ROWS, type NoteKey, type NoteStore, type NoteSummary } from '../ports/note-store.ts';

interface Kept {
  seq: number;
  state: Uint8Array | undefined;
  stateSeq: number;
  updates: { seq: number; update: Uint8Array }[];
  summary: NoteSummary;
}

/** Notes in this process's memory, for tests: they go with it. */
export function createMemoryNoteStore(): NoteStore {
  const meetings = new Map<MeetingId, Map<Place, Kept>>();
  const find = ({ meetingId, place }: NoteKey) => meetings.get(meetingId)?.get(place);

  return {
    async load(key, since) {
      const kept = find(key);
      if (!kept) return ok({ seq: 0, updates: [], rows: 0 });
      const { seq, state, stateSeq, updates } = kept;
      return ok({
        seq,
        ...(state && stateSeq > since && { state: Uint8Array.from(state) }),
        updates: updates.filter((one) => one.seq > since).map(({ update }) => Uint8Array.from(update)),
        rows: updates.length,
      });
    },
    async append(key, { after, update, summary }) {
      const kept = find(key);
      if ((kept?.seq ?? 0) !== after) return fail({ kind: 'conflict' });
      if (kept && kept.updates.length >= NOTE_MAX_ROWS) return fail({ kind: 'crowded' });
      const places = meetings.get(key.meetingId) ?? new Map<Place, Kept>();
      meetings.set(key.meetingId, places);
      places.set(key.place, {
        ...(kept ?? { state: undefined, stateSeq: 0 }),
        seq: after + 1,
        updates: [...(kept?.updates ?? []), { seq: after + 1, update: Uint8Array.from(update) }],
        summary: { ...summary },
      });
      return ok(undefined);
    },
    async compact(key, { seq, state }) {
      const kept = find(key);
      if (!kept || kept.stateSeq >= seq || kept.seq < seq) return ok(undefined);
      kept.state = Uint8Array.from(state);
      kept.stateSeq = seq;
      kept.updates = kept.updates.filter((one) => one.seq > seq);
      return ok(undefined);
    },
    async list(meetingId) {
      return ok([...(meetings.get(meetingId) ?? [])].map(([place, { summary }]) => ({ place, ...summary })));
    },
  };
}
