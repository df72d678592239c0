import type { Fact, HubId, HubOverview, MeetingId, ParticipantId, VersionedEvent } from '@relais/protocol';
import type { Logger } from 'pino';
import type { HubBus, HubEnvelope, HubMessage, HubPerson, NotesWritten } from '../../ports/hub-bus.ts';
import { unreachable } from '@relais/kit';
import { PeopleElsewhere, wins, type PersonElsewhere } from './people-elsewhere.ts';

const BEAT_MS = 1000;
/** A hub that says nothing for this long is taken for dead, and whom it had for cut off [PRES-2]. */
const SILENCE_MS = 5000;
/** A tick that comes this late means that this very process stood still: then nobody's silence counts. */
const OWN_PAUSE_MS = 2500;
/** Beats between two tellings of how this hub is. */
const BEATS_PER_OVERVIEW = 5;
/** Between two requests for the same hub's whole present. */
const ASK_AGAIN_MS = 1000;
/** Who asks for all of this hub's people within this after a telling is answered by one more, together with all others. */
const TELL_AGAIN_MS = 200;
/** After a silence of one's own or of the bus: what was said meanwhile has been read, and what was asked is answered. */
const HEARD_AFTER_MS = 2000;

export interface NeighboursDeps {
  bus: HubBus;
  /** Milliseconds that only grow. */
  clock: () => number;
  logger: Logger;
}

/** What this hub makes of what it hears; given once, when the parts that it concerns exist. */
export interface NeighboursListener {
  /** The claim under which this hub itself has a person, if it does [PRES-1]. */
  ownClaim(meetingId: MeetingId, participantId: ParticipantId): number | undefined;
  /** All whom this hub has, for another that asks. */
  ownPeople(): Placed[];
  /** How this hub is, for the others' admin pages; undefined when nobody measures. */
  ownOverview(): HubOverview | undefined;
  /** Another hub has somebody, differently from before, or has them no more. */
  personChanged(meetingId: MeetingId, participantId: ParticipantId): void;
  eventsAppended(meetingId: MeetingId, events: VersionedEvent[]): void;
  /** Another hub says something to somebody whom this one may have. */
  helpOffered(meetingId: MeetingId, participantId: ParticipantId, fact: Fact<'helpOffered'>): void;
  /** Another hub has stored what somebody wrote in a place's notes. */
  notesWritten(written: NotesWritten): void;
  /** Another hub has the lines of these, who wait before a meeting. */
  waitersHeard(meetingId: MeetingId, participantIds: readonly ParticipantId[]): void;
  /** Who runs the meeting takes down the hand of somebody whom this hub may have. */
  handLowered(meetingId: MeetingId, participantId: ParticipantId): void;
  /** Who runs the meeting closes something of theirs, or asks them to speak [FLOOR-1] [FLOOR-3]. */
  floorTold(meetingId: MeetingId, participantId: ParticipantId, told: FloorTold): void;
  /** Messages were missed, or a hub died before it could say what it did: the log is to be read on. */
  mayHaveMissed(): void;
  /** Seats that another hub had are to be held, also those whose leaving it could not record any more [PRES-2]. */
  hubGone(): void;
}

/** For one person alone: one of both. */
export interface FloorTold {
  sendingClosed?: Fact<'sendingClosed'> | undefined;
  invitedToSpeak?: Fact<'invitedToSpeak'> | undefined;
}

export interface Placed {
  meetingId: MeetingId;
  participantId: ParticipantId;
  person: HubPerson;
}

interface KnownHub {
  /** Of its last message. */
  number: number;
  heardAt: number;
  /** False: something of it was missed. */
  isWhole: boolean;
  askedAt: number;
  overview: HubOverview | undefined;
}

/**
 * The other hubs, and whom they have. Every hub keeps the whole present of all others, so that nothing has to be asked
 * when somebody comes in, and so that nothing is lost with a hub but its sockets.
 */
export class Neighbours {
  readonly #deps: NeighboursDeps;
  readonly #hubs = new Map<HubId, KnownHub>();
  readonly #people = new PeopleElsewhere();
  #listener: NeighboursListener | undefined;
  #unsubscribe: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #said = 0;
  #beats = 0;
  #tickedAt: number;
  /** Since when this hub has heard the others without a pause, as far as it knows. */
  #hearsSince = -Infinity;
  #toldAllAt = -Infinity;
  #tellingAll: NodeJS.Timeout | undefined;

  constructor(deps: NeighboursDeps) {
    this.#deps = deps;
    this.#tickedAt = deps.clock();
  }

  /** Whether the others hear this hub, and it them. */
  get isUp(): boolean {
    return this.#deps.bus.isUp;
  }

