import type { Place } from '@relais/protocol';
import { untrack } from 'svelte';
import type { HubClient } from '../hub/hub-client.ts';
import type { MeetingView } from '../meeting/view-model.ts';
import { createNoteMemory, type NoteMemory } from './note-memory.ts';
import { PlaceNotes, type NoteState } from './place-notes.ts';
import type { TextEdit } from './text-edit.ts';

/** What notes need of a meeting; the store that goes with it is made when notes are first asked for. */
export interface NotesLink {
  code: string;
  storage: Storage | undefined;
  hub: Pick<HubClient, 'request' | 'on'>;
}

/** The notes of the place where one is, as a field shows them. */
export interface NotesHere {
  readonly place: Place;
  readonly text: string;
  readonly state: NoteState;
  readonly isReady: boolean;
  /** Something that was written here is not acknowledged. */
  readonly hasUnsent: boolean;
  edit(edit: TextEdit): void;
  undo(again: boolean): void;
  hold(on: boolean): void;
  /** Tells what was done to the text but by `edit`. */
  onEdits(listener: (edits: readonly TextEdit[]) => void): () => void;
}

/** Notes of a meeting in this tab: those of the place where one is, and what is still on its way to others [NOTE-2] [NOTE-4]. */
export class NotesStore {
  readonly #link: NotesLink;
  readonly #meeting: MeetingView;
  readonly #memory: NoteMemory;
  readonly #places = new Map<Place, PlaceNotes>();
  readonly #listeners = new Set<(edits: readonly TextEdit[]) => void>();
  #isShown = false;
  #here = $state.raw<NotesHere>();
  /** Bumped with each change: what it stands for is not reactive itself. */
  #changes = $state.raw(0);

  constructor(link: NotesLink, meeting: MeetingView) {
    this.#link = link;
    this.#meeting = meeting;
    this.#memory = createNoteMemory(link.code, link.storage);
    link.hub.on('notesChanged', ({ place, seq, update }) => this.#places.get(place)?.heard(seq, update));
    // What was written before a reload, wherever that was; the hub says whether it is a place.
    for (const place of this.#memory.places()) this.#at(place as Place).poke();
    $effect.root(() => {
      $effect(() => {
        const isJoined = meeting.standing.kind === 'joined';
        untrack(() => this.#stands(isJoined));
      });
      $effect(() => {
        const { here } = meeting;
        untrack(() => this.#move(here));
      });
    });
  }

  get here(): NotesHere | undefined {
    return this.#here;
  }

  /** Places that one has left, with something that the hub does not have yet. */
  get elsewhere(): readonly { place: Place; state: NoteState }[] {
    void this.#changes;
    return [...this.#places.values()]
      .filter(({ place, hasUnsent }) => place !== this.#meeting.here && hasUnsent)
      .map(({ place, state }) => ({ place, state }));
  }

  /** Whether somebody looks: then what others write is followed. */
  show(on: boolean): void {
    if (this.#isShown === on) return;
    this.#isShown = on;
    if (on) this.#move(this.#meeting.here);
    else this.#places.get(this.#meeting.here)?.follow(false);
    if (!on && this.#meeting.standing.kind === 'joined') void this.#link.hub.request('notes:close', {});
  }

  #stands(isJoined: boolean): void {
    if (isJoined) for (const notes of this.#places.values()) notes.rejoined();
    else this.#changes += 1;
  }

  #move(place: Place): void {
    for (const [other, notes] of this.#places) {
      if (other === place) continue;
      notes.follow(false);
      // What is acknowledged can be read again when one comes back.
      if (!notes.hasUnsent) this.#forget(other, notes);
    }
    if (!this.#isShown) return;
    const notes = this.#at(place);
    notes.follow(true);
    this.#here = this.#viewOf(notes);
  }

  #at(place: Place): PlaceNotes {
    const known = this.#places.get(place);
    if (known) return known;
    const notes: PlaceNotes = new PlaceNotes({
      place,
      hub: this.#link.hub,
      memory: this.#memory,
      isJoined: () => this.#meeting.standing.kind === 'joined',
      changed: (edits) => this.#changed(notes, edits),
    });
    this.#places.set(place, notes);
    return notes;
  }

  #changed(notes: PlaceNotes, edits: readonly TextEdit[] | undefined): void {
    this.#changes += 1;
    if (notes.place !== this.#meeting.here) {
      if (!notes.hasUnsent && this.#places.get(notes.place) === notes) this.#forget(notes.place, notes);
    } else if (edits) for (const listener of this.#listeners) listener(edits);
  }

  #forget(place: Place, notes: PlaceNotes): void {
    this.#places.delete(place);
    notes.close();
  }

  #viewOf(notes: PlaceNotes): NotesHere {
    const read = <T>(get: () => T): T => {
      void this.#changes;
      return get();
    };
    const listeners = this.#listeners;
    return {
      place: notes.place,
      get text() {
        return read(() => notes.text);
      },
      get state() {
        return read(() => notes.state);
      },
      get isReady() {
        return read(() => notes.isReady);
      },
      get hasUnsent() {
        return read(() => notes.hasUnsent);
      },
      edit: (edit) => notes.edit(edit),
      undo: (again) => notes.undo(again),
      hold: (on) => notes.hold(on),
      onEdits(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  }
}

const stores = new WeakMap<NotesLink, NotesStore>();

/** One for each meeting, which lasts as long as its page: what is on its way goes on when the panel is closed. */
export function notesOf(link: NotesLink, meeting: MeetingView): NotesStore {
  const store = stores.get(link) ?? new NotesStore(link, meeting);
  stores.set(link, store);
  return store;
}
