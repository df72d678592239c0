import type { Server as HttpServer } from 'node:http';
import type { Answer, Fact, FactName, MeetingId } from '@relais/protocol';
import type { Logger } from 'pino';
import { Server, type DefaultEventsMap, type Socket } from 'socket.io';
import type { Connection, FanOut } from './connection.ts';
import { RequestBudget } from './request-budget.ts';
import { MAX_REQUEST_BYTES } from './route.ts';

/**
 * A line that fell is noticed within these two together. On a satellite (600 ms) an answer still has seconds to
 * spare; others see "coupure réseau" while they can still wonder what happened.
 */
const PING_INTERVAL_MS = 4_000;
const PING_TIMEOUT_MS = 5_000;
/** What may wait for a socket which does not read: several of the largest meetings (2.4 MB), far less than memory. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
const UNREAD_CHECK_MS = 2_000;
const DRAIN_STEP_MS = 50;
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
  /** Browsers' sockets that stand. */
  readonly size: number;
  /**
   * Closes the line of every socket, evenly over `ms` milliseconds, so that browsers come back elsewhere and not all at
   * once. `begin` is called before the first.
   */
  drain(ms: number, begin: () => void): Promise<void>;
  close(): Promise<void>;
}

/** The sockets of this hub: the only place that knows Socket.IO. */
export function createGateway(http: HttpServer, { trustedProxies = 0 } = {}): Gateway {
  const io: Io = new Server(http, {
    serveClient: false,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    transports: ['websocket', 'polling'],
    cleanupEmptyChildNamespaces: true,
  });
  let closing = false;
  const check = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) dropIfUnread(socket);
  }, UNREAD_CHECK_MS);
  check.unref();
  return {
    start: (deps) => {
      io.on('connection', (socket) => {
        serve(socket, addressOf(socket, trustedProxies), deps, () => closing);
      });
    },
    fanOut: {
      tellMeeting: (meetingId, name, fact) => io.to(meetingId).emit(name, fact),
      tellMeetingVolatile: (meetingId, name, fact) => io.to(meetingId).volatile.emit(name, fact),
    },
    get size() {
      return io.sockets.sockets.size;
    },
    drain: async (ms, begin) => {
      closing = true;
      begin();
      const sockets = [...io.sockets.sockets.values()];
      const perStep = Math.ceil((sockets.length * DRAIN_STEP_MS) / Math.max(ms, DRAIN_STEP_MS));
      while (sockets.length > 0) {
        for (const socket of sockets.splice(0, perStep)) socket.conn.close();
        if (sockets.length > 0) await new Promise((resolve) => setTimeout(resolve, DRAIN_STEP_MS));
      }
    },
    close: async () => {
      closing = true;
      clearInterval(check);
      await io.close();
    },
  };
}

/** A socket that takes nothing of what it is sent would fill the memory: it may come back and catch up. */
function dropIfUnread(socket: IoSocket): boolean {
  if (unreadBytes(socket) <= MAX_UNREAD_BYTES) return false;
  cutLine(socket);
  return true;
}

/**
 * Ends the line, not the membership: unlike after `socket.disconnect`, the seat is held. A peer that does not read would
 * not answer a closing handshake either, for which the WebSocket waits 30 s: it is not asked.
 */
function cutLine(socket: IoSocket): void {
  socket.conn.close(true);
  const { transport } = socket.conn as unknown as { transport: { socket?: { terminate?: () => void } } };
  transport.socket?.terminate?.();
}

/** Characters and bytes that wait in Engine.IO and in the WebSocket; neither offers a measure of the whole. */
function unreadBytes(socket: IoSocket): number {
  const { writeBuffer, transport } = socket.conn as unknown as {
    writeBuffer: readonly { data?: { length?: number } }[];
    transport: { socket?: { bufferedAmount?: number } };
  };
  const waiting = writeBuffer.reduce((sum, packet) => sum + (packet.data?.length ?? 0), 0);
  return waiting + (transport.socket?.bufferedAmount ?? 0);
}

/** The client's address as the last of the trusted proxies saw it. */
function addressOf(socket: IoSocket, trustedProxies: number): string {
  const forwarded = socket.handshake.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  const seen = trustedProxies > 0 ? hops.at(-trustedProxies)?.trim() : undefined;
  return seen?.slice(0, 64) || socket.handshake.address;
}

function serve(socket: IoSocket, address: string, deps: GatewayDeps, isClosing: () => boolean): void {
  const connection = new SocketConnection(socket, address);
  const budget = new RequestBudget(deps.now);
  let [head, binary] = [0, 0];
  let goingAway = false;
  // A packet is decoded and dispatched in the same turn, so its size is that of the request that follows, with its binary
  // parts, which are small: Socket.IO keeps them until the last is there, so that large ones end the socket.
  socket.conn.on('packet', ({ data }: { data?: unknown }) => {
    if (typeof data === 'string') [head, binary] = [data.length, 0];
    else if (Buffer.isBuffer(data)) binary += data.length;
    if (binary > MAX_REQUEST_BYTES) cutLine(socket);
  });
  const noteClose = (code: number) => {
    goingAway ||= code === GOING_AWAY;
  };
  watchCloseCode(socket, noteClose);
  socket.conn.on('upgrade', () => watchCloseCode(socket, noteClose));
  socket.onAny((name: string, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack !== 'function') return; // Nobody to answer: nothing is done.
    if (dropIfUnread(socket)) return;
    const answer = (value: Answer<unknown>) => {
      (ack as (value: Answer<unknown>) => void)(value);
    };
    const retryAfterMs = budget.begin();
    if (retryAfterMs !== undefined) return answer({ ok: false, refusal: { kind: 'tooMany', retryAfterMs } });
    const payload = args.length === 2 ? args[0] : undefined;
    void deps
      .route(connection, String(name), payload, head + binary)
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
  const { transport } = socket.conn as unknown as {
    transport: { socket?: { on?: (event: 'close', listener: (code: number) => void) => void } };
  };
  transport.socket?.on?.('close', onCode);
}

class SocketConnection implements Connection {
  session: Connection['session'] = { kind: 'outside' };
  readonly address: string;
  readonly handshake: Connection['handshake'];
  readonly #socket: IoSocket;

  constructor(socket: IoSocket, address: string) {
    this.#socket = socket;
    this.address = address;
    const { cookie, origin, host } = socket.handshake.headers;
    this.handshake = { cookie, origin, host };
  }

  get id(): string {
    return this.#socket.id;
  }

  tell<N extends FactName>(name: N, fact: Fact<N>): void {
    this.#socket.emit(name, fact);
  }

  tellVolatile<N extends FactName>(name: N, fact: Fact<N>): void {
    this.#socket.volatile.emit(name, fact);
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
