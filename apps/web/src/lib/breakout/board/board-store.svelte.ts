import { endOf } from '@relais/domain';
import type {
  BreakoutAsk,
  BreakoutRound,
  NextRound,
  ParticipantId,
  Place,
  RoomId,
  RoomRole,
} from '@relais/protocol';
import { tick } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { CallFailure } from '#lib/hub/call-failure.ts';
import type { BoardWords } from '#lib/i18n/fr-board.ts';
import type { BreakoutRequest, BreakoutView, MeetingView } from '#lib/meeting/view-model.ts';
import type { RequestInput } from '@relais/protocol';
import { leftOf } from './clock-words.ts';
import { bearersOf, cardsOf, placeIn, type Card, type Sight } from './cards.ts';
import type { Dragging } from './drag-people.ts';
import { movesOf, stepsTo, swapOf, undoingOf, type Step } from './moves.ts';
import { newsOf, type BoardNews } from './news.ts';

/** More rooms than this are shown folded at first, so that one sees them all. */
const MOST_UNFOLDED = 12;
/** Names in a sentence; of more people their number is said. */
const MOST_NAMES = 3;

/** Milliseconds after which one is shown that an answer is still waited for. */
const SLOW_MS = 600;

export type BoardDialog =
  | { kind: 'move'; people: ParticipantId[] }
  /** Undefined: everywhere, to begin with. */
  | { kind: 'announce'; places: Place[] | undefined };

export interface BoardDeps {
  meeting: MeetingView;
  breakout: BreakoutView;
  words: () => BoardWords;
  /** Who is heard where one is not [VOICE-5]. */
  heard: { readonly ids: ReadonlySet<ParticipantId> };
  /** The last line of each room's notes [NOTE-8]. */
  notes: { of(place: Place): { line: string } | undefined };
  /** What a person reads of a request that failed. */
  why: (failure: CallFailure) => string;
  names: (names: readonly string[]) => string;
  /** What was worked upon may be gone from where it was: the focus goes with these people. */
  moved: (people: readonly ParticipantId[]) => void;
}

/** What who runs the meeting does on the board; what becomes of it arrives by the meeting's own events. */
export class BoardStore {
  readonly chosen = new SvelteSet<ParticipantId>();
  readonly #folds = new SvelteMap<Place, boolean>();
  readonly #deps: BoardDeps;
  sight: Sight = $state({ query: '', needyFirst: false });
  /** The hub's clock, as of the last second. */
  now = $state(0);
  /** For everybody to see, and for screen readers. */
  said = $state('');
  problem = $state('');
  /** An answer is waited for, and it takes a while. */
  isSlow = $state(false);
  #dialog = $state.raw<BoardDialog>();
  /** What had the focus when it was opened, and upon whom it was. */
  #opener: { element: Element | null; people: ParticipantId[] } | undefined;
  drag = $state.raw<Dragging<Place>>();
  #last = $state.raw<{ roundId: string; steps: Step[] }>();
  /** Where one came from, to visit a room. */
  #home = $state.raw<Place>('plenary');
  #visited: Place | undefined;
  /** Whom one moved last, or is moving: what another makes of it meanwhile is told. */
  #acted: ReadonlySet<ParticipantId> = new Set();
  #known: BoardNews | undefined;

  constructor(deps: BoardDeps) {
    this.#deps = deps;
    this.now = deps.breakout.hubNow;
  }

  lastNote(place: Place): string | undefined {
    return this.#deps.notes.of(place)?.line;
  }