  /** Whether this hub knows where everybody is: not while it is cut off, nor just after that, or after it stood still. */
  get hearsAll(): boolean {
    const now = this.#deps.clock();
    if (!this.isUp || now - this.#tickedAt > OWN_PAUSE_MS || now - this.#hearsSince < HEARD_AFTER_MS)
      return false;
    return [...this.#hubs.values()].every(({ isWhole }) => isWhole);
  }

  get hubId(): HubId {
    return this.#deps.bus.hubId;
  }

  /** The other hubs that are alive. */
  get hubIds(): HubId[] {
    return [...this.#hubs.keys()];
  }

  /** How the others say they are. */
  get overviews(): HubOverview[] {
    return [...this.#hubs.values()].flatMap(({ overview }) => overview ?? []);
  }

  /** Meetings that have somebody on another hub. */
  get meetingIds(): MeetingId[] {
    return this.#people.meetingIds();
  }

  /** Meetings of somebody whose hub is gone, and who has not come back. */
  get orphanedMeetingIds(): MeetingId[] {
    return this.#people.orphanedIn();
  }

  start(listener: NeighboursListener): void {
    this.#listener = listener;
    this.#unsubscribe = this.#deps.bus.subscribe({
      message: (envelope) => this.#hear(envelope),
      changed: (isUp) => this.#busChanged(isUp),
    });
    this.#timer = setInterval(() => this.tick(), BEAT_MS);
    this.#timer.unref();
    this.#askAll();
  }

  of(meetingId: MeetingId): ReadonlyMap<ParticipantId, PersonElsewhere> {
    return this.#people.of(meetingId);
  }

  person(meetingId: MeetingId, participantId: ParticipantId): PersonElsewhere | undefined {
    return this.#people.get(meetingId, participantId);
  }

  /** They are this hub's now, or have left the meeting. */
  forget(meetingId: MeetingId, participantId: ParticipantId): void {
    this.#people.delete(meetingId, participantId);
  }

  tellPerson(placed: Placed): void {
    this.#say({ type: 'personChanged', ...placed });
  }

  tellGone(meetingId: MeetingId, participantId: ParticipantId): void {
    this.#say({ type: 'personGone', meetingId, participantId });
  }

  tellEvents(meetingId: MeetingId, events: VersionedEvent[]): void {
    this.#say({ type: 'eventsAppended', meetingId, events });
  }

  tellHelp(meetingId: MeetingId, participantId: ParticipantId, fact: Fact<'helpOffered'>): void {
    this.#say({ type: 'personTold', meetingId, participantId, helpOffered: fact });
  }

  tellFloor(meetingId: MeetingId, participantId: ParticipantId, told: FloorTold): void {
    this.#say({ type: 'personTold', meetingId, participantId, ...told });
  }

  tellNotes(written: NotesWritten): void {
    this.#say({ type: 'notesWritten', ...written });
  }

  tellWaiters(meetingId: MeetingId, participantIds: ParticipantId[]): void {
    this.#say({ type: 'waitersTold', meetingId, participantIds });
  }

  tellHandLowered(meetingId: MeetingId, participantId: ParticipantId): void {
    this.#say({ type: 'personTold', meetingId, participantId, handLowered: true });
  }

  /** Says that this hub stops: the others hold at once whom it still had. */
  leave(): void {
    this.#say({ type: 'hubLeaving' });
    this.close();
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#tellingAll);
    this.#unsubscribe();
  }

  /** Once a second: says that this hub is alive, and looks who is silent. */
  tick(): void {
    const now = this.#deps.clock();
    const stoodStill = now - this.#tickedAt > OWN_PAUSE_MS;
    this.#tickedAt = now;
    if (stoodStill) this.#hearsSince = now;
    this.#say({ type: 'beat' });
    this.#beats += 1;
    const overview = this.#beats % BEATS_PER_OVERVIEW === 1 && this.#listener?.ownOverview();
    if (overview) this.#say({ type: 'overviewTold', overview });
    if (!this.isUp) return;
    for (const [hubId, hub] of [...this.#hubs]) {
      if (stoodStill) hub.heardAt = now;
      else if (now - hub.heardAt > SILENCE_MS) this.#hubGone(hubId, 'silent');
    }
  }

  #say(message: HubMessage): void {
    this.#said += 1;
    this.#deps.bus.publish({ from: this.#deps.bus.hubId, number: this.#said, at: Date.now(), message });
  }

  #busChanged(isUp: boolean): void {
    if (!isUp) return;
    const now = this.#deps.clock();
    this.#hearsSince = now;
    for (const hub of this.#hubs.values()) hub.heardAt = now;
    this.#askAll();
    this.#listener?.mayHaveMissed();
  }

  #hear({ from, number, message }: HubEnvelope): void {
    const hub = this.#hubs.get(from) ?? this.#newHub(from);
    const missed = number !== hub.number + 1;
    hub.heardAt = this.#deps.clock();
    hub.number = number;
    if (message.type === 'presentTold') hub.isWhole = true;
    else if (missed) hub.isWhole = false;
    if (missed) this.#listener?.mayHaveMissed();
    this.#take(from, message);
    if (!hub.isWhole && this.#hubs.has(from)) this.#askFor(from, hub);
  }

  #newHub(hubId: HubId): KnownHub {
    const hub: KnownHub = { number: 0, heardAt: 0, isWhole: true, askedAt: -Infinity, overview: undefined };
    this.#hubs.set(hubId, hub);
    this.#deps.logger.info({ hub: hubId }, 'another hub is heard');
    return hub;
  }

  #askFor(hubId: HubId, hub: KnownHub): void {
    const now = this.#deps.clock();
    if (now - hub.askedAt < ASK_AGAIN_MS) return;
    hub.askedAt = now;
    this.#say({ type: 'presentAsked', of: hubId });
  }

