import type { Answer, AnswerValue, Fact, FactName, RequestInput, RequestName } from '@relais/protocol';
import { fail, ok, type Result } from '@relais/kit';
import { io } from 'socket.io-client';
import type { CallFailure } from './call-failure.ts';

/** The conversation with the hub, as stores see it: requests that are answered, and facts. */
export interface HubClient {
  readonly connected: boolean;
  /** One answer, within ten seconds; `noAnswer` at once while the socket is down: nothing is held back. */
  request<N extends RequestName>(
    name: N,
    payload: RequestInput<N>,
  ): Promise<Result<AnswerValue<N>, CallFailure>>;
  on<N extends FactName>(name: N, listener: (fact: Fact<N>) => void): () => void;
  /** Tells of each change, and at once how it is now. */
  onConnection(listener: (connected: boolean) => void): () => void;
  connect(): void;
  /**
   * Drops what may be a dead socket and connects at once, whatever the next attempt's turn. The hub sees a socket
   * that fell, so that the seat is held [LEAVE-3].
   */
  reconnect(): void;
  /** Tells the hub that one leaves, which gives the seat up at once [LEAVE-1], and stays away. */
  disconnect(): void;
}

/** Milliseconds: longer than a slow satellite's worst round trip, shorter than a person's patience. */
const ANSWER_TIMEOUT = 10_000;

/**
 * Milliseconds before one comes back to a hub that closed the conversation, which it does when it stops: another is
 * there, or this one soon. Chance spreads those who were on it.
 */
const backAfter = () => 50 + 350 * Math.random();

/**
 * A socket to the page's own origin, not yet connected. The first attempt after a fall comes at once (75 to 225 ms:
 * there may be another hub), the next ones ever later up to about 4 s, each with a half of chance in it, so that a
 * whole meeting does not come back in step. Tests say another `origin`.
 */
export function createHubClient(origin?: string): HubClient {
  const socket = io(origin, {
    path: '/socket.io',
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 150,
    reconnectionDelayMax: 4000,
    randomizationFactor: 0.5,
    timeout: ANSWER_TIMEOUT,
  });
  // socket.io comes back by itself from everything but a disconnection that the hub asked for.
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => wanted && socket.connect(), backAfter());
  });
  let wanted = false;

  return {
    get connected() {
      return socket.connected;
    },
    async request<N extends RequestName>(name: N, payload: RequestInput<N>) {
      // Unconnected, socket.io would keep the request and send it before the seat is taken again.
      if (!socket.connected) return fail({ kind: 'noAnswer' as const });
      try {
        // The hub's word is taken: its answers have the shapes of packages/protocol, whose schemas stay on the server.
        const answer = (await socket.timeout(ANSWER_TIMEOUT).emitWithAck(name, payload)) as Answer<
          AnswerValue<N>
        >;
        return answer.ok ? ok(answer.value) : fail(answer.refusal);
      } catch {
        return fail({ kind: 'noAnswer' as const });
      }
    },
    on<N extends FactName>(name: N, listener: (fact: Fact<N>) => void) {
      // As for any string: socket.io's types cannot follow a name that is itself a type parameter.
      socket.on<string>(name, listener);
      return () => socket.off<string>(name, listener);
    },
    onConnection(listener) {
      const up = () => listener(true);
      const down = () => listener(false);
      socket.on('connect', up).on('disconnect', down);
      listener(socket.connected);
      return () => socket.off('connect', up).off('disconnect', down);
    },
    connect() {
      wanted = true;
      socket.connect();
    },
    reconnect() {
      if (!wanted) return;
      // Closed beneath Socket.IO first: the packet by which `disconnect` tells of leaving then goes nowhere, and what
      // is left of it is to forget the next attempt's turn.
      if (socket.connected) socket.io.engine.close();
      socket.disconnect().connect();
    },
    disconnect() {
      wanted = false;
      socket.disconnect();
    },
  };
}
