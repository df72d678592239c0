import type { LiveSnapshot, MeetingState, ParticipantId, Seat } from '@relais/protocol';
import { people } from '@relais/domain';
import { nextStanding, type StandingFact } from '../hub/connection-state.ts';
import type { Known } from './log-follower.ts';
import { forget, hear, levels, type Heard } from './speaking.ts';
import type { MeetingView, Standing } from './view-model.ts';

/** How often voices fade, in milliseconds, while anybody is heard. */
const FADE_TICK = 100;

/** The meeting as this tab knows it, and where the tab stands towards it. */
export class MeetingStore implements MeetingView, Known {
  #standing = $state.raw<Standing>({ kind: 'outside' });
  #self = $state.raw<ParticipantId>();
  #meeting = $state.raw<MeetingState>();
  #live = $state.raw<LiveSnapshot>();
  #heard = $state.raw<ReadonlyMap<ParticipantId, Heard>>(new Map());
  #now = $state.raw(0);
  #people = $derived(this.#meeting && this.#live ? people(this.#meeting, this.#live.state) : []);
  #speaking = $derived.by(() => this.#whoIsHeard());
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
  get speaking() {
    return this.#speaking;
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
    this.#live = live;
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

  seated(seat: Seat): void {
    this.#self = seat.participantId;
  }

  speakersChanged(speakers: readonly { participantId: ParticipantId; level: number }[]): void {
    this.#now = Date.now();
    this.#heard = hear(this.#heard, speakers, this.#now);
    if (this.#heard.size > 0) this.#fading ??= setInterval(() => this.#fade(), FADE_TICK);
  }

  close(): void {
    clearInterval(this.#fading);
    this.#fading = undefined;
  }

  #fade(): void {
    this.#now = Date.now();
    this.#heard = forget(this.#heard, this.#now);
    if (this.#heard.size === 0) this.close();
  }

  /** What the hub says of everybody; one's own voice as this browser measures it, which is sooner. */
  #whoIsHeard(): ReadonlyMap<ParticipantId, number> {
    const heard = new Map(levels(this.#heard, this.#now));
    const own = this.#deps.ownLevel();
    if (!this.#self) return heard;
    if (own > AUDIBLE) heard.set(this.#self, own);
    else heard.delete(this.#self);
    return heard;
  }
}

/** A level under which one's own microphone brings only the room's noise. */
const AUDIBLE = 0.2;

export interface MeetingStoreDeps {
  join(name: string): Promise<void>;
  leave(): Promise<void>;
  moved(standing: Standing): void;
  /** One's own microphone, 0 to 1; 0 while nothing is sent. */
  ownLevel(): number;
}
