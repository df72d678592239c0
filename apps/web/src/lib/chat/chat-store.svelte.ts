import type { ClientMessageId, MeetingState, Message, ParticipantId, Place } from '@relais/protocol';
import { HISTORY_PAGE } from '@relais/protocol/limits';
import type { HubClient } from '../hub/hub-client.ts';
import type { Announcement, ChatLine, ChatView } from '../meeting/view-model.ts';
import { newAnnouncements } from './announcements.ts';
import * as places from './books.ts';
import { Drafts } from './drafts.svelte.ts';
import { createOutboxMemory, type OutboxMemory } from './outbox-memory.ts';
import { createOutboxSender, type OutboxSender } from './outbox-sender.ts';
import * as box from './outbox.ts';
import { prepend, withLast } from './transcript.ts';

export interface ChatStoreDeps {
  hub: HubClient;
  self: () => ParticipantId | undefined;
  /** Whether the hub takes messages from us now. */
  isJoined: () => boolean;
  ownName: () => string;
  code: string;
  /** Of this tab. */
  storage: Storage | undefined;
  /** The version of the meeting when one came: what was said before is no news. */
  began: number | undefined;
}

/** What was written and what is being written, as one list for each place. */
export class ChatStore implements ChatView {
  #books = $state.raw(places.NO_BOOKS);
  #looksAt = $state.raw<Place>();
  #outbox = $state.raw<box.Outbox>([]);
  #loadingEarlier = $state.raw(false);
  #storeAway = $state.raw(false);
  #announcements = $state.raw<readonly Announcement[]>([]);
  /** The version of the meeting when one came; undefined before that. */
  #began: number | undefined;
  #version = 0;
  #heardUpTo = 0;
  #hasRound = $state.raw(false);
  /** The version up to which messages were known when the line fell. */
  #missedAfter = $state.raw<number>();
  #isOpen = false;
  #lines = $derived.by(() => this.#allLines());
  #missedKey = $derived.by(() => this.#firstMissed());
  readonly #drafts = new Drafts(() => this.here);
  readonly #sender: OutboxSender;
  readonly #memory: OutboxMemory;
  readonly #deps: ChatStoreDeps;
  /** A posted line never changes: its object is kept, so that lists compare it by identity. */
  readonly #posted = new WeakMap<Message, ChatLine>();

