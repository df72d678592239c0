import {
  PROTOCOL_VERSION,
  ROUTER_CAPABILITIES,
  type Answer,
  type AnswerValue,
  type RequestInput,
  type Seat,
} from '@relais/protocol';
import { camera, microphone, someFingerprint } from '@relais/testing';
import { io, type Socket } from 'socket.io-client';

const ANSWER_TIMEOUT_MS = 30_000;
/** Socket.IO's packet of an event, as opposed to one that answers. */
const EVENT_PACKET = '2';

/** Somebody's way into a meeting. */
export interface Place {
  /** The hub that they sit on. */
  url: string;
  code: string;
  name: string;
  /** Where they come from, as a proxy would say. */
  address: string;
  /** What they send, muted or not: nothing when absent, and then no media is opened. Packets never flow. */
  sends?: 'microphone' | 'microphone and camera';
}

const OFFER: RequestInput<'media:open'> = {
  rtpCapabilities: ROUTER_CAPABILITIES,
  fingerprints: { send: [someFingerprint], recv: [someFingerprint] },
  maxVideos: 9,
};

/** One thing that was heard: `m:` a message by its id, `j:` who came by name, `l:` left, `c:` cut off, `b:` (back) there. */
export type Hear = (key: string) => void;

type Joined = AnswerValue<'meeting:join'>;

interface Told {
  event: { type: string; clientMessageId?: string; name?: string; participantId?: string };
}
interface Down {
  meetingEvents: (payload: { events: Told[] }) => void;
  liveChanged: (payload: { fact: { type: string; participantId: string; connected?: boolean } }) => void;
}
type Up = Record<string, (request: object, ack: (answer: unknown) => void) => void>;

/** Milliseconds of a clock that all processes of this machine share. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;

/** One browser's socket in one meeting, without media. */
export class Person {
  readonly #place: Place;
  readonly #hear: Hear;
  #socket: Socket<Down, Up> | undefined;
  #seat: Seat | undefined;
  #version = 0;
  #joined: Joined | undefined;
  /** How many facts it was told. */
  facts = 0;

  constructor(place: Place, hear: Hear) {
    this.#place = place;
    this.#hear = hear;
  }

  get participantId(): string {
    return this.#seat?.participantId ?? '';
  }

  /** The line alone, before anything is asked: it is not what is measured. */
  async connect(): Promise<void> {
    const socket: Socket<Down, Up> = io(this.#place.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { 'x-forwarded-for': this.#place.address },
    });
    this.#socket = socket;
    this.#listen(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
      if (typeof data === 'string' && data.startsWith(EVENT_PACKET)) this.facts += 1;
    });
  }

  /** Takes a seat, or comes back to it. Answers when it was asked. */
  async join(): Promise<number> {
    const { code, name, sends } = this.#place;
    const back = this.#seat ? { seat: this.#seat, sinceVersion: this.#version } : {};
    const request = {
      protocolVersion: PROTOCOL_VERSION,
      code,
      name,
      ...back,
      ...(sends && { media: OFFER }),
    };
    const at = now();
    const answer = await this.#ask('meeting:join', request);
    const joined = answer as Joined;
    this.#joined = joined;
    this.#seat = joined.seat;
    this.#version = joined.version;
    return at;
  }

  /** What the last joining was answered with. */
  get joined(): Joined {
    if (!this.#joined) throw new Error('not joined');
    return this.#joined;
  }

  /** A microphone that is muted, and a camera that is on if it has one. */
  async produce(): Promise<void> {
    const { sends } = this.#place;
    const peerId = this.#joined?.media?.peerId;
    if (!sends) return;
    if (!peerId) throw new Error('no media was opened');
    const voice = { source: 'microphone', kind: 'audio', rtpParameters: microphone(), paused: true };
    await this.#ask('media:produce', { peerId, ...voice });
    if (sends === 'microphone') return;
    const face = { source: 'camera', kind: 'video', rtpParameters: camera(), paused: false };
    await this.#ask('media:produce', { peerId, ...face });
  }

  /** Answers when it was sent, as soon as it is taken. */
  async post(clientMessageId: string, text: string): Promise<number> {
    const at = now();
    await this.#ask('chat:post', { clientMessageId, text });
    return at;
  }

  async leave(): Promise<number> {
    const at = now();
    await this.#ask('meeting:leave', {});
    this.close();
    return at;
  }

  /** As when the network goes, as far as one process can do it: the line ends without a goodbye. */
  cut(): number {
    const socket = this.#socket;
    const line = socket?.io.engine.transport as unknown as { ws?: { terminate(): void } } | undefined;
    if (!socket || !line?.ws) throw new Error('there is no line to cut');
    socket.removeAllListeners();
    const at = now();
    line.ws.terminate();
    return at;
  }

  close(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
  }

  #listen(socket: Socket<Down, Up>): void {
    socket.on('meetingEvents', ({ events }) => {
      for (const { event } of events) {
        if (event.type === 'messagePosted') this.#hear(`m:${event.clientMessageId}`);
        else if (event.type === 'participantJoined') this.#hear(`j:${event.name}`);
        else if (event.type === 'participantLeft') this.#hear(`l:${event.participantId}`);
      }
    });
    socket.on('liveChanged', ({ fact }) => {
      if (fact.type === 'connectionChanged')
        this.#hear(`${fact.connected ? 'b' : 'c'}:${fact.participantId}`);
    });
  }

  async #ask(name: string, request: object): Promise<unknown> {
    if (!this.#socket) throw new Error('not connected');
    const answered: unknown = await this.#socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, request);
    const answer = answered as Answer<unknown>;
    if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.refusal)}`);
    return answer.value;
  }
}
