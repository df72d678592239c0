import type { Answer, AnswerValue, Fact, FactName, RequestInput, RequestName } from '@relais/protocol';
import type { FrameCount } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { CallFailure } from './call-failure.ts';
import { HubSocket } from './hub-socket.ts';
import { attemptMs, pauseMs, type Failure, type LineNow } from './reconnect-pace.ts';

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
  /** Milliseconds of the quickest of the last answers; undefined before the first. */
  readonly roundTripMs: number | undefined;
  /** What has passed on the WebSocket; long-polling is in the browser's list of what a page fetched. */
  readonly passed: FrameCount;
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
 * Milliseconds before one comes back to a hub that closed the conversation, which it does when it stops, or whose line
 * fell: another is there, or this one soon. Chance spreads those who were on it.
 */
const backAfter = () => 50 + 200 * Math.random();

/** Answers whose times are kept: the shortest of them is the line's round trip, the others waited for something. */
const KEPT_TIMES = 8;

/**
 * A socket to the page's own origin, not yet connected; once it was wanted it comes back by itself, for as long as it
 * takes, at the pace of reconnect-pace.ts. Tests say another `origin`; `line` is what else is known of the line.
 */
export function createHubClient({
  origin = location.origin,
  line,
}: { origin?: string; line?: () => LineNow } = {}): HubClient {
  const socket = new HubSocket(origin);
  let wanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the attempt that is under way was begun; undefined: none is. */
  let attemptAt: number | undefined;
  /** Milliseconds that connecting took lately. */
  let usualMs: number | undefined;
  let failures = 0;
  let times: readonly number[] = [];

  socket.on('connect', () => {
    clearTimeout(timer);
    const took = performance.now() - (attemptAt ?? performance.now());
    usualMs = usualMs === undefined ? took : (usualMs + took) / 2;
    attemptAt = undefined;
    failures = 0;
  });
  socket.on('connect_error', () => next('refused'));
  socket.on('disconnect', () => {
    if (!wanted) return;
    // Within an attempt: the line fell between opening it and being greeted.
    if (attemptAt === undefined) later(backAfter());
    else next('refused');
  });

  /** An engine that is open but was never greeted is given up as well: its line fell in between. */
  function attempt(): void {
    clearTimeout(timer);
    attemptAt = performance.now();
    timer = setTimeout(() => next('unanswered'), attemptMs(usualMs, failures, line?.()));
    socket.connect();
  }

  function next(failure: Failure): void {
    socket.drop();
    attemptAt = undefined;
    if (wanted) later(pauseMs(failure, failures, Math.random()));
    failures += 1;
  }

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(attempt, ms);
  }

  async function timed<T>(asked: Promise<T>): Promise<T> {
    const since = performance.now();
    const answer = await asked;
    times = [...times, performance.now() - since].slice(-KEPT_TIMES);
    return answer;
  }

  return {
    get connected() {
      return socket.connected;
    },
    async request<N extends RequestName>(name: N, payload: RequestInput<N>) {
      // Nothing is held back: it would be sent before the seat is taken again.
      if (!socket.connected) return fail({ kind: 'noAnswer' as const });
      try {
        // The hub's word is taken: its answers have the shapes of packages/protocol, whose schemas stay on the server.
        const answer = (await timed(socket.ask(name, payload, ANSWER_TIMEOUT))) as Answer<AnswerValue<N>>;
        return answer.ok ? ok(answer.value) : fail(answer.refusal);
      } catch {
        return fail({ kind: 'noAnswer' as const });
      }
    },
    on<N extends FactName>(name: N, listener: (fact: Fact<N>) => void) {
      socket.on(name, listener);
      return () => socket.off(name, listener);
    },
    onConnection(listener) {
      const up = () => listener(true);
      const down = () => listener(false);
      socket.on('connect', up).on('disconnect', down);
      listener(socket.connected);
      return () => socket.off('connect', up).off('disconnect', down);
    },
    get roundTripMs() {
      return times.length > 0 ? Math.min(...times) : undefined;
    },
    passed: socket.passed,
    connect() {
      if (wanted) return;
      wanted = true;
      attempt();
    },
    reconnect() {
      if (!wanted) return;
      // One that has only begun is as good as a new one.
      if (attemptAt !== undefined && performance.now() - attemptAt < (usualMs ?? 0)) return;
      failures = 0;
      socket.drop();
      attempt();
    },
    disconnect() {
      wanted = false;
      clearTimeout(timer);
      attemptAt = undefined;
      socket.disconnect();
    },
  };
}
