import { advanceBy, advanceLive, evolve, producerOf, roomOf } from '@relais/domain';
import {
  PROTOCOL_VERSION,
  ROUTER_CAPABILITIES,
  type Answer,
  type AnswerValue,
  type Fact,
  type LiveSnapshot,
  type MeetingState,
  type Participant,
  type ParticipantId,
  type PeerId,
  type Place,
  type ProducerId,
  type RequestInput,
  type RequestName,
} from '@relais/protocol';
import { microphone, someFingerprint } from '@relais/testing';
import { io, type Socket } from 'socket.io-client';

const ANSWER_TIMEOUT_MS = 20_000;

const OFFER: RequestInput<'media:open'> = {
  rtpCapabilities: ROUTER_CAPABILITIES,
  fingerprints: { send: [someFingerprint], recv: [someFingerprint] },
  maxVideos: 9,
};

interface Down {
  meetingEvents: (fact: Fact<'meetingEvents'>) => void;
  liveChanged: (fact: Fact<'liveChanged'>) => void;
}
type Up = Record<string, (request: object, ack: (answer: unknown) => void) => void>;

export interface Seat {
  url: string;
  code: string;
  name: string;
  facilitatorKey?: string;
}

/** Milliseconds since 1970, by the clock that this process and every page of the machine share. */
export const wall = () => performance.timeOrigin + performance.now();

/**
 * A browser without its pages: keeps the meeting by its events as the product does, and has what those send who are where it is
 * opened at the media node. No packet of sound flows.
 */
export class Member {
  readonly #socket: Socket<Down, Up>;
  readonly #peerId: PeerId | undefined;
  readonly participantId: ParticipantId;
  readonly #opened = new Set<ProducerId>();
  #meeting: MeetingState;
  #live: LiveSnapshot;
  #refused = 0;
  #changed: () => void = () => undefined;

  static async join({ url, code, name, facilitatorKey }: Seat, withMedia = true): Promise<Member> {
    const socket: Socket<Down, Up> = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const joined = await ask(socket, 'meeting:join', {
      protocolVersion: PROTOCOL_VERSION,
      code: code,
      name,
      ...(facilitatorKey !== undefined && { facilitatorKey }),
      ...(withMedia && { media: OFFER }),
    });
    const member = new Member(socket, joined);
    if (member.#peerId) await member.#speak(member.#peerId);
    return member;
  }

  private constructor(socket: Socket<Down, Up>, joined: AnswerValue<'meeting:join'>) {
    if (!joined.meeting) throw new Error('the meeting did not come with the seat');
    this.#socket = socket;
    this.#meeting = joined.meeting;
    this.#live = joined.live;
    this.#peerId = joined.media?.peerId;
    this.participantId = joined.seat.participantId;
    for (const { producerId } of joined.media?.consumers ?? []) this.#opened.add(producerId);
    socket.on('meetingEvents', ({ events }) => {
      this.#meeting = advanceBy(evolve, this.#meeting, events).meeting;
      this.#changed();
    });
    socket.on('liveChanged', (change) => {
      this.#live = advanceLive(this.#live, change).live;
      this.#changed();
    });
  }

  get here(): Place {
    return roomOf(this.#meeting, this.participantId);
  }

  /** Requests for somebody's sound that were refused. */
  get refused(): number {
    return this.#refused;
  }

  get rooms() {
    return this.#meeting.breakout?.round?.rooms ?? [];
  }

  ask<N extends RequestName>(name: N, request: RequestInput<N>): Promise<AnswerValue<N>> {
    return ask(this.#socket, name, request);
  }

  /** Resolves to when this one is where `isThere` says, and has opened the sound of all who are there. */
  async placed(isThere: (place: Place) => boolean): Promise<number> {
    await this.#until(() => isThere(this.here));
    await this.#hear(({ participantId }) => roomOf(this.#meeting, participantId) === this.here);
    return wall();
  }

  /** Resolves to when this one has opened the sound of who speaks to all rooms, wherever they are [VOICE-1]. */
  async hearsToAll(speaker: ParticipantId): Promise<number> {
    await this.#until(() => this.#live.state[speaker]?.toAll !== undefined);
    await this.#hear(({ participantId }) => participantId === speaker);
    return wall();
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = () => {
        if (isSo()) resolve();
      };
      this.#changed();
    });
  }

  close(): void {
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }

  async #hear(whom: (one: Participant) => boolean): Promise<void> {
    const peerId = this.#peerId;
    const producerIds = this.#meeting.participants
      .filter((one) => one.participantId !== this.participantId && whom(one))
      .map(({ participantId }) => participantId)
      .flatMap((id) => producerOf(this.#live.state, id, 'microphone')?.producerId ?? [])
      .filter((id) => !this.#opened.has(id));
    if (!peerId || producerIds.length === 0) return;
    const { consumers } = await this.ask('media:consume', { peerId, producerIds });
    this.#refused += producerIds.length - consumers.length;
    for (const { producerId } of consumers) this.#opened.add(producerId);
  }

  async #speak(peerId: PeerId): Promise<void> {
    const voice = {
      source: 'microphone',
      kind: 'audio',
      rtpParameters: microphone(),
      paused: false,
    } as const;
    await this.ask('media:produce', { peerId, ...voice });
  }
}

async function ask<N extends RequestName>(
  socket: Socket<Down, Up>,
  name: N,
  request: RequestInput<N>,
): Promise<AnswerValue<N>> {
  const answered: unknown = await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, request);
  const answer = answered as Answer<AnswerValue<N>>;
  if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}

/** A meeting, and the key of who runs it. */
export async function openMeeting(url: string): Promise<{ code: string; facilitatorKey: string }> {
  const response = await fetch(`${url}/api/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Table de concertation' }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { value?: { code?: string; facilitatorKey?: string } };
  const { code, facilitatorKey } = answer.value ?? {};
  if (!code || !facilitatorKey) throw new Error(`No meeting was made: ${JSON.stringify(answer)}`);
  return { code, facilitatorKey };
}
