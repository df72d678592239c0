import type { ClientMessageId, MeetingState, Message, ParticipantId } from '@relais/protocol';
import { HISTORY_PAGE } from '@relais/protocol/limits';
import type { HubClient } from '../hub/hub-client.ts';
import type { ChatLine, ChatView } from '../meeting/view-model.ts';
import type { OutboxMemory } from './outbox-memory.ts';
import { createOutboxSender, type OutboxSender } from './outbox-sender.ts';
import * as box from './outbox.ts';
import { EMPTY, follow, prepend, type Transcript } from './transcript.ts';

export interface ChatStoreDeps {
  hub: HubClient;
  self: () => ParticipantId | undefined;
  /** Whether the hub takes messages from us now. */
  isJoined: () => boolean;
  ownName: () => string;
  memory: OutboxMemory;
}

/** What was written and what is being written, as one list. */
export class ChatStore implements ChatView {
  #transcript = $state.raw<Transcript>(EMPTY);
  #outbox = $state.raw<box.Outbox>([]);
  #loadingEarlier = $state.raw(false);
  #storeAway = $state.raw(false);
  /** The version up to which messages were looked at; undefined before joining. */
  #seen = $state.raw<number>();
  /** The version up to which messages were known when the line fell. */
  #missedAfter = $state.raw<number>();
  #isOpen = false;
  #lines = $derived.by(() => this.#allLines());
  #unread = $derived.by(() => this.#countUnread());
  #missedKey = $derived.by(() => this.#firstMissed());
  readonly #sender: OutboxSender;
  readonly #deps: ChatStoreDeps;
  /** A posted line never changes: its object is kept, so that lists compare it by identity. */
  readonly #posted = new WeakMap<Message, ChatLine>();

  constructor(deps: ChatStoreDeps) {
    this.#deps = deps;
    this.#outbox = deps.memory.load();
    this.#sender = createOutboxSender({
      hub: deps.hub,
      author: () => (deps.isJoined() ? deps.self() : undefined),
      outbox: () => this.#outbox,
      update: (outbox) => this.#keep(outbox),
      storeAway: (isAway) => (this.#storeAway = isAway),
    });
  }

  get lines() {
    return this.#lines;
  }
  get hasEarlier() {
    return this.#transcript.earlier > 0;
  }
  get loadingEarlier() {
    return this.#loadingEarlier;
  }
  get storeAway() {
    return this.#storeAway;
  }
  get unread() {
    return this.#unread;
  }
  get missedKey() {
    return this.#missedKey;
  }

  post(text: string): void {
    const clientMessageId = crypto.randomUUID() as ClientMessageId;
    this.#keep(box.enqueue(this.#outbox, { clientMessageId, text, at: Date.now() }));
    this.#sender.poke();
  }

  retry(key: string): void {
    const id = this.#idOf(key);
    if (id) this.#keep(box.postponed(this.#outbox, id));
    this.#sender.poke();
  }

  discard(key: string): void {
    const id = this.#idOf(key);
    if (id) this.#keep(box.discard(this.#outbox, id));
  }

  async loadEarlier(): Promise<void> {
    const first = this.#transcript.messages[0];
    if (this.#loadingEarlier || !first || this.#transcript.earlier === 0) return;
    this.#loadingEarlier = true;
    const request = { beforeVersion: first.version, limit: HISTORY_PAGE };
    const result = await this.#deps.hub.request('chat:history', request);
    if (result.ok && this.#transcript.messages[0] === first) {
      this.#transcript = prepend(this.#transcript, result.value.messages, result.value.hasMore);
    }
    this.#loadingEarlier = false;
  }

  /** [BACK-3] After an absence: what follows this version was written meanwhile. */
  cameBack(version: number): void {
    this.#missedAfter = version;
  }

  setOpen(open: boolean): void {
    if (this.#isOpen && !open) this.#missedAfter = undefined;
    this.#isOpen = open;
    this.#look();
  }

  /** The meeting has changed; `isSnapshot`: it came whole, and holds all that was acknowledged before. */
  meetingChanged(meeting: MeetingState, isSnapshot: boolean): void {
    this.#transcript = follow(this.#transcript, meeting);
    const settle = isSnapshot ? box.settleSnapshot : box.settle;
    const outbox = settle(this.#outbox, meeting.messages);
    if (outbox !== this.#outbox) this.#keep(outbox);
    // What was said before one came is no news to be counted.
    if (this.#seen === undefined) this.#seen = meeting.version;
    this.#look();
  }

  /** The seat is held again. */
  joined(): void {
    this.#sender.poke();
  }

  close(): void {
    this.#sender.close();
  }

  #look(): void {
    const last = this.#transcript.messages.at(-1)?.version;
    if (this.#isOpen && last !== undefined) this.#seen = last;
  }

  #keep(outbox: box.Outbox): void {
    this.#outbox = outbox;
    this.#deps.memory.save(outbox);
  }

  #idOf(key: string): ClientMessageId | undefined {
    return this.#outbox.find((entry) => this.#keyOf(entry) === key)?.clientMessageId;
  }

  #keyOf({ author, clientMessageId }: box.OutboxEntry): string {
    return `${author ?? this.#deps.self()}/${clientMessageId}`;
  }

  #allLines(): readonly ChatLine[] {
    const self = this.#deps.self();
    const posted = this.#transcript.messages.map((message) => this.#postedLine(message, self));
    if (!self) return posted;
    return [...posted, ...this.#outbox.map((entry) => this.#pendingLine(entry, self))];
  }

  #postedLine(message: Message, self: ParticipantId | undefined): ChatLine {
    const { participantId, clientMessageId, name, text, at } = message;
    const own = participantId === self;
    const known = this.#posted.get(message);
    if (known?.own === own) return known;
    const key = `${participantId}/${clientMessageId}`;
    const line: ChatLine = { key, participantId, name, text, at, state: 'posted', own };
    this.#posted.set(message, line);
    return line;
  }

  #pendingLine(entry: box.OutboxEntry, self: ParticipantId): ChatLine {
    const { text, at } = entry;
    const state = entry.state === 'refused' ? 'refused' : 'pending';
    const key = this.#keyOf(entry);
    return { key, participantId: self, name: this.#deps.ownName(), text, at, state, own: true };
  }

  #firstMissed(): string | undefined {
    const after = this.#missedAfter;
    if (after === undefined) return undefined;
    const self = this.#deps.self();
    const first = this.#transcript.messages.find(
      ({ version, participantId }) => version > after && participantId !== self,
    );
    return first && `${first.participantId}/${first.clientMessageId}`;
  }

  #countUnread(): number {
    const self = this.#deps.self();
    const seen = this.#seen ?? Number.POSITIVE_INFINITY;
    return this.#transcript.messages.filter(
      ({ version, participantId }) => version > seen && participantId !== self,
    ).length;
  }
}
