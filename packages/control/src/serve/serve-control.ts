import type { Server as HttpServer } from 'node:http';
import {
  CONTROL_VERSION,
  hello as helloSchema,
  type Caller,
  type Hello,
  type Welcome,
} from '@relais/protocol';
import { Server, type DefaultEventsMap, type Socket } from 'socket.io';
import {
  CONTROL_PATH,
  HELLO_TIMEOUT_MS,
  MAX_CALL_BYTES,
  MAX_STRANGERS,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
} from '../limits.ts';
import { Complaints, type Logger } from '../logger.ts';
import { isProof, newNonce, proofOf, type Exchange } from '../proof.ts';
import { CallDesk } from './call-desk.ts';
import { handlersFor, type ServedNode } from './handlers.ts';
import { Hubs, type HubLine } from './hubs.ts';
import { Sinks, type SinkLine } from './sinks.ts';

/** What a caller has to take its leave. */
const GOODBYE_MS = 300;

type IoSocket = Socket<DefaultEventsMap, DefaultEventsMap>;
type Ack = (value: unknown) => void;

export interface ServeControlDeps {
  /** Its owner listens, and bounds how long a connection may take to ask for anything. */
  http: HttpServer;
  node: ServedNode;
  /** At least 32 characters, the same on every hub and node. */
  secret: string;
  logger: Logger;
}

export interface ControlServer {
  /** Callers whose lines stand, for metrics and tests. */
  callers(): Caller[];
  /** Tells every caller that this node is gone. */
  close(): Promise<void>;
}

/** Lets hubs and other nodes that know the secret drive this node, at `/control` of the given server. */
export function serveControl(deps: ServeControlDeps): ControlServer {
  return new Control(deps);
}

class Control implements ControlServer {
  readonly #node: ServedNode;
  readonly #secret: string;
  readonly #logger: Logger;
  readonly #complaints: Complaints;
  readonly #io: Server<DefaultEventsMap, DefaultEventsMap>;
  readonly #sinks: Sinks;
  readonly #hubs = new Hubs();
  /** By kind and id: a caller that comes again displaces its former line. */
  readonly #lines = new Map<string, { caller: Caller; socket: IoSocket }>();
  readonly #unsubscribe: () => void;
  readonly #conns = new Set<EngineSocket>();
  #strangers = 0;