  #take(from: HubId, message: HubMessage): void {
    switch (message.type) {
      case 'beat':
      case 'unknown':
        return;
      case 'personChanged':
        return this.#takePerson(from, message);
      case 'personGone':
        return this.#personGone(from, message.meetingId, message.participantId);
      case 'eventsAppended':
        return this.#events(message.meetingId, message.events);
      case 'personTold':
        if (message.helpOffered)
          this.#listener?.helpOffered(message.meetingId, message.participantId, message.helpOffered);
        if (message.sendingClosed || message.invitedToSpeak)
          this.#listener?.floorTold(message.meetingId, message.participantId, message);
        if (message.handLowered) this.#listener?.handLowered(message.meetingId, message.participantId);
        return;
      case 'notesWritten':
        return this.#listener?.notesWritten(message);
      case 'waitersTold':
        return this.#listener?.waitersHeard(message.meetingId, message.participantIds);
      case 'presentAsked':
        if ((message.of ?? this.#deps.bus.hubId) === this.#deps.bus.hubId) this.#answerAll();
        return;
      case 'presentTold':
        return this.#takeAll(from, message.people);
      case 'overviewTold': {
        const hub = this.#hubs.get(from);
        if (hub) hub.overview = message.overview ?? hub.overview;
        return;
      }
      case 'hubLeaving':
        return this.#hubGone(from, 'leaving');
      default:
        return unreachable(message);
    }
  }

  #askAll(): void {
    this.#say({ type: 'presentAsked' });
  }

  /** When Redis is back all hubs ask all hubs: one telling answers everybody who has asked before it. */
  #answerAll(): void {
    if (this.#tellingAll) return;
    const waits = this.#toldAllAt + TELL_AGAIN_MS - this.#deps.clock();
    if (waits <= 0) return this.#tellAll();
    this.#tellingAll = setTimeout(() => this.#tellAll(), waits);
    this.#tellingAll.unref();
  }

  #tellAll(): void {
    this.#tellingAll = undefined;
    this.#toldAllAt = this.#deps.clock();
    this.#say({ type: 'presentTold', people: this.#listener?.ownPeople() ?? [] });
  }

  /** [PRES-1] The higher claim has the person; one that is lower came late. Whose hub is gone is whoever's says so. */
  #takePerson(hubId: HubId, { meetingId, participantId, person }: Placed): void {
    const known = this.#people.get(meetingId, participantId);
    const own = this.#listener?.ownClaim(meetingId, participantId);
    const next: PersonElsewhere = { ...person, hubId, isOrphan: false };
    if (known && known.hubId !== hubId && !known.isOrphan && !wins(next, known)) return;
    if (own !== undefined && !wins(next, { claim: own, hubId: this.#deps.bus.hubId })) return;
    this.#people.set(meetingId, participantId, next);
    this.#listener?.personChanged(meetingId, participantId);
  }

  #personGone(hubId: HubId, meetingId: MeetingId, participantId: ParticipantId): void {
    const known = this.#people.get(meetingId, participantId);
    if (known?.hubId !== hubId) return;
    this.#people.delete(meetingId, participantId);
    this.#listener?.personChanged(meetingId, participantId);
  }

  #takeAll(hubId: HubId, people: readonly Placed[]): void {
    const told = new Set(people.map(({ meetingId, participantId }) => `${meetingId}/${participantId}`));
    for (const { meetingId, participantId } of this.#people.ofHub(hubId)) {
      if (!told.has(`${meetingId}/${participantId}`)) this.#personGone(hubId, meetingId, participantId);
    }
    for (const placed of people) this.#takePerson(hubId, placed);
  }

  #events(meetingId: MeetingId, events: VersionedEvent[]): void {
    for (const { event } of events) {
      if (event.type !== 'participantLeft') continue;
      if (this.#people.get(meetingId, event.participantId)?.isOrphan)
        this.#people.delete(meetingId, event.participantId);
    }
    this.#listener?.eventsAppended(meetingId, events);
  }

  /** [PRES-2] Its people are cut off; their media may well go on, and is kept for when they come back to another hub. */
  #hubGone(hubId: HubId, why: 'silent' | 'leaving'): void {
    this.#hubs.delete(hubId);
    this.#deps.logger.info({ hub: hubId, why }, 'another hub is gone');
    for (const { meetingId, participantId, person } of this.#people.ofHub(hubId)) {
      this.#people.set(meetingId, participantId, { ...person, connected: false, isOrphan: true });
      this.#listener?.personChanged(meetingId, participantId);
    }
    this.#listener?.mayHaveMissed();
    this.#listener?.hubGone();
    // Who came back elsewhere may have been told while this hub still believed the other one.
    if (why === 'silent') this.#askAll();
  }
}
