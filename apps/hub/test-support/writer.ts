import type { Place } from '@relais/protocol';
import * as Y from 'yjs';
import type { Browser } from './browser.ts';

/** Somebody's page as far as notes go: its own copy of a text, and the changes that the hub has not acknowledged yet. */
export class Writer {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText('text');
  readonly place: Place;
  unsent: Uint8Array[] = [];
  grant: string | undefined;
  /** What was written here and acknowledged. */
  readonly acknowledged: string[] = [];
  #written: string[] = [];

  constructor(place: Place) {
    this.place = place;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'hub') this.unsent = [...this.unsent, update];
    });
  }

  get said(): string {
    return this.text.toJSON();
  }

  /** Writes a word at a place of the text. */
  write(word: string, at = this.text.length): void {
    this.text.insert(Math.min(at, this.text.length), word);
    this.#written = [...this.#written, word];
  }

  take(update: ArrayBuffer | Uint8Array): void {
    Y.applyUpdate(this.doc, new Uint8Array(update), 'hub');
  }

  async open(browser: Browser): Promise<void> {
    const stateVector = Uint8Array.from(Y.encodeStateVector(this.doc));
    const { update, grant } = await browser.call('notes:open', { place: this.place, stateVector });
    this.take(update);
    this.grant = grant;
  }

  /** Sends all that is not acknowledged as one change. */
  async send(browser: Browser): Promise<void> {
    const [sent, words] = [this.unsent, this.#written];
    if (sent.length === 0) return;
    const update = Uint8Array.from(Y.mergeUpdates(sent));
    await browser.call('notes:write', { place: this.place, update, grant: this.grant });
    this.unsent = this.unsent.filter((one) => !sent.includes(one));
    this.#written = this.#written.filter((word) => !words.includes(word));
    this.acknowledged.push(...words.filter((word) => !this.acknowledged.includes(word)));
  }

  /** Takes what the hub has told of these notes. */
  hear(browser: Browser): void {
    const { connection } = browser;
    if (!connection) return;
    for (const { name, fact } of connection.inbox)
      if (name === 'notesChanged' && fact.place === this.place) this.take(fact.update);
    connection.inbox = connection.inbox.filter(({ name }) => name !== 'notesChanged');
  }
}
