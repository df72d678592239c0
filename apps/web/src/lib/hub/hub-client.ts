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
  /** Drops what may be a dead socket and connects without waiting for the next attempt's turn. */
  reconnect(): void;
  disconnect(): void;
  /** Sends a request whose answer nobody waits for, as a page that goes away does. */
  say<N extends RequestName>(name: N, payload: RequestInput<N>): void;
}

/** Milliseconds: longer than a slow satellite's worst round trip, shorter than a person's patience. */
const ANSWER_TIMEOUT = 10_000;

/**
 * A socket to the page's own origin, not yet connected. Attempts after a fall come at 0.25 s, growing to about
 * 4 s, each with a half of chance in it, so that a whole meeting does not come back in step.
 */
export function createHubClient(): HubClient {
  const socket = io({
    path: '/socket.io',
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 250,
    reconnectionDelayMax: 4000,
    randomizationFactor: 0.5,
    timeout: ANSWER_TIMEOUT,
  });
  // socket.io comes back by itself from everything but a disconnection that the hub asked for.
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => wanted && socket.connect(), 1000);
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
      socket.disconnect().connect();
    },
    disconnect() {
      wanted = false;
      socket.disconnect();
    },
    say(name, payload) {
      if (socket.connected) socket.emit(name, payload);
    },
  };
}
