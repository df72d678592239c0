import type { Answer, Fact, FactName, MeetingId } from '@relais/protocol';
import type { Connection } from '../src/socket/connection.ts';
import type { Gateway, GatewayDeps } from '../src/socket/gateway.ts';

/** A fact on its way to one browser. */
export type Delivery = { [N in FactName]: { name: N; fact: Fact<N> } }[FactName];

/** A socket of the tests' own: what the hub tells it waits in `inbox` until it is taken. */
export class MemoryConnection implements Connection {
  session: Connection['session'] = { kind: 'outside' };
  readonly address = '127.0.0.1';
  readonly handshake: Connection['handshake'];
  readonly rooms = new Set<string>();
  inbox: Delivery[] = [];
  open = true;
  readonly id: string;
  readonly #gateway: MemoryGateway;

  constructor(gateway: MemoryGateway, id: string, handshake: Connection['handshake']) {
    this.#gateway = gateway;
    this.id = id;
    this.handshake = handshake;
  }

  tell<N extends FactName>(name: N, fact: Fact<N>): void {
    // As on the wire: what arrives is a copy, made when it was told.
    if (this.open) this.inbox.push(structuredClone({ name, fact }) as unknown as Delivery);
  }

  tellVolatile<N extends FactName>(name: N, fact: Fact<N>): void {
    this.tell(name, fact);
  }

  enter(meetingId: MeetingId): void {
    this.rooms.add(meetingId);
  }

  exit(meetingId: MeetingId): void {
    this.rooms.delete(meetingId);
  }

  disconnect(): void {
    this.cut(false);
  }

  async call(name: string, payload: unknown): Promise<Answer<unknown>> {
    return structuredClone(await this.#gateway.deps.route(this, name, structuredClone(payload), 100));
  }

  /** The socket closes: on purpose (the tab was closed), or because the network fell. */
  cut(onPurpose: boolean): void {
    if (!this.open) return;
    this.open = false;
    this.inbox = [];
    this.#gateway.connections.delete(this);
    this.#gateway.deps.onDisconnected(this, onPurpose);
  }
}

/** The gateway without sockets: every test decides when what arrives. */
export class MemoryGateway implements Gateway {
  readonly connections = new Set<MemoryConnection>();
  #deps: GatewayDeps | undefined;
  #made = 0;

  readonly fanOut: Gateway['fanOut'] = {
    tellMeeting: (meetingId, name, fact) => this.#tell(meetingId, name, fact),
    tellMeetingVolatile: (meetingId, name, fact) => this.#tell(meetingId, name, fact),
  };

  start(deps: GatewayDeps): void {
    this.#deps = deps;
  }

  get deps(): GatewayDeps {
    if (!this.#deps) throw new Error('the hub has not started');
    return this.#deps;
  }

  connect(handshake: Connection['handshake'] = {}): MemoryConnection {
    const connection = new MemoryConnection(this, `c${++this.#made}`, handshake);
    this.connections.add(connection);
    return connection;
  }

  get size(): number {
    return this.connections.size;
  }

  async drain(_ms: number, begin: () => void): Promise<void> {
    begin();
    for (const connection of [...this.connections]) connection.cut(false);
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.open = false;
  }

  #tell<N extends FactName>(meetingId: MeetingId, name: N, fact: Fact<N>): void {
    for (const connection of this.connections) {
      if (connection.rooms.has(meetingId)) connection.tell(name, fact);
    }
  }
}
