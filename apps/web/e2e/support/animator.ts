import { evolve } from '@relais/domain';
import { PROTOCOL_VERSION } from '@relais/protocol';
import type {
  Answer,
  AnswerValue,
  MeetingState,
  ParticipantId,
  RequestInput,
  RequestName,
} from '@relais/protocol';
import { io, type Socket } from 'socket.io-client';
import type { RunMeeting } from './meetings.ts';

/** Somebody in a meeting, who runs it where they have its key, by the protocol alone: for tests of what the others see. */
export class Animator {
  readonly #socket: Socket;
  readonly self: ParticipantId;

  static async joining(
    url: string,
    { code, facilitatorKey }: Pick<RunMeeting, 'code'> & Partial<RunMeeting>,
    name: string,
  ): Promise<Animator> {
    const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const request = {
      protocolVersion: PROTOCOL_VERSION,
      code,
      name,
      ...(facilitatorKey && { facilitatorKey }),
    };
    const { seat } = await ask(socket, 'meeting:join', request as RequestInput<'meeting:join'>);
    return new Animator(socket, seat.participantId);
  }

  private constructor(socket: Socket, self: ParticipantId) {
    this.#socket = socket;
    this.self = self;
  }

  /** Rejects when it is refused, or not answered in time. */
  ask<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<AnswerValue<N>> {
    return ask(this.#socket, name, payload);
  }

  /** The meeting as it is now, whole. */
  async meeting() {
    const { meeting, events = [] } = await this.ask('meeting:catchUp', { sinceVersion: 0 });
    const whole = events.reduce<MeetingState | undefined>(evolve, meeting);
    if (!whole) throw new Error('nothing came of the meeting');
    return whole;
  }

  async idOf(name: string): Promise<ParticipantId> {
    const { participants } = await this.meeting();
    const found = participants.find((one) => one.name === name);
    if (!found) throw new Error(`${name} is not there`);
    return found.participantId;
  }

  async roomId(name: string) {
    const { breakout } = await this.meeting();
    const found = breakout?.round?.rooms.find((room) => room.name === name);
    if (!found) throw new Error(`there is no room ${name}`);
    return found.roomId;
  }

  close(): void {
    this.#socket.disconnect();
  }
}

async function ask<N extends RequestName>(
  socket: Socket,
  name: N,
  payload: RequestInput<N>,
): Promise<AnswerValue<N>> {
  const answer = (await socket.timeout(15_000).emitWithAck(name, payload)) as Answer<unknown>;
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`);
  return answer.value as AnswerValue<N>;
}

/** A round of rooms, each with the people named, beginning at once. */
export const roundOf = (rooms: readonly string[][]): RequestInput<'breakout:open'> => ({
  rooms: rooms.map((people, i) => ({ name: `Salle ${i + 1}`, people })),
  filling: { kind: 'byHand', placements: [] },
  seed: 1,
  withFacilitators: false,
  countdownSeconds: 0,
  minutes: 10,
  late: 'smallest',
  mayChoose: false,
});
