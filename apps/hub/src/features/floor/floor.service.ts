import { isFacilitator, may, roleIn, roomOf, seatOf } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { Closable, MediaSource, ParticipantId, Refusal, Request } from '@relais/protocol';
import type { Seated } from '../../socket/handlers.ts';
import type { MediaService } from '../media/media.service.ts';
import type { LiveMeeting, Occupant } from '../meeting/live-meeting.ts';
import type { FloorTold } from '../presence/neighbours.ts';

type Done = Result<Record<string, never>, Refusal>;

/** A screen goes with its sound. */
const SOURCES_OF: Record<Closable, readonly MediaSource[]> = {
  microphone: ['microphone'],
  camera: ['camera'],
  screen: ['screen', 'screenAudio'],
};

/** What who runs the meeting does with what others send: it closes, and asks; nothing here opens anything [FLOOR-3]. */
export class FloorService {
  readonly #media: MediaService;

  constructor(media: MediaService) {
    this.#media = media;
  }

  /** [FLOOR-1] */
  async close(seated: Seated, { participantId, source }: Request<'floor:close'>): Promise<Done> {
    const from = nameOf(seated, 'floor:close');
    if (!from.ok) return from;
    if (!seatOf(seated.meeting.state, participantId))
      return fail({ kind: 'unknownParticipant', participantId });
    return this.#reach(seated.meeting, participantId, { sendingClosed: { source, from: from.value } });
  }

  /** [FLOOR-2] What cannot be done to one is done to the others all the same; the first refusal is told. */
  async closeAll(seated: Seated): Promise<Done> {
    const { meeting, occupant } = seated;
    const from = nameOf(seated, 'floor:closeAll');
    if (!from.ok) return from;
    const { state } = meeting;
    const here = roomOf(state, occupant.participantId);
    const others = state.participants
      .map(({ participantId }) => participantId)
      .filter((id) => !isFacilitator(state, id) && roomOf(state, id) === here && isOpen(meeting, id));
    const told: FloorTold = { sendingClosed: { source: 'microphone', from: from.value } };
    const done = await Promise.all(others.map((id) => this.#reach(meeting, id, told)));
    return done.find((one) => !one.ok) ?? ok({});
  }

  /** [FLOOR-3] */
  async invite(seated: Seated, { participantId }: Request<'floor:invite'>): Promise<Done> {
    const { meeting } = seated;
    const from = nameOf(seated, 'floor:invite');
    if (!from.ok) return from;
    if (!seatOf(meeting.state, participantId)) return fail({ kind: 'unknownParticipant', participantId });
    if (!meeting.live[participantId]?.connected) return fail({ kind: 'unknownId', id: participantId });
    return this.#reach(meeting, participantId, { invitedToSpeak: { from: from.value } });
  }

  /** By the hub that has the person. */
  async carryOut(meeting: LiveMeeting, occupant: Occupant, told: FloorTold): Promise<Done> {
    const { sendingClosed, invitedToSpeak } = told;
    if (invitedToSpeak) occupant.connection?.tell('invitedToSpeak', invitedToSpeak);
    if (!sendingClosed) return ok({});
    const open = openOf(meeting, occupant.participantId, sendingClosed.source);
    if (open.length === 0) return ok({});
    const closing = open.map(({ producerId, source }) =>
      source === 'microphone'
        ? this.#media.pauseProducer(meeting, occupant, { producerId, paused: true })
        : this.#media.closeProducer(meeting, occupant, { producerId }),
    );
    // The browser is told without waiting for the node, and were that away: its own device is closed first of all.
    if (occupant.connection) occupant.connection.tell('sendingClosed', sendingClosed);
    else {
      occupant.untold.push(sendingClosed); // [FLOOR-4]
      meeting.tellNeighbours(occupant.participantId);
    }
    const refused = (await Promise.all(closing)).find((one) => !one.ok);
    return refused && !refused.ok ? refused : ok({});
  }

  async #reach(meeting: LiveMeeting, participantId: ParticipantId, told: FloorTold): Promise<Done> {
    const occupant = meeting.occupants.get(participantId);
    if (occupant) return this.carryOut(meeting, occupant, told);
    meeting.tellFloor(participantId, told);
    return ok({});
  }
}

/** Under which name it is told, of who may ask for it [FLOOR-5]. */
function nameOf(
  { meeting: { state }, occupant: { participantId } }: Seated,
  name: 'floor:close' | 'floor:closeAll' | 'floor:invite',
): Result<string, Refusal> {
  const seat = seatOf(state, participantId);
  return seat && may(roleIn(state, participantId), name) ? ok(seat.name) : fail({ kind: 'notAllowed' });
}

/** What of it is being sent; a microphone that is muted is closed. */
function openOf(meeting: LiveMeeting, participantId: ParticipantId, source: Closable) {
  const producers = meeting.live[participantId]?.producers ?? [];
  return producers.filter((one) => SOURCES_OF[source].includes(one.source) && !isMuted(one));
}

const isMuted = ({ source, paused }: { source: MediaSource; paused: boolean }) =>
  source === 'microphone' && paused;

const isOpen = (meeting: LiveMeeting, id: ParticipantId) => openOf(meeting, id, 'microphone').length > 0;
