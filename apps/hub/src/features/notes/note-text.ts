import { fail, ok, type Result } from '@relais/kit';
import { NOTE_MAX_LENGTH } from '@relais/protocol';
import * as Y from 'yjs';

/** The one thing that a document of notes holds. */
const ROOT = 'text';
/**
 * Pieces of text that one change may bring: a browser sends far fewer, and what a change costs (each piece looks for its place
 * among those that were written at the same spot) stays in milliseconds.
 */
const MAX_PIECES = 200;
/** Pieces that a document may consist of, what was erased included: some hundred times what people at work make of a page. */
const MAX_ALL_PIECES = 50_000;
/** Clocks of one page that ever wrote: beyond them numbers would no longer be whole for every reader. */
const MAX_CLOCK = 2 ** 31;
/** Bytes of a document with all that was erased from it; a text of 200,000 letters takes 400 kB at most when it is written in one. */
const MAX_STATE_BYTES = 1536 * 1024;

export type NoteFlaw =
  /** It is no change of a text; `issue` says what it is not. */
  | { kind: 'malformed'; issue: string }
  /** It rests on changes that are not there. */
  | { kind: 'incomplete' }
  /** With it the notes would be longer than they may be. */
  | { kind: 'full' };

/**
 * The text of one place as Yjs keeps it. What it makes of a change that it refuses is not defined: its owner opens it anew from
 * what is stored. So it is its own scratch copy, and no change costs the copying of the whole.
 */
export class NoteText {
  readonly #doc = new Y.Doc();
  readonly #text = this.#doc.getText(ROOT);
  /** What has come in since the last look, as Yjs itself writes it. */
  #news: Uint8Array[] = [];
  /** At most, as the sum of what came in; counted anew when it matters. */
  #bytes = 0;

  constructor() {
    this.#doc.on('update', (update: Uint8Array) => this.#news.push(update));
  }

  get length(): number {
    return this.#text.length;
  }

  toString(): string {
    return this.#text.toJSON();
  }

  /** What is stored: it was looked at when it came. */
  load(updates: readonly Uint8Array[]): void {
    this.#doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.#doc, update);
    });
    for (const { byteLength } of updates) this.#bytes += byteLength;
    this.#news = [];
  }

  /** The change as it is to be stored and told, written by Yjs itself; undefined when all of it is there already. */
  apply(update: Uint8Array): Result<Uint8Array | undefined, NoteFlaw> {
    const before = this.length;
    let pieces: readonly Y.Item[];
    try {
      const read = piecesOf(update);
      if (!read.ok) return read;
      pieces = read.value;
      Y.applyUpdate(this.#doc, update);
    } catch (error) {
      return malformed(error instanceof Error ? error.message : 'unreadable');
    }
    const { pendingStructs, pendingDs } = this.#doc.store;
    if (pendingStructs || pendingDs) return fail({ kind: 'incomplete' });
    if (this.#doc.share.size > 1) return malformed('more than a text');
    if (!this.#isReadAlike(pieces)) return malformed('not in one order');
    const news = this.#news.splice(0);
    this.#bytes += update.byteLength;
    if (this.length > NOTE_MAX_LENGTH && this.length > before) return fail({ kind: 'full' });
    if (this.#pieces() > MAX_ALL_PIECES) return fail({ kind: 'full' });
    if (this.#bytes > MAX_STATE_BYTES && this.#count() > MAX_STATE_BYTES) return fail({ kind: 'full' });
    return ok(news.length === 0 ? undefined : news.length === 1 ? news[0] : Y.mergeUpdates(news));
  }

  /** All of it, or what a state vector lacks. */
  encode(stateVector?: Uint8Array): Result<Uint8Array, NoteFlaw> {
    try {
      return ok(Y.encodeStateAsUpdate(this.#doc, stateVector));
    } catch (error) {
      return malformed(error instanceof Error ? error.message : 'unreadable');
    }
  }

  close(): void {
    this.#doc.destroy();
  }

  /**
   * A piece names what it stands between. Of names that no page would give together each reader makes an order of its own; that
   * the right one comes after the left one, and that another reader has the same text where others' pieces lie between, is
   * looked at here. Pages that write one after another, as most do, put nothing between.
   */
  #isReadAlike(pieces: readonly Y.Item[]): boolean {
    const own = (item: Y.Item) =>
      pieces.some(({ id, length }) => id.client === item.id.client && meets(id.clock, length, item));
    let isDoubtful = false;
    for (const { origin, rightOrigin } of pieces) {
      let item = origin ? this.#itemAt(origin) : this.#text._start;
      if (origin && !item) return false;
      if (origin && rightOrigin && item && holds(item, origin) && holds(item, rightOrigin)) {
        if (origin.clock >= rightOrigin.clock) return false;
        continue;
      }
      if (origin) item = item?.right ?? null;
      while (item && !(rightOrigin && holds(item, rightOrigin))) {
        isDoubtful ||= !own(item);
        item = item.right;
      }
      if (rightOrigin && !item) return false;
    }
    return !isDoubtful || this.#copy() === this.toString();
  }

  #itemAt(id: Y.ID): Y.Item | null {
    const found: Y.AbstractStruct = Y.getItem(this.#doc.store, id);
    return found instanceof Y.Item ? found : null;
  }

  /** The text as somebody reads it who gets all at once. */
  #copy(): string {
    const copy = new NoteText();
    copy.load([Y.encodeStateAsUpdate(this.#doc)]);
    const text = copy.toString();
    copy.close();
    return text;
  }

  #pieces(): number {
    let sum = 0;
    for (const structs of this.#doc.store.clients.values()) sum += structs.length;
    return sum;
  }

  #count(): number {
    this.#bytes = Y.encodeStateAsUpdate(this.#doc).byteLength;
    return this.#bytes;
  }
}

const malformed = (issue: string) => fail({ kind: 'malformed', issue } as const);

/** Whether a run of one client's clocks and an item of the same client have something in common. */
const meets = (clock: number, length: number, { id, length: other }: Y.Item) =>
  id.clock < clock + length && clock < id.clock + other;

const holds = ({ id, length }: Y.Item, { client, clock }: Y.ID) =>
  id.client === client && id.clock <= clock && clock < id.clock + length;

/**
 * The pieces of a change, before it is applied. Reading it this way makes no room for what it only announces, unlike applying it,
 * which would first make an array of as many places as its first bytes say.
 */
function piecesOf(update: Uint8Array): Result<Y.Item[], NoteFlaw> {
  const { structs } = Y.decodeUpdate(update);
  if (structs.length > MAX_PIECES) return malformed('too many pieces');
  const pieces: Y.Item[] = [];
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) return malformed('a gap');
    const { content, parentSub, id, length } = struct;
    if (length < 1 || !(id.clock + length < MAX_CLOCK)) return malformed('a clock that is no clock');
    // Before it has its place in a document it is the name of what it stands in.
    const parent: unknown = struct.parent;
    if (!(content instanceof Y.ContentString || content instanceof Y.ContentDeleted))
      return malformed('more than text');
    if (parentSub !== null || (parent !== null && parent !== ROOT)) return malformed('not in the text');
    pieces.push(struct);
  }
  return ok(pieces);
}
