import type { AnswerValue, Fact, FactName, RequestInput, RequestName } from '@relais/protocol';
import type { Result } from '@relais/kit';
import type { CallFailure } from './call-failure.ts';
import type { HubClient } from './hub-client.ts';

type AnyResult = Result<unknown, CallFailure>;
type Responder = (payload: never) => AnyResult | Promise<AnyResult>;

/** A hub client for tests: its socket is up or down as the test says, and it answers what the test says. */
export interface FakeHub {
  hub: HubClient;
  /** Every request that was made while connected, in order. */
  requests: { name: RequestName; payload: unknown }[];
  /** How requests of that name are answered from now on; until then they get no answer. */
  answer<N extends RequestName>(
    name: N,
    responder: (
      payload: RequestInput<N>,
    ) => Result<AnswerValue<N>, CallFailure> | Promise<Result<AnswerValue<N>, CallFailure>>,
  ): void;
  tell<N extends FactName>(name: N, fact: Fact<N>): void;
  socket(isUp: boolean): void;
  /** How often a socket was dropped for a new one. */
  reconnections: number;
  /** How often the hub was told of leaving. */
  departures: number;
}

export function createFakeHub(): FakeHub {
  const responders = new Map<RequestName, Responder>();
  const listeners = new Map<FactName, Set<(fact: never) => void>>();
  const connections = new Set<(connected: boolean) => void>();
  let connected = false;

  const fake: FakeHub = {
    requests: [],
    reconnections: 0,
    departures: 0,
    answer: (name, responder) => void responders.set(name, responder),
    tell(name, fact) {
      for (const listener of listeners.get(name) ?? []) listener(fact as never);
    },
    socket(isUp) {
      connected = isUp;
      for (const listener of [...connections]) listener(isUp);
    },
    hub: {
      get connected() {
        return connected;
      },
      async request<N extends RequestName>(name: N, payload: RequestInput<N>) {
        if (!connected) return { ok: false, error: { kind: 'noAnswer' } };
        fake.requests.push({ name, payload });
        const answered = await responders.get(name)?.(payload as never);
        return (answered ?? { ok: false, error: { kind: 'noAnswer' } }) as Result<
          AnswerValue<N>,
          CallFailure
        >;
      },
      on<N extends FactName>(name: N, listener: (fact: Fact<N>) => void) {
        const all = listeners.get(name) ?? new Set();
        listeners.set(name, all.add(listener));
        return () => all.delete(listener);
      },
      onConnection(listener) {
        connections.add(listener);
        listener(connected);
        return () => connections.delete(listener);
      },
      roundTripMs: undefined,
      passed: { frames: { up: 0, down: 0 }, bytes: { up: 0, down: 0 }, openings: 0 },
      // A first connection comes when the test says so; after a departure it is there at once.
      connect: () => fake.departures > 0 && fake.socket(true),
      reconnect() {
        fake.reconnections += 1;
        fake.socket(false);
        fake.socket(true);
      },
      disconnect() {
        fake.departures += 1;
        fake.socket(false);
      },
    },
  };
  return fake;
}
