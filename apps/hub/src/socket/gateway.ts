import type { Server as HttpServer } from 'node:http';
import type { Answer, Fact, FactName, MeetingId } from '@relais/protocol';
import type { Logger } from 'pino';
import { Server, type DefaultEventsMap, type Socket } from 'socket.io';
import type { Connection, FanOut } from './connection.ts';
import { RequestBudget } from './request-budget.ts';

/**
 * A line that fell is noticed within these two together. On a satellite (600 ms) an answer still has seconds to
 * spare; others see "coupure réseau" while they can still wonder what happened.
 */
const PING_INTERVAL_MS = 4_000;
const PING_TIMEOUT_MS = 5_000;
/** Above this the socket itself is closed; below, a typed refusal says that a request is too large. */
const MAX_FRAME_BYTES = 6 * 1024 * 1024;
/** RFC 6455, 7.4.1: the page is going away, that is, the tab was closed or left. */
const GOING_AWAY = 1001;

type Io = Server<DefaultEventsMap, DefaultEventsMap>;
type IoSocket = Socket<DefaultEventsMap, DefaultEventsMap>;

export interface GatewayDeps {
  route: (connection: Connection, name: string, payload: unknown, bytes: number) => Promise<Answer<unknown>>;
  onDisconnected: (connection: Connection, onPurpose: boolean) => void;
  now: () => number;
  logger: Logger;
}

export interface Gateway {
  /** Begins to take sockets; facts of before reach nobody. */
  start(deps: GatewayDeps): void;
  fanOut: FanOut;
  close(): Promise<void>;
}

/** The sockets of this hub: the only place that knows Socket.IO. */
export function createGateway(http: HttpServer): Gateway {
  const io: Io = new Server(http, {
    serveClient: false,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    transports: ['websocket', 'polling'],
    cleanupEmptyChildNamespaces: true,
  });
  let closing = false;
  return {
    start: (deps) => {
      io.on('connection', (socket) => {
        serve(socket, deps, () => closing);
      });
    },
    fanOut: {
      tellMeeting: (meetingId, name, fact) => io.to(meetingId).emit(name, fact),
      tellMeetingVolatile: (meetingId, name, fact) => io.to(meetingId).volatile.emit(name, fact),
    },
    close: async () => {
      closing = true;
      await io.close();
    },
  };
}

function serve(socket: IoSocket, deps: GatewayDeps, isClosing: () => boolean): void {
  const connection = new SocketConnection(socket);
  const budget = new RequestBudget(deps.now);
  let bytes = 0;
  let goingAway = false;
  // A packet is decoded and dispatched in the same turn, so its size is that of the request that follows.
  socket.conn.on('packet', (packet: { data?: unknown }) => {
    bytes = typeof packet.data === 'string' ? packet.data.length : 0;
  });
  watchCloseCode(socket, (code) => {
    goingAway ||= code === GOING_AWAY;
  });
  socket.conn.on('upgrade', () => {
    watchCloseCode(socket, (code) => {
      goingAway ||= code === GOING_AWAY;
    });
  });
  socket.onAny((name: string, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack !== 'function') return; // Nobody to answer: nothing is done.
    const answer = (value: Answer<unknown>) => {
      (ack as (value: Answer<unknown>) => void)(value);
    };
    const retryAfterMs = budget.begin();
    if (retryAfterMs !== undefined) return answer({ ok: false, refusal: { kind: 'tooMany', retryAfterMs } });
    const payload = args.length === 2 ? args[0] : undefined;
    void deps
      .route(connection, String(name), payload, bytes)
      .then(answer)
      .finally(() => budget.end());
  });
  socket.on('disconnect', (reason) => {
    const onPurpose = reason === 'client namespace disconnect' || goingAway;
    deps.logger.debug({ socket: socket.id, reason, onPurpose }, 'socket closed');
    deps.onDisconnected(connection, onPurpose && !isClosing());
  });
}

/** Engine.IO drops the WebSocket's close code, which alone tells a closed tab from a line that fell. */
function watchCloseCode(socket: IoSocket, onCode: (code: number) => void): void {
  const { transport } = socket.conn as {
    transport: { socket?: { on?: (e: 'close', f: (code: number) => void) => void } };
  };
  transport.socket?.on?.('close', onCode);
}

class SocketConnection implements Connection {
  session: Connection['session'] = { kind: 'outside' };
  readonly #socket: IoSocket;

  constructor(socket: IoSocket) {
    this.#socket = socket;
  }

  get id(): string {
    return this.#socket.id;
  }

  get address(): string {
    return this.#socket.handshake.address;
  }

  tell<N extends FactName>(name: N, fact: Fact<N>): void {
    this.#socket.emit(name, fact);
  }

  enter(meetingId: MeetingId): void {
    void this.#socket.join(meetingId);
  }

  exit(meetingId: MeetingId): void {
    void this.#socket.leave(meetingId);
  }

  disconnect(): void {
    this.#socket.disconnect(true);
  }
}