  constructor({ http, node, secret, logger }: ServeControlDeps) {
    this.#node = node;
    this.#secret = secret;
    this.#logger = logger;
    this.#complaints = new Complaints(logger);
    this.#sinks = new Sinks(node.pipes);
    this.#io = new Server(http, {
      path: CONTROL_PATH,
      serveClient: false,
      transports: ['websocket'],
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      maxHttpBufferSize: MAX_CALL_BYTES,
      connectTimeout: HELLO_TIMEOUT_MS,
    });
    this.#io.engine.on('connection', (conn: EngineSocket) => this.#watchStranger(conn));
    this.#io.on('connection', (socket) => this.#challenge(socket));
    this.#unsubscribe = node.subscribe((fact) => this.#hubs.tell(fact));
  }

  callers(): Caller[] {
    return [...this.#lines.values()].map(({ caller }) => caller);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.#sinks.close();
    this.#hubs.close();
    this.#lines.clear();
    const conns = [...this.#conns];
    this.#io.disconnectSockets(true);
    const silent = setTimeout(() => conns.forEach(terminate), GOODBYE_MS);
    await this.#io.close();
    clearTimeout(silent);
  }

  /** From the first byte of the WebSocket on, known or not to Socket.IO: who is not let in by then is cut. */
  #watchStranger(conn: EngineSocket): void {
    this.#conns.add(conn);
    this.#strangers += 1;
    const full = this.#strangers > MAX_STRANGERS;
    const timer = setTimeout(() => terminate(conn), full ? 0 : HELLO_TIMEOUT_MS);
    let strange = true;
    const known = () => {
      clearTimeout(timer);
      if (strange) this.#strangers -= 1;
      strange = false;
    };
    conn.once('close', () => {
      known();
      this.#conns.delete(conn);
    });
    conn.once('relaisKnown', known);
  }

  /** The node's first word. The first of the caller's is its proof, or its last. */
  #challenge(socket: IoSocket): void {
    const nodeNonce = newNonce();
    const { nodeId } = this.#node;
    socket.onAny((name: string, ...args: unknown[]) => {
      socket.offAny();
      const answer = args.at(-1);
      if (name !== 'hello' || args.length !== 2 || typeof answer !== 'function') return cut(socket);
      this.#hear(socket, nodeNonce, args[0], answer as Ack);
    });
    socket.emit('challenge', { version: CONTROL_VERSION, nodeId, nonce: nodeNonce });
  }

  #hear(socket: IoSocket, nodeNonce: string, payload: unknown, answer: Ack): void {
    const checked = this.#check(nodeNonce, payload);
    if (typeof checked === 'string') {
      const { address } = socket.handshake;
      this.#complaints.warn({ address, reason: checked }, 'a caller was not let in');
      answer({ ok: false, reason: checked } satisfies Welcome);
      socket.disconnect(true);
      return;
    }
    socket.conn.emit('relaisKnown');
    this.#admit(socket, checked, answer);
  }

  #check(nodeNonce: string, payload: unknown): Exchange | 'version' | 'secret' | 'invalid' {
    const parsed = helloSchema.safeParse(payload);
    if (!parsed.success) return isOtherVersion(payload) ? 'version' : 'invalid';
    const { caller, nonce, proof }: Hello = parsed.data;
    const exchange = { nodeId: this.#node.nodeId, caller, nodeNonce, callerNonce: nonce };
    return isProof(proof, 'caller', this.#secret, exchange) ? exchange : 'secret';
  }

  #admit(socket: IoSocket, exchange: Exchange, answer: Ack): void {
    const { caller } = exchange;
    const key = `${caller.kind} ${caller.id}`;
    const former = this.#lines.get(key);
    this.#lines.set(key, { caller, socket });
    if (former) cut(former.socket);
    const line = lineOf(socket);
    const pipeIds = this.#attach(caller, line);
    const handlers = handlersFor(caller, this.#node, this.#sinks);
    const desk = new CallDesk({ handlers, caller, logger: this.#logger });
    socket.onAny((name: string, ...args: unknown[]) => {
      const ack = args.at(-1);
      if (typeof ack !== 'function') return; // Nobody to answer: nothing is done.
      void desk.answer(String(name), args.length === 2 ? args[0] : undefined).then(ack as Ack);
    });
    socket.on('disconnect', (reason) => {
      this.#logger.debug({ caller, reason }, 'a control line was closed');
      if (this.#lines.get(key)?.socket === socket) this.#lines.delete(key);
      if (caller.kind === 'node') this.#sinks.detach(caller.id, line);
      else this.#hubs.detach(caller.id, line);
    });
    const proof = proofOf('node', this.#secret, exchange);
    answer({ ok: true, proof, pipeIds } satisfies Welcome);
    if (caller.kind === 'node') this.#sinks.catchUp(caller.id);
    else this.#hubs.catchUp(caller.id);
    this.#logger.info({ caller, again: former !== undefined }, 'a control line was opened');
  }

  /** Gives the pipes of the caller that stand. */
  #attach(caller: Caller, line: SinkLine & HubLine): string[] {
    if (caller.kind === 'node') return this.#sinks.attach(caller.id, line);
    this.#hubs.attach(caller.id, line);
    return [];
  }
}

function lineOf(socket: IoSocket): SinkLine & HubLine {
  return {
    tellMedia: (fact, done) =>
      void (done ? socket.emit('mediaFact', fact, done) : socket.emit('mediaFact', fact)),
    tellPipe: (fact, done) => void socket.emit('pipeFact', fact, done),
    cut: () => cut(socket),
  };
}

function isOtherVersion(payload: unknown): boolean {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'version' in payload &&
    payload.version !== CONTROL_VERSION
  );
}

/** Engine.IO's connection, as far as it is used here; the transport's socket is of no public type. */
interface EngineSocket {
  once(event: 'close' | 'relaisKnown', listener: () => void): void;
  close(discard?: boolean): void;
  transport: { socket?: { terminate?: () => void } };
}

/** Ends the line without asking the peer, which might not answer: a WebSocket waits 30 s for it. */
function cut(socket: IoSocket): void {
  terminate(socket.conn as unknown as EngineSocket);
}

function terminate(conn: EngineSocket): void {
  conn.close(true);
  conn.transport.socket?.terminate?.();
}
