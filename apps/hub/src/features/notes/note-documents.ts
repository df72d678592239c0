import { lastLine } from '@relais/domain';
import { fail, ok, Serial, SerialOverflow, type Result } from '@relais/kit';
import { NOTE_LAST_LINE_MAX_LENGTH, type MeetingId, type NoteLine, type Refusal } from '@relais/protocol';
import type { Logger } from 'pino';
import { NOTE_MAX_ROWS, type NoteKey, type NoteStore } from '../../ports/note-store.ts';
import { LOG_AWAY } from '../meeting/aggregate.ts';
import { NoteText, type NoteFlaw } from './note-text.ts';

export interface NoteDocumentsDeps {
  store: NoteStore;
  now: () => number;
  logger: Logger;
}

/** A change that is stored, under its number. */
export interface StoredChange {
  seq: number;
  update: Uint8Array;
  line: NoteLine;
}

interface Opened {
  key: NoteKey;
  /** One thing at a time, in order. */
  serial: Serial;
  /** Undefined: to be read from the store. */
  notes: { text: NoteText; seq: number; rows: number } | undefined;
}

/** Texts in memory: those that are not at work go, the one that was used longest ago first. */
const MAX_OPEN = 100;
/** What waits for one place: far more is no people's writing. */
const MAX_WAITING = 500;
/** Rows after which changes are drawn together into one state. */
const COMPACT_AT = 60;
/** Each conflict means that another hub has written: somebody goes on. */
const ATTEMPTS = 8;

/** Notes of all places, as this hub has them at hand. The store has the truth: whatever fails here is read from it again. */
export class NoteDocuments {
  readonly #deps: NoteDocumentsDeps;
  readonly #open = new Map<string, Opened>();

  constructor(deps: NoteDocumentsDeps) {
    this.#deps = deps;
  }