  get words() {
    return this.#deps.words();
  }
  get meeting() {
    return this.#deps.meeting;
  }
  get breakout() {
    return this.#deps.breakout.breakout;
  }
  get round(): BreakoutRound | undefined {
    return this.breakout?.round;
  }
  readonly cards: Card[] = $derived.by(() => {
    const { breakout, round } = this;
    return breakout && round ? cardsOf(breakout, round, this.meeting.people) : [];
  });
  /** [BREAK-26] Of those who are chosen, who is there. */
  readonly chosenHere: ParticipantId[] = $derived.by(() =>
    this.meeting.people.map(({ participantId }) => participantId).filter((id) => this.chosen.has(id)),
  );
  readonly swap: Step[] | undefined = $derived.by(() => swapOf(this.chosenHere, this.where));
  get canUndo(): boolean {
    return !!this.#last && this.#last.roundId === this.round?.roundId;
  }
  /** Where one goes back to from the room that one visits; undefined: one is there. */
  get wayBack(): Place | undefined {
    const { here } = this.meeting;
    if (here === 'plenary') return undefined;
    const isThere = this.cards.some(({ place }) => place === this.#home);
    return isThere && this.#home !== here ? this.#home : 'plenary';
  }

  get dialog(): BoardDialog | undefined {
    return this.#dialog;
  }
  open(dialog: BoardDialog): void {
    const element = document.activeElement;
    const person = element?.closest<HTMLElement>('[data-person]')?.dataset['person'];
    this.#opener = { element, people: person ? [person as ParticipantId] : [] };
    this.#dialog = dialog;
  }
  /** The focus is where it was, or upon whom it was. */
  async closeDialog(): Promise<void> {
    if (!this.#dialog) return;
    this.#dialog = undefined;
    await tick();
    const { element, people = [] } = this.#opener ?? {};
    if (element instanceof HTMLElement && element.isConnected) element.focus();
    else this.#deps.moved(people);
  }

  where = (participantId: ParticipantId): Place =>
    this.round ? placeIn(this.round, participantId) : 'plenary';

  isSpeaking = (participantId: ParticipantId): boolean =>
    this.meeting.speaking.has(participantId) || this.#deps.heard.ids.has(participantId);

  nameOf = (participantId: ParticipantId): string =>
    this.meeting.people.find((one) => one.participantId === participantId)?.name ?? '';

  placeName = (place: Place): string =>
    this.round?.rooms.find(({ roomId }) => roomId === place)?.name ?? this.words.plenary;

  /** [BREAK-37] */
  nextWords({ filling, minutes, by }: NextRound): string {
    const { next } = this.words;
    const what = next.is(filling.kind === 'mixing', minutes);
    return by === this.meeting.self ? what : next.by(what, this.nameOf(by));
  }

  who(people: readonly ParticipantId[]): string {
    if (people.length > MOST_NAMES) return this.words.count(people.length);
    return this.#deps.names(people.map(this.nameOf));
  }

  isUnfolded(card: Card): boolean {
    if (bearersOf(card, this.sight.query).length > 0) return true;
    return this.#folds.get(card.place) ?? this.cards.length - 1 <= MOST_UNFOLDED;
  }

  fold(places: readonly Place[], isFolded: boolean): void {
    for (const place of places) this.#folds.set(place, !isFolded);
  }

  choose(participantId: ParticipantId, isChosen = !this.chosen.has(participantId)): void {
    if (isChosen) this.chosen.add(participantId);
    else this.chosen.delete(participantId);
  }

  clear(): void {
    this.chosen.clear();
    this.#deps.moved([]);
  }

  /** Who is dragged, or moved by a command upon this person: all who are chosen, when they are one of them. */
  carried(participantId: ParticipantId): ParticipantId[] {
    return this.chosen.has(participantId) ? this.chosenHere : [participantId];
  }

  async tell(text: string): Promise<void> {
    if (this.said === text) {
      // The same again is read out only when it was gone in between.
      this.said = '';
      await tick();
    }
    this.said = text;
  }

  move(people: readonly ParticipantId[], to: Place): Promise<boolean> {
    const { done } = this.words;
    const who = this.who(people);
    const text = to === 'plenary' ? done.back(who) : done.moved(who, this.placeName(to));
    return this.#carryOut(stepsTo(people, to, this.where), text);
  }

  async swapChosen(): Promise<void> {
    const [one, other] = this.chosenHere;
    if (!this.swap || !one || !other) return;
    await this.#carryOut(this.swap, this.words.done.swapped(this.nameOf(one), this.nameOf(other)));
  }

  /** [BREAK-26] The last move of one's own, of who was not moved since. */
  async undo(): Promise<void> {
    const last = this.#last;
    if (!last || !this.canUndo) return;
    const { done } = this.words;
    const here = new Set(this.meeting.people.map(({ participantId }) => participantId));
    const where = (id: ParticipantId) => (here.has(id) ? this.where(id) : undefined);
    const isOpen = (place: Place) => this.cards.some((card) => card.place === place);
    const { back, left } = undoingOf(last.steps, where, isOpen);
    if (back.length === 0) {
      this.#last = undefined;
      this.#deps.moved([]);
      return this.tell(done.nothingToUndo);
    }
    const names = left.filter((id) => here.has(id));
    const text = names.length > 0 ? done.undoneInPart(this.who(names)) : done.undone;
    if (!(await this.#carryOut(back, text))) return;
    // The button goes, and the focus with it.
    this.#last = undefined;
    this.#deps.moved(back.map(({ participantId }) => participantId));
  }

  async #carryOut(steps: readonly Step[], done: string): Promise<boolean> {
    const { round, words } = this;
    if (!round || steps.length === 0) {
      await this.tell(words.done.there);
      return false;
    }
    this.#acted = new Set(steps.map(({ participantId }) => participantId));
    const isDone = await this.ask('breakout:move', { moves: movesOf(steps) }, words.done.notMoved);
    if (!isDone) return false;
    this.#last = { roundId: round.roundId, steps: [...steps] };
    for (const { participantId } of steps) this.chosen.delete(participantId);
    // Somebody else may have moved them on before the answer was here: that has been told.
    if (steps.some(({ participantId, to }) => this.where(participantId) === to)) await this.tell(done);
    this.#deps.moved(steps.map(({ participantId }) => participantId));
    return true;
  }

  /** [BREAK-26] False: it was refused, or nobody answered, which is said; nothing of what was chosen is lost. */
  async ask<N extends BreakoutRequest>(
    name: N,
    payload: RequestInput<N>,
    refused: (why: string) => string = this.words.done.notDone,
  ): Promise<boolean> {
    this.problem = '';
    const slow = setTimeout(() => (this.isSlow = true), SLOW_MS);
    const result = await this.#deps.breakout.request(name, payload);
    clearTimeout(slow);
    this.isSlow = false;
    if (!result.ok) this.problem = refused(this.#deps.why(result.error));
    return result.ok;
  }

  addTime(minutes: number, place?: Place): Promise<boolean> {
    const roomId = place === 'plenary' ? undefined : place;
    return this.ask('breakout:addTime', { minutes, ...(roomId && { roomId }) });
  }

  close(roomId?: RoomId): Promise<boolean> {
    return this.ask('breakout:close', { ...(roomId && { roomId }) });
  }

  async visit(place: Place): Promise<void> {
    const { self, here } = this.meeting;
    if (!self) return;
    const home = here === this.#visited ? this.#home : here;
    const moves = movesOf([{ participantId: self, from: here, to: place }]);
    if (!(await this.ask('breakout:move', { moves }, this.words.done.notMoved))) return;
    this.#home = home;
    this.#visited = place;
    this.#deps.moved([self]);
  }

  async giveRole(participantId: ParticipantId, role: RoomRole | null): Promise<void> {
    const { done, person } = this.words;
    if (!(await this.ask('breakout:giveRole', { participantId, role }))) return;
    const name = this.nameOf(participantId);
    await this.tell(role ? done.roleGiven(name, person.roles[role]) : done.roleTaken(name));
  }

  async nameSuccessor(participantId: ParticipantId | null): Promise<void> {
    const { done } = this.words;
    if (!(await this.ask('breakout:nameSuccessor', { participantId }))) return;
    await this.tell(participantId ? done.successor(this.nameOf(participantId)) : done.noSuccessor);
  }

  /** [BREAK-28] Somebody else may have been quicker: then they are named. */
  async take({ kind, roomId }: BreakoutAsk): Promise<void> {
    const { queue } = this.words;
    if (!(await this.ask('breakout:takeAsk', { kind, roomId }))) return;
    const taken = this.breakout?.asks.find((one) => one.kind === kind && one.roomId === roomId)?.taken;
    const isOther = taken && taken.participantId !== this.meeting.self;
    await this.tell(isOther ? queue.takenMeanwhile(taken.name) : queue.taken(this.placeName(roomId)));
  }

  end({ kind, roomId }: BreakoutAsk): Promise<boolean> {
    return this.ask('breakout:endAsk', { kind, roomId });
  }

  /** To be called in an effect: what others did meanwhile is told, and who left is no longer chosen. */
  follow(): void {
    const { round, meeting, breakout } = this;
    if (!round || !breakout) return;
    const known = this.#known;
    const seen = { round, people: meeting.people, next: breakout.next };
    this.#known = seen;
    if (!known) return;
    const concern = { chosen: this.chosen, acted: this.#acted, self: meeting.self };
    const news = newsOf(known, seen, concern);
    for (const { participantId } of news.gone) this.chosen.delete(participantId);
    const texts = this.#textsOf(news, round);
    if (texts.length > 0) void this.tell(texts.join(' '));
  }

  #textsOf(news: ReturnType<typeof newsOf>, round: BreakoutRound): string[] {
    const { clock, chosen, next } = this.words;
    const left = (end: number | null) =>
      end === null ? clock.endless : leftOf(end - this.#deps.breakout.hubNow);
    const roomName = (roomId: Place) => this.placeName(roomId);
    return [
      ...(news.gone.length > 0 ? [chosen.gone(this.#deps.names(news.gone.map(({ name }) => name)))] : []),
      ...news.taken.map(({ participantId, place, by }) =>
        chosen.elsewhere(
          this.nameOf(participantId),
          roomName(place),
          by === participantId ? null : this.nameOf(by),
        ),
      ),
      ...(news.isClosing ? [clock.closing] : []),
      ...(news.next ? [this.nextWords(news.next)] : news.next === null ? [next.dropped] : []),
      ...(news.isKept ? [clock.keptOn] : []),
      ...(news.isTimed ? [clock.timed(left(round.endsAt))] : []),
      ...news.closing.map((roomId) => clock.roomClosing(roomName(roomId))),
      ...news.closed.map((roomId) => clock.roomClosed(roomName(roomId))),
      ...news.timed.map(({ room }) => clock.roomTimed(room.name, left(endOf(round, room)))),
    ];
  }
}
