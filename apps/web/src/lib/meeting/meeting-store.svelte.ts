import type { LiveSnapshot, MeetingState, ParticipantId, Seat } from '@relais/protocol';
import { isFacilitator, people, roomOf, type Person } from '@relais/domain';
import { nextStanding, type StandingFact } from '../hub/connection-state.ts';
import { cutTimes, type CutTimes } from './cut-times.ts';
import type { Known } from './log-follower.ts';
import { forget, hear, levels, silence, withOwn } from './speaking.ts';
import type { AbsenceView, MeetingView, Standing } from './view-model.ts';

/** How often voices fade, in milliseconds, while anybody is heard. */
const FADE_TICK = 100;
/** Milliseconds from which on being away is spoken of on coming back. */
const AN_ABSENCE = 5000;

/** The meeting as this tab knows it, and where the tab stands towards it. */
export class MeetingStore implements MeetingView, Known {
  #standing = $state.raw<Standing>({ kind: 'outside' });
  #self = $state.raw<ParticipantId>();
  #meeting = $state.raw<MeetingState>();
  #live = $state.raw<LiveSnapshot>();
  #heard = $state.raw(silence<ParticipantId>());
  #now = $state.raw(0);
  /** Who was heard last, of the others. Not reactive: it is read when it changes. */
  #speaker: ParticipantId | undefined;
  #cut = $state.raw<CutTimes>(new Map());
  #absence = $state.raw<AbsenceView>();
  #seatHeldMs = $state.raw<number>();
  #people = $derived(this.#meeting && this.#live ? people(this.#meeting, this.#live.state) : []);
  #here = $derived(this.#meeting && this.#self ? roomOf(this.#meeting, this.#self) : 'plenary');
  #peopleHere = $derived.by(() => this.#whoIsHere());
  #isFacilitator = $derived(!!this.#meeting && !!this.#self && isFacilitator(this.#meeting, this.#self));
  /** Milliseconds that the hub's clock is ahead of this computer's. */
  #ahead = $state.raw(0);
  #speaking = $derived.by(() => withOwn(levels(this.#heard, this.#now), this.#self, this.#deps.ownLevel()));
  #fading: ReturnType<typeof setInterval> | undefined;
  readonly #title: string;
  readonly #deps: MeetingStoreDeps;

  constructor(title: string, deps: MeetingStoreDeps) {
    this.#title = title;
    this.#deps = deps;
  }

  get standing() {
    return this.#standing;
  }
  get self() {
    return this.#self;
  }
  get title() {
    return this.#meeting?.title ?? this.#title;
  }
  get people() {
    return this.#people;
  }
  get here() {
    return this.#here;
  }
  get peopleHere() {
    return this.#peopleHere;
  }
  get isFacilitator() {
    return this.#isFacilitator;
  }
  get breakout() {
    return this.#meeting?.breakout;
  }
  get hubNow() {
    return Date.now() + this.#ahead;
  }
  set hubNow(now: number) {
    this.#ahead = now - Date.now();
  }
  get speaking() {
    return this.#speaking;
  }
  get speaker() {
    return this.#speaker;
  }
  get version() {
    return this.#meeting?.version;
  }
  get meeting() {
    return this.#meeting;
  }
  set meeting(meeting) {
    this.#meeting = meeting;
  }
  get live() {
    return this.#live;
  }
  set live(live) {
    if (live) this.#cut = cutTimes(this.#cut, this.#live, live, Date.now());
    this.#live = live;
  }
  get seatHeldMs() {
    return this.#seatHeldMs;
  }
  get absence() {
    return this.#absence;
  }

  cutSince(participantId: ParticipantId): number | undefined {
    return this.#cut.get(participantId);
  }

  dismissAbsence(): void {
    this.#absence = undefined;
  }

  /** [BACK-3] After an absence long enough to have missed something. */
  cameBack(absence: AbsenceView): void {
    if (absence.ms >= AN_ABSENCE) this.#absence = absence;
  }

  join(name: string) {
    return this.#deps.join(name);
  }
  leave() {
    return this.#deps.leave();
  }

  move(fact: StandingFact): void {
    const before = this.#standing;
    this.#standing = nextStanding(before, fact);
    if (this.#standing !== before) this.#deps.moved(this.#standing);
  }

  seated(seat: Seat, heldMs: number): void {
    this.#self = seat.participantId;
    this.#seatHeldMs = heldMs;
  }

  speakersChanged(speakers: readonly { participantId: ParticipantId; level: number }[]): void {
    this.#now = Date.now();
    this.#heard = hear(this.#heard, speakers, this.#now);
    const others = speakers.filter(({ participantId }) => participantId !== this.#self);
    // Who goes on speaking stays in the picture though another is louder for a moment.
    if (!others.some(({ participantId }) => participantId === this.#speaker))
      this.#speaker = others[0]?.participantId ?? this.#speaker;
    if (this.#heard.size > 0) this.#fading ??= setInterval(() => this.#fade(), FADE_TICK);
  }

  close(): void {
    clearInterval(this.#fading);
    this.#fading = undefined;
  }

  #whoIsHere(): Person[] {
    const meeting = this.#meeting;
    if (!meeting?.breakout?.round) return this.#people;
    return this.#people.filter(({ participantId }) => roomOf(meeting, participantId) === this.#here);
  }

  #fade(): void {
    this.#now = Date.now();
    this.#heard = forget(this.#heard, this.#now);
    if (this.#heard.size === 0) this.close();
  }
}

export interface MeetingStoreDeps {
  join(name: string): Promise<void>;
  leave(): Promise<void>;
  moved(standing: Standing): void;
  /** One's own microphone, 0 to 1; 0 while nothing is sent. */
  ownLevel(): number;
}
