import { evolve } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type {
  MeetingId,
  MeetingState,
  ParticipantId,
  PersonId,
  RoomId,
  VersionedEvent,
} from '@relais/protocol';
import type { LogUnavailable, MeetingLog } from '../../ports/meeting-log.ts';

/** Somebody who was in a meeting, over all their comings. */
export interface WasThere {
  name: string;
  personId: PersonId | undefined;
  isGuest: boolean;
  ran: boolean;
  /** Milliseconds since 1970: their first coming and last leaving; `until` null: none is known since they came last. */
  from: number;
  until: number | null;
}

/** Events read from the log at once. */
const PAGE = 1000;
/** Meetings that are kept in mind; reading a log again costs some milliseconds for each thousand events. */
const KEPT = 30;
/** What is erased from a log is read no more after so long [PRIV-4]: it is enough for one page and those who open it together. */
const KEPT_MS = 10_000;

/** What the log of one meeting says of who was there, and where. */
export class Chronicle {
  readonly #people = new Map<ParticipantId, WasThere>();
  readonly #rooms = new Map<RoomId, { name: string; round: number }>();
  readonly #wereIn = new Map<PersonId, Set<RoomId>>();
  #meeting: MeetingState | undefined;

  get version(): number {
    return this.#meeting?.version ?? 0;
  }

  get isAnybodyThere(): boolean {
    return (this.#meeting?.participants.length ?? 0) > 0;
  }

  /** Rooms of sub-groups under the name and in the round that they had last, in the order of rounds. */
  get rooms(): ReadonlyMap<RoomId, { name: string; round: number }> {
    return this.#rooms;
  }

  /** Rooms that are open while people sit in them. */
  get openRooms(): ReadonlySet<RoomId> {
    const rooms = this.isAnybodyThere ? (this.#meeting?.breakout?.round?.rooms ?? []) : [];
    return new Set(rooms.filter(({ closed }) => !closed).map(({ roomId }) => roomId));
  }

  /** In the order of coming; who came from several devices with their account stands once. */
  people(): WasThere[] {
    const found = new Map<string, WasThere>();
    for (const [participantId, one] of this.#people) {
      const key = one.personId ?? participantId;
      const known = found.get(key);
      found.set(key, known ? together(known, one) : one);
    }
    return [...found.values()];
  }

  wasThere(personId: string): boolean {
    return [...this.#people.values()].some((one) => one.personId === personId);
  }

  wasRemoved(personId: string): boolean {
    const removed = this.#meeting?.door?.removed ?? [];
    return removed.some(({ participantId }) => this.#people.get(participantId)?.personId === personId);
  }

  /** [BREAK-14] In which rooms somebody was with their account. */
  roomsOf(personId: string): RoomId[] {
    for (const [id, rooms] of this.#wereIn) if (id === personId) return [...rooms];
    return [];
  }

  take(stored: VersionedEvent): void {
    // Two readings may bring the same.
    if (stored.version !== this.version + 1) return;
    const before = this.#meeting?.breakout;
    this.#meeting = evolve(this.#meeting, stored);
    const { event } = stored;
    if (event.type === 'participantJoined') this.#came(event);
    if (event.type === 'participantLeft') this.#left(event.participantId, event.at);
    if (event.type === 'successorStepped') this.#ran(event.participantId);
    if (this.#meeting.breakout !== before || event.type === 'participantJoined') this.#look(this.#meeting);
  }

  #came({ participantId, name, personId, guest, role, at }: Came): void {
    const known = this.#people.get(participantId);
    const [isGuest, ran] = [guest ?? false, role === 'facilitator' || (known?.ran ?? false)];
    this.#people.set(participantId, { name, personId, isGuest, ran, from: known?.from ?? at, until: null });
  }

  #left(participantId: ParticipantId, at: number): void {
    const known = this.#people.get(participantId);
    if (known) this.#people.set(participantId, { ...known, until: at });
  }

  #ran(participantId: ParticipantId): void {
    const known = this.#people.get(participantId);
    if (known) this.#people.set(participantId, { ...known, ran: true });
  }

  #look({ breakout }: MeetingState): void {
    const round = breakout?.round;
    if (!round || round.phase === 'opening') return;
    for (const { roomId, name } of round.rooms) {
      const known = this.#rooms.get(roomId);
      if (known?.round === round.number && known.name === name) continue;
      // One that came back stands with its last round.
      this.#rooms.delete(roomId);
      this.#rooms.set(roomId, { name, round: round.number });
    }
    for (const [participantId, one] of this.#people) {
      const roomId = round.placements[participantId];
      if (!roomId || !one.personId) continue;
      const rooms = this.#wereIn.get(one.personId) ?? new Set();
      this.#wereIn.set(one.personId, rooms.add(roomId));
    }
  }
}

type Came = Extract<VersionedEvent['event'], { type: 'participantJoined' }>;

function together(a: WasThere, b: WasThere): WasThere {
  const until = a.until === null || b.until === null ? null : Math.max(a.until, b.until);
  return {
    ...b,
    ran: a.ran || b.ran,
    isGuest: a.isGuest && b.isGuest,
    from: Math.min(a.from, b.from),
    until,
  };
}

export interface ChroniclesDeps {
  log: Pick<MeetingLog, 'read'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** [CAL-8] Reads logs of meetings, each as far as it goes by now; the last ones are kept in mind for a moment. */
export class Chronicles {
  readonly #deps: ChroniclesDeps;
  readonly #kept = new Map<MeetingId, { chronicle: Chronicle; since: number }>();

  constructor(deps: ChroniclesDeps) {
    this.#deps = deps;
  }

  async of(meetingId: MeetingId): Promise<Result<Chronicle, LogUnavailable>> {
    const { chronicle } = this.#at(meetingId);
    for (;;) {
      const page = await this.#deps.log.read(meetingId, chronicle.version, PAGE);
      if (!page.ok) return fail(page.error);
      for (const stored of page.value) chronicle.take(stored);
      if (page.value.length < PAGE) return ok(chronicle);
    }
  }

  #at(meetingId: MeetingId): { chronicle: Chronicle; since: number } {
    const now = this.#deps.now();
    // They stand in the order in which their reading began.
    for (const [id, { since }] of this.#kept) {
      if (now - since < KEPT_MS && this.#kept.size <= KEPT) break;
      this.#kept.delete(id);
    }
    const known = this.#kept.get(meetingId) ?? { chronicle: new Chronicle(), since: now };
    this.#kept.set(meetingId, known);
    return known;
  }
}
