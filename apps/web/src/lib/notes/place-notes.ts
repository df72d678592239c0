import { backoff } from '@relais/kit';
import type { AnswerValue, Place } from '@relais/protocol';
import * as Y from 'yjs';
import type { CallFailure } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import type { NoteMemory } from './note-memory.ts';
import { piecesOf, type TextEdit } from './text-edit.ts';

/** How it stands with what was written here. */
export type NoteState =
  /** What others wrote is being fetched. */
  | 'reading'
  | 'saved'
  | 'saving'
  /** The line is cut; what is not sent is when it is back. */
  | 'offline'
  /** The hub cannot store for now; it is tried again. */
  | 'storeAway'
  /** The text is as long as it may be. */
  | 'full'
  /** The hub does not take it: one is elsewhere, and that for long. */
  | 'refused';

export interface PlaceNotesDeps {
  place: Place;
  hub: Pick<HubClient, 'request'>;
  memory: NoteMemory;
  /** Whether the hub takes requests from us now. */
  isJoined: () => boolean;
  /** Text or state is another. `edits`: what was done but by `edit`, in order. */
  changed: (edits: readonly TextEdit[] | undefined) => void;
}

/** Milliseconds that typing is gathered: what one writes goes out once or twice a second. */
const GATHER_MS = 400;
/** Of one change as it is sent; the hub takes 200 pieces and 48 kB. */
const MOST_UPDATES = 60;
const MOST_BYTES = 32 * 1024;
/** Letters of what is pasted in one change: at most three bytes each. */
const PIECE_LENGTH = 8000;
/** Changes that wait before they are drawn together, so that remembering them stays cheap; and the pieces that makes at most. */
const MOST_UNSENT = 200;
const MOST_PIECES = 150;

/** The notes of one place in this page: a text that is there without a line, and what of it the hub has not acknowledged [NOTE-2]. */
export class PlaceNotes {
  readonly place: Place;
  readonly #deps: PlaceNotesDeps;
  readonly #doc = new Y.Doc();
  readonly #text = this.#doc.getText('text');
  readonly #undo = new Y.UndoManager(this.#text, { captureTimeout: 700, trackedOrigins: new Set(['own']) });
  #unsent: readonly Uint8Array[];
  #grant: string | undefined;
  /** All changes up to this number are here, and some of those after it. */
  #seq = 0;
  readonly #ahead = new Set<number>();
  /** Others' changes while somebody composes a letter: the field may not change under it. */
  #held: Uint8Array[] | undefined;
  #follows = false;
  /** All that the hub had is here; it is not so again after each cut. */
  #isRead = false;
  #wasRead = false;
  #trouble: 'storeAway' | 'full' | 'refused' | undefined;
  #isWorking = false;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wake: () => void = () => undefined;