  constructor(deps: ChatStoreDeps) {
    this.#deps = deps;
    this.#began = deps.began;
    this.#memory = createOutboxMemory(deps.code, deps.storage);
    this.#outbox = this.#memory.load();
    this.#sender = createOutboxSender({
      hub: deps.hub,
      author: () => (deps.isJoined() ? deps.self() : undefined),
      outbox: () => this.#outbox,
      update: (outbox) => this.#keep(outbox),
      storeAway: (isAway) => (this.#storeAway = isAway),
    });
  }

  get here() {
    return this.#books.here;
  }
  get shown() {
    return this.#looksAt ?? this.here;
  }
  get hasPlaces() {
    return this.#hasRound;
  }
  get places(): readonly Place[] {
    return this.here === 'plenary' ? [this.here] : [this.here, 'plenary'];
  }
  get lines() {
    return this.#lines;
  }
  get hasEarlier() {
    return this.#shownBook.transcript.earlier > 0;
  }
  get loadingEarlier() {
    return this.#loadingEarlier;
  }
  get storeAway() {
    return this.#storeAway;
  }
  get unread() {
    return this.unreadIn(this.here);
  }
  get missedKey() {
    return this.#missedKey;
  }
  get announcements() {
    return this.#announcements;
  }
  get misplaced() {
    return this.#outbox.filter((entry) => this.#isMisplaced(entry)).length;
  }
  get draft() {
    return this.#drafts.here;
  }
  get draftElsewhere() {
    const elsewhere = this.#drafts.elsewhere;
    return elsewhere && { ...elsewhere, name: this.nameOf(elsewhere.place) };
  }

  nameOf(place: Place): string | undefined {
    return this.#books.names.get(place);
  }

  show(place: Place): void {
    this.#looksAt = place === this.here ? undefined : place;
    this.#look();
  }

  takeDraft(): void {
    this.#drafts.take();
  }
  dropDraft(): void {
    this.#drafts.drop();
  }

  post(text: string): void {
    const clientMessageId = crypto.randomUUID() as ClientMessageId;
    const entry = { clientMessageId, text, place: this.here, at: Date.now() };
    this.#keep(box.enqueue(this.#outbox, entry));
    this.#sender.poke();
  }

  retry(key: string): void {
    const id = this.#entryOf(key)?.clientMessageId;
    if (id) this.#keep(box.postponed(this.#outbox, id));
    this.#sender.poke();
  }

  /** [BREAK-22] As another message: the former was never one of this place. */
  sendHere(key: string): void {
    const entry = this.#entryOf(key);
    if (!entry) return;
    this.discard(key);
    this.post(entry.text);
  }

  discard(key: string): void {
    const id = this.#entryOf(key)?.clientMessageId;
    if (id) this.#keep(box.discard(this.#outbox, id));
  }

  dismissAnnouncement(key: string): void {
    this.#announcements = this.#announcements.filter((one) => one.key !== key);
  }

  async loadEarlier(): Promise<void> {
    const first = this.#shownBook.transcript.messages[0];
    if (this.hasEarlier) await this.#load(first?.version ?? this.#version + 1, prepend);
  }

  /** [BACK-3] After an absence: what follows this version was written meanwhile. */
  cameBack(version: number): void {
    this.#missedAfter = version;
  }

  setOpen(open: boolean): void {
    if (this.#isOpen && !open) {
      this.#missedAfter = undefined;
      this.#looksAt = undefined;
    }
    this.#isOpen = open;
    this.#look();
  }

  /** The meeting has changed; `isSnapshot`: it came whole, and holds all that was acknowledged before. */
  meetingChanged(meeting: MeetingState, isSnapshot: boolean): void {
    const self = this.#deps.self();
    this.#version = meeting.version;
    this.#began ??= meeting.version;
    this.#hasRound = meeting.breakout?.round !== undefined;
    const before = this.here;
    this.#books = places.followMeeting(this.#books, meeting, self);
    const { here } = this;
    if (here !== before) this.#looksAt = undefined;
    this.#hear(meeting, self);
    const said = [...meeting.messages, ...talkOf(meeting, here)];
    const settle = isSnapshot ? box.settleSnapshot : box.settle;
    const outbox = box.settleElsewhere(settle(this.#outbox, said), here);
    if (outbox !== this.#outbox) this.#keep(outbox);
    this.#look();
  }

  /** The seat is held again. */
  joined(): void {
    this.#sender.poke();
    this.#look();
  }

  close(): void {
    this.#sender.close();
  }

  unreadIn(place: Place): number {
    return places.unreadIn(this.#books, place, { self: this.#deps.self(), began: this.#began });
  }

  get #shownBook(): places.Book {
    return places.bookOf(this.#books, this.shown);
  }

  #hear(meeting: MeetingState, self: ParticipantId | undefined): void {
    const heard = this.here === 'plenary' ? meeting.messages : talkOf(meeting, this.here);
    this.#announcements = newAnnouncements(this.#announcements, heard, {
      self,
      after: Math.max(this.#heardUpTo, this.#began ?? 0),
    });
    this.#heardUpTo = meeting.version;
  }

  /** A page of what is shown. What changed meanwhile, as by a move, is not mixed with it. */
  async #load(beforeVersion: number, put: typeof prepend): Promise<void> {
    if (this.#loadingEarlier) return;
    this.#loadingEarlier = true;
    const place = this.shown;
    const before = this.#shownBook;
    const request = { beforeVersion, limit: HISTORY_PAGE, place };
    const result = await this.#deps.hub.request('chat:history', request);
    this.#loadingEarlier = false;
    const now = places.bookOf(this.#books, place);
    const isSame = now.stay === before.stay && now.transcript.messages[0] === before.transcript.messages[0];
    if (result.ok && isSame) {
      const transcript = put(now.transcript, result.value.messages, result.value.hasMore);
      this.#books = places.putBook(this.#books, place, { transcript });
    }
    // Without an answer it is asked again with the next thing that happens, and not in a loop.
    if (!result.ok && result.error.kind === 'noAnswer')
      this.#books = places.putBook(this.#books, place, { isAsked: false });
    else this.#look();
  }

  /** What is on the screen is seen; what lacks there is fetched when one first looks. */
  #look(): void {
    if (!this.#isOpen) return;
    const place = this.shown;
    const looked = places.lookedAt(this.#books, place);
    if (looked !== this.#books) this.#books = looked;
    const lacks = places.lacking(this.#books, place);
    if (!lacks || this.#loadingEarlier || !this.#deps.isJoined()) return;
    this.#books = places.putBook(this.#books, place, { isAsked: true });
    if (lacks === 'past') void this.loadEarlier();
    else void this.#load(this.#version + 1, withLast);
  }

  #keep(outbox: box.Outbox): void {
    this.#outbox = outbox;
    this.#memory.save(outbox);
  }

  #entryOf(key: string): box.OutboxEntry | undefined {
    return this.#outbox.find((entry) => this.#keyOf(entry) === key);
  }

  #keyOf({ author, clientMessageId }: box.OutboxEntry): string {
    return `${author ?? this.#deps.self()}/${clientMessageId}`;
  }

  #isMisplaced({ state, place }: box.OutboxEntry): boolean {
    return state === 'misplaced' && place !== this.here;
  }

  #allLines(): readonly ChatLine[] {
    const self = this.#deps.self();
    const place = this.shown;
    const posted = this.#shownBook.transcript.messages.map((message) => this.#postedLine(message, self));
    if (!self) return posted;
    const own = this.#outbox.filter((entry) =>
      this.#isMisplaced(entry) ? place === this.here : entry.place === place,
    );
    return [...posted, ...own.map((entry) => this.#pendingLine(entry, self))];
  }

  #postedLine(message: Message, self: ParticipantId | undefined): ChatLine {
    const { participantId, clientMessageId, name, text, at, announcement, to } = message;
    const own = participantId === self;
    const known = this.#posted.get(message);
    if (known?.own === own) return known;
    const key = `${participantId}/${clientMessageId}`;
    const announced = announcement && { announced: to ?? [] };
    const line: ChatLine = { key, participantId, name, text, at, state: 'posted', own, ...announced };
    this.#posted.set(message, line);
    return line;
  }

  #pendingLine(entry: box.OutboxEntry, self: ParticipantId): ChatLine {
    const { text, at, place } = entry;
    const key = this.#keyOf(entry);
    const line = { key, participantId: self, name: this.#deps.ownName(), text, at, own: true };
    if (this.#isMisplaced(entry)) return { ...line, state: 'misplaced', meantFor: this.nameOf(place) };
    return {
      ...line,
      state: entry.state === 'refused' || entry.state === 'misplaced' ? 'refused' : 'pending',
    };
  }

  #firstMissed(): string | undefined {
    const after = this.#missedAfter;
    if (after === undefined) return undefined;
    const self = this.#deps.self();
    const first = this.#shownBook.transcript.messages.find(
      ({ version, participantId }) => version > after && participantId !== self,
    );
    return first && `${first.participantId}/${first.clientMessageId}`;
  }
}

function talkOf({ breakout }: MeetingState, place: Place): readonly Message[] {
  return (place !== 'plenary' && breakout?.talk[place]?.messages) || [];
}