  /** What `stateVector` lacks of what is stored now, and the number up to which that goes. */
  async since(
    key: NoteKey,
    stateVector?: Uint8Array,
  ): Promise<Result<{ update: Uint8Array; seq: number }, Refusal>> {
    return this.#alone(key, async (opened) => {
      const notes = await this.#fresh(opened);
      if (!notes.ok) return notes;
      const encoded = notes.value.text.encode(stateVector);
      return encoded.ok
        ? ok({ update: encoded.value, seq: notes.value.seq })
        : fail(refusalOf(encoded.error));
    });
  }

  /** Reads on in the store; whether there was more than was at hand, and up to what number. */
  async refresh(key: NoteKey): Promise<Result<{ seq: number; isNews: boolean }, Refusal>> {
    return this.#alone(key, async (opened) => {
      const before = opened.notes?.seq;
      const notes = await this.#fresh(opened);
      return notes.ok ? ok({ seq: notes.value.seq, isNews: notes.value.seq !== before }) : notes;
    });
  }

  async text(key: NoteKey): Promise<Result<string, Refusal>> {
    return this.#alone(key, async (opened) => {
      const notes = await this.#fresh(opened);
      return notes.ok ? ok(notes.value.text.toString()) : notes;
    });
  }

  /**
   * Ok once it is stored, or was already; `told` is called before anything else is done to these notes, so that all are told
   * in the order of storing. `worked` hears how many milliseconds applying took, in which nothing else was done.
   */
  async write(
    key: NoteKey,
    update: Uint8Array,
    told: (change: StoredChange) => void,
    worked: (ms: number) => void,
  ): Promise<Result<{ seq: number }, Refusal>> {
    return this.#alone(key, async (opened) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const done = await this.#tryWrite(opened, update, { again: attempt > 0, worked });
        if (done === 'again') continue;
        if (done.ok && done.value.change) told(done.value.change);
        if (done.ok) await this.#compact(opened, COMPACT_AT);
        return done.ok ? ok({ seq: done.value.seq }) : done;
      }
      return fail(LOG_AWAY);
    });
  }

  /** Another hub has stored a change: it is applied, if these notes are at hand and lack nothing before it. */
  hear(key: NoteKey, seq: number, update: Uint8Array): void {
    const opened = this.#open.get(nameOf(key));
    if (!opened) return;
    this.#alone(key, async () => {
      if (opened.notes?.seq === seq - 1) {
        opened.notes.text.load([update]);
        opened.notes.seq = seq;
        opened.notes.rows += 1;
      }
      return ok(undefined);
    }).catch((error: unknown) => {
      this.#drop(opened);
      this.#deps.logger.error({ err: error }, 'hearing of notes failed');
    });
  }

  /** The meeting goes from memory. */
  release(meetingId: MeetingId): void {
    for (const [name, opened] of this.#open)
      if (opened.key.meetingId === meetingId && opened.serial.waiting === 0) this.#forget(name, opened);
  }

  close(): void {
    for (const [name, opened] of this.#open) this.#forget(name, opened);
  }

  async #tryWrite(
    opened: Opened,
    update: Uint8Array,
    { again, worked }: { again: boolean; worked: (ms: number) => void },
  ): Promise<Result<{ seq: number; change?: StoredChange }, Refusal> | 'again'> {
    const { store, now } = this.#deps;
    // What another hub has stored meanwhile is asked for only when something does not fit.
    const found = again || !opened.notes ? await this.#fresh(opened) : ok(opened.notes);
    if (!found.ok) return found;
    if (!(await this.#compact(opened, NOTE_MAX_ROWS))) return fail(LOG_AWAY);
    const notes = found.value;
    const begun = performance.now();
    const applied = notes.text.apply(update);
    worked(performance.now() - begun);
    if (!applied.ok) {
      this.#drop(opened);
      return applied.error.kind === 'incomplete' && !again ? 'again' : fail(refusalOf(applied.error));
    }
    if (!applied.value) return ok({ seq: notes.seq });
    const text = notes.text.toString();
    const summary = { lastLine: lastLine(text, NOTE_LAST_LINE_MAX_LENGTH), length: text.length, at: now() };
    const stored = await store.append(opened.key, { after: notes.seq, update: applied.value, summary });
    if (!stored.ok) {
      this.#drop(opened);
      return stored.error.kind === 'unavailable' ? fail(LOG_AWAY) : 'again';
    }
    notes.seq += 1;
    notes.rows += 1;
    const line = { place: opened.key.place, line: summary.lastLine, at: summary.at };
    return ok({ seq: notes.seq, change: { seq: notes.seq, update: applied.value, line } });
  }

  /** At hand, with all that is stored. */
  async #fresh(opened: Opened): Promise<Result<NonNullable<Opened['notes']>, Refusal>> {
    const known = opened.notes ?? { text: new NoteText(), seq: 0, rows: 0 };
    const loaded = await this.#deps.store.load(opened.key, known.seq);
    if (!loaded.ok) return fail(LOG_AWAY);
    const { seq, state, updates, rows } = loaded.value;
    known.text.load([...(state ? [state] : []), ...updates]);
    opened.notes = { text: known.text, seq, rows };
    return ok(opened.notes);
  }

  /** Draws the rows together once there are so many; false when that was not to be had. */
  async #compact(opened: Opened, at: number): Promise<boolean> {
    const { notes } = opened;
    if (!notes || notes.rows < at) return true;
    const state = notes.text.encode();
    if (!state.ok) return false;
    const done = await this.#deps.store.compact(opened.key, { seq: notes.seq, state: state.value });
    if (done.ok) notes.rows = 0;
    return done.ok;
  }

  async #alone<T>(
    key: NoteKey,
    task: (opened: Opened) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    const opened = this.#at(key);
    try {
      return await opened.serial.run(() => task(opened));
    } catch (error) {
      if (error instanceof SerialOverflow) return fail({ kind: 'tooMany', retryAfterMs: 2000 });
      // What was at hand may be half of something.
      this.#drop(opened);
      throw error;
    } finally {
      this.#makeRoom();
    }
  }

  #at(key: NoteKey): Opened {
    const name = nameOf(key);
    const opened = this.#open.get(name) ?? { key, serial: new Serial(MAX_WAITING), notes: undefined };
    // The newest stands last.
    this.#open.delete(name);
    this.#open.set(name, opened);
    return opened;
  }

  #makeRoom(): void {
    for (const [name, opened] of this.#open) {
      if (this.#open.size <= MAX_OPEN) return;
      if (opened.serial.waiting === 0) this.#forget(name, opened);
    }
  }

  #forget(name: string, opened: Opened): void {
    this.#open.delete(name);
    this.#drop(opened);
  }

  #drop(opened: Opened): void {
    opened.notes?.text.close();
    opened.notes = undefined;
  }
}

/** Ids have no slash in them. */
const nameOf = ({ meetingId, place }: NoteKey) => `${meetingId}/${place}`;

function refusalOf(flaw: NoteFlaw): Refusal {
  if (flaw.kind === 'full') return { kind: 'tooLarge' };
  const issue = flaw.kind === 'malformed' ? flaw.issue : 'rests on what is not there';
  return { kind: 'invalidInput', issues: [`update: ${issue}`.slice(0, 200)] };
}