  constructor(deps: PlaceNotesDeps) {
    this.#deps = deps;
    this.place = deps.place;
    const { updates, grant } = deps.memory.load(deps.place);
    this.#unsent = updates;
    this.#grant = grant;
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'hub') this.#keep([...this.#unsent, update]);
    });
    this.#text.observe(({ delta }, { origin }) =>
      deps.changed(origin === 'own' ? undefined : editsOf(delta)),
    );
  }

  get text(): string {
    return this.#text.toJSON();
  }

  get hasUnsent(): boolean {
    return this.#unsent.length > 0;
  }

  /** It was read once: from then on one may write, line or no line. */
  get isReady(): boolean {
    return this.#wasRead;
  }

  get state(): NoteState {
    if (this.#trouble && this.hasUnsent) return this.#trouble;
    if (!this.#deps.isJoined()) return 'offline';
    if (!this.#isRead) return 'reading';
    return this.hasUnsent ? 'saving' : 'saved';
  }

  edit({ at, remove, insert }: TextEdit): void {
    if (remove > 0) this.#doc.transact(() => this.#text.delete(at, remove), 'own');
    let next = at;
    for (const piece of piecesOf(insert, PIECE_LENGTH)) {
      this.#doc.transact(() => this.#text.insert(next, piece), 'own');
      next += piece.length;
    }
    if (this.#trouble === 'full') this.#trouble = undefined;
    this.#soon(GATHER_MS);
  }

  /** Takes back one's own last writing, and nobody else's; or makes it again. */
  undo(again: boolean): void {
    if (again) this.#undo.redo();
    else this.#undo.undo();
    this.#soon(GATHER_MS);
  }

  /** While somebody composes, what others write waits. */
  hold(on: boolean): void {
    if (on) {
      this.#held ??= [];
      return;
    }
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const update of held) this.#apply(update);
  }

  /** Begins to follow what others write here, or stops. */
  follow(on: boolean): void {
    this.#follows = on;
    if (on) this.#isRead = false;
    this.poke();
  }

  /** One is in the meeting again: what is missing on either side is exchanged. */
  rejoined(): void {
    if (this.#follows) this.#isRead = false;
    if (this.#trouble === 'storeAway') this.#trouble = undefined;
    this.#wake();
    this.poke();
  }

  poke(): void {
    this.#soon(0);
    this.#deps.changed(undefined);
  }

  /** Somebody else wrote here; a number that does not follow the last means that something is missing. */
  heard(seq: number, update: ArrayBuffer | Uint8Array): void {
    this.#apply(new Uint8Array(update));
    this.#count(seq);
    // While something is on its way, its own number may be the one that is missing.
    if (!this.#isWorking) this.#lookForGap();
  }

  /** What is not sent stays remembered. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#wake();
    this.#undo.destroy();
    this.#doc.destroy();
  }

  #soon(ms: number): void {
    if (this.#isWorking || this.#isClosed) return;
    // The first letter sets the time; those that follow do not put it off.
    if (this.#timer !== undefined && ms > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#work();
    }, ms);
  }

  /** One request at a time, until nothing is left to do or the line is gone. */
  async #work(): Promise<void> {
    if (this.#isWorking || this.#isClosed) return;
    this.#isWorking = true;
    let failures = 0;
    while (!this.#isClosed && this.#deps.isJoined()) {
      const waits = this.#follows && !this.#isRead ? await this.#read() : await this.#send();
      this.#deps.changed(undefined);
      if (waits === 'done') break;
      if (waits === 'next') failures = 0;
      else {
        failures += 1;
        await this.#pause(waits === 'later' ? backoff(failures, Math.random()) : waits);
      }
    }
    this.#isWorking = false;
    this.#lookForGap();
  }

  #lookForGap(): void {
    if (this.#ahead.size === 0 || !this.#follows) return;
    this.#isRead = false;
    this.#soon(GATHER_MS);
  }

  #count(seq: number): void {
    if (seq > this.#seq) this.#ahead.add(seq);
    while (this.#ahead.delete(this.#seq + 1)) this.#seq += 1;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #read(): Promise<Step> {
    const stateVector = Uint8Array.from(Y.encodeStateVector(this.#doc));
    const read = await this.#deps.hub.request('notes:open', { place: this.place, stateVector });
    if (!read.ok) return this.#failed(read.error, 'reading');
    this.#opened(read.value);
    return 'next';
  }

  #opened({ update, seq, grant }: AnswerValue<'notes:open'>): void {
    this.#apply(new Uint8Array(update));
    this.#seq = Math.max(this.#seq, seq);
    for (const known of [...this.#ahead]) if (known <= this.#seq) this.#ahead.delete(known);
    this.#count(0);
    this.#grant = grant;
    this.#isRead = true;
    this.#wasRead = true;
    // After a reload what was written before it rests on what has just come.
    for (const unsent of this.#unsent) Y.applyUpdate(this.#doc, unsent, 'hub');
    this.#keep(this.#unsent);
  }

  async #send(): Promise<Step> {
    const sent = this.#bundle();
    if (sent.length === 0 || this.#trouble === 'full' || this.#trouble === 'refused') return 'done';
    const update = Uint8Array.from(sent.length === 1 ? sent[0]! : Y.mergeUpdates([...sent]));
    const grant = this.#grant;
    const written = await this.#deps.hub.request('notes:write', {
      place: this.place,
      update,
      ...(grant && { grant }),
    });
    if (!written.ok) return this.#failed(written.error, 'writing');
    this.#trouble = undefined;
    this.#count(written.value.seq);
    this.#grant = written.value.grant ?? grant;
    this.#keep(this.#unsent.filter((one) => !sent.includes(one)));
    return 'next';
  }

  #bundle(): readonly Uint8Array[] {
    let bytes = 0;
    return this.#unsent.slice(0, MOST_UPDATES).filter(({ byteLength }, index) => {
      bytes += byteLength;
      return index === 0 || bytes <= MOST_BYTES;
    });
  }

  #failed(failure: CallFailure, at: 'reading' | 'writing'): Step {
    if (failure.kind === 'tooMany') return failure.retryAfterMs;
    if (failure.kind === 'unavailable' || failure.kind === 'internal') {
      this.#trouble = 'storeAway';
      return 'later';
    }
    if (failure.kind === 'noAnswer' || failure.kind === 'notJoined') return 'later';
    if (at === 'reading') {
      // One was moved meanwhile: what is left is only to be sent.
      this.#follows = false;
      return 'next';
    }
    this.#trouble = failure.kind === 'tooLarge' ? 'full' : 'refused';
    return 'done';
  }

  #apply(update: Uint8Array): void {
    if (this.#held) {
      this.#held.push(update);
      return;
    }
    Y.applyUpdate(this.#doc, update, 'hub');
    this.#withoutReturns();
  }

  /** A field counts the end of a line as one letter: a return beside it would shift all that comes after. */
  #withoutReturns(): void {
    const { text } = this;
    for (let at = text.lastIndexOf('\r'); at >= 0; at = at > 0 ? text.lastIndexOf('\r', at - 1) : -1)
      this.#text.delete(at, 1);
  }

  #keep(unsent: readonly Uint8Array[]): void {
    const isLong = unsent.length > 0 && unsent.length % MOST_UNSENT === 0;
    this.#unsent = (isLong && this.#isRead && this.#drawnTogether(unsent)) || unsent;
    this.#deps.memory.save(this.place, { updates: this.#unsent, grant: this.#grant });
  }

  /** All that waits as the document has it, in which what was typed in a row is one piece; undefined when that is no smaller. */
  #drawnTogether(unsent: readonly Uint8Array[]): readonly Uint8Array[] | undefined {
    const had = Y.decodeStateVector(Y.encodeStateVector(this.#doc));
    for (const update of unsent)
      for (const [client, clock] of Y.parseUpdateMeta(update).from)
        had.set(client, Math.min(clock, had.get(client) ?? 0));
    const one = Y.encodeStateAsUpdate(this.#doc, Y.encodeStateVector(had));
    const isSmall = one.byteLength <= MOST_BYTES && Y.decodeUpdate(one).structs.length <= MOST_PIECES;
    return isSmall ? [one] : undefined;
  }
}

/** What there is to do next: go on, nothing, try again later, or wait so many milliseconds. */
type Step = 'next' | 'done' | 'later' | number;

/** Yjs tells what was kept, put in and taken out along the text; an editor wants places. */
function editsOf(delta: { insert?: unknown; delete?: number; retain?: number }[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  for (const { insert, delete: remove, retain } of delta) {
    at += retain ?? 0;
    if (remove) edits.push({ at, remove, insert: '' });
    if (typeof insert !== 'string') continue;
    edits.push({ at, remove: 0, insert });
    at += insert.length;
  }
  return edits;
}
