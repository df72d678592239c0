import { randomUUID } from 'node:crypto';
import { PROTOCOL_VERSION } from '@relais/protocol';
import { io, type Socket } from 'socket.io-client';

const ANSWER_TIMEOUT_MS = 20_000;

interface Answer {
  ok: boolean;
  refusal?: unknown;
}
interface Down {
  meetingEvents: (payload: { events: { event: { type: string; clientMessageId?: string } }[] }) => void;
}
interface Up {
  [name: string]: (request: object, ack: (answer: Answer) => void) => void;
}

/** One socket in one meeting; the same code for the product and for the reference but for how it joins. */
export class ChatClient {
  readonly #socket: Socket<Down, Up>;

  static async joinProduct(url: string, code: string, name: string): Promise<ChatClient> {
    const client = await ChatClient.#connect(url);
    await client.#ask('meeting:join', { protocolVersion: PROTOCOL_VERSION, code, name });
    return client;
  }

  static async joinBare(url: string, room: string, name: string): Promise<ChatClient> {
    const client = await ChatClient.#connect(url);
    await client.#ask('join', { room, name, participantId: randomUUID() });
    return client;
  }

  static async #connect(url: string): Promise<ChatClient> {
    const socket: Socket<Down, Up> = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new ChatClient(socket);
  }

  private constructor(socket: Socket<Down, Up>) {
    this.#socket = socket;
  }

  /** Resolves when the server has answered that it is taken. */
  post(clientMessageId: string, text: string): Promise<void> {
    return this.#ask('chat:post', { clientMessageId, text });
  }

  onMessage(listener: (clientMessageId: string) => void): void {
    this.#socket.on('meetingEvents', ({ events }) => {
      for (const { event } of events) {
        if (event.type === 'messagePosted' && event.clientMessageId) listener(event.clientMessageId);
      }
    });
  }

  close(): void {
    this.#socket.disconnect();
  }

  async #ask(name: string, request: object): Promise<void> {
    const answered: unknown = await this.#socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, request);
    const answer = answered as Answer;
    if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.refusal)}`);
  }
}
