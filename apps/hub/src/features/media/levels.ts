import { isFacilitator, roomOf } from '@relais/domain';
import type { Fact, NodeId, ParticipantId, Place } from '@relais/protocol';
import type { FanOut } from '../../socket/connection.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';

type Speakers = Fact<'speakersChanged'>['speakers'];

/** More than a screen shows of those who are heard in one place. */
const MOST_SPEAKERS = 6;
/** Of another place, for the board: who speaks there, and who answers. */
const MOST_ELSEWHERE = 2;
/** Milliseconds for which what a node measured holds: two of its tellings. */
const HOLDS_MS = 700;
/** Milliseconds between two tellings of who speaks elsewhere, and after which the same is told again: browsers forget it after 3000. */
const ELSEWHERE_EVERY_MS = 1000;
const ELSEWHERE_AGAIN_MS = 2000;

interface Heard {
  /** By node: each measures what comes in at it. */
  byNode: Map<NodeId, { at: number; speakers: Speakers }>;
  /** What was last told to those who run the meeting, each by their seat. */
  told: Map<ParticipantId, { at: number; ids: string }>;
}

/** Who is heard, as media nodes measure it: told to each of this hub's people for the place where they are [BREAK-3]. */
export class Levels {
  readonly #fanOut: FanOut;
  readonly #clock: () => number;
  readonly #heard = new WeakMap<LiveMeeting, Heard>();

  /** `clock`: milliseconds that only grow. */
  constructor(fanOut: FanOut, clock: () => number = () => performance.now()) {
    this.#fanOut = fanOut;
    this.#clock = clock;
  }

  /** `speakers`: all that are heard at one node, loudest first. */
  told(meeting: LiveMeeting, nodeId: NodeId, speakers: Speakers): void {
    const heard: Heard = this.#heard.get(meeting) ?? { byNode: new Map(), told: new Map() };
    this.#heard.set(meeting, heard);
    const now = this.#clock();
    heard.byNode.set(nodeId, { at: now, speakers });
    for (const [id, { at }] of heard.byNode) if (now - at > HOLDS_MS) heard.byNode.delete(id);
    const lists = [...heard.byNode.values()].map((one) => one.speakers);
    const all = lists.length > 1 ? lists.flat().sort((one, other) => other.level - one.level) : speakers;
    const { round } = meeting.state.breakout ?? {};
    if (round && round.phase !== 'opening') return this.#tellByPlace(meeting, heard, all);
    heard.told.clear();
    this.#fanOut.tellMeetingVolatile(meeting.id, 'speakersChanged', {
      speakers: all.slice(0, MOST_SPEAKERS),
    });
  }

  #tellByPlace(meeting: LiveMeeting, heard: Heard, all: Speakers): void {
    const byPlace = Map.groupBy(all, ({ participantId }) => roomOf(meeting.state, participantId));
    const toAll = all.filter(({ participantId }) => meeting.live[participantId]?.toAll); // [VOICE-1]
    for (const { participantId: self, connection } of meeting.occupants.values()) {
      if (!connection) continue;
      const here = roomOf(meeting.state, self);
      const near = byPlace.get(here) ?? [];
      const speakers = [...new Set([...toAll, ...near])].slice(0, MOST_SPEAKERS);
      connection.tellVolatile('speakersChanged', { speakers: speakers.sort((a, b) => b.level - a.level) });
      if (isFacilitator(meeting.state, self)) {
        const fact = elsewhere(byPlace, here);
        if (this.#isNews(heard, self, fact)) connection.tellVolatile('heardElsewhere', fact);
      }
    }
  }

  /** [VOICE-5] */
  #isNews({ told }: Heard, self: ParticipantId, { participantIds }: Fact<'heardElsewhere'>): boolean {
    const now = this.#clock();
    const ids = participantIds.toSorted().join();
    const last = told.get(self) ?? { at: -Infinity, ids: '' };
    const after = last.ids === ids ? ELSEWHERE_AGAIN_MS : ELSEWHERE_EVERY_MS;
    if (now - last.at < after || (ids === '' && last.ids === '')) return false;
    told.set(self, { at: now, ids });
    return true;
  }
}

function elsewhere(byPlace: ReadonlyMap<Place, Speakers>, here: Place): Fact<'heardElsewhere'> {
  const others = [...byPlace].filter(([place]) => place !== here);
  return {
    participantIds: others.flatMap(([, speakers]) =>
      speakers.slice(0, MOST_ELSEWHERE).map(({ participantId }) => participantId),
    ),
  };
}
