import { fail, ok, type Result } from '@relais/kit';
import {
  challenge as challengeSchema,
  CONTROL_VERSION,
  mediaFact,
  pipeFact,
  welcome as welcomeSchema,
  type Caller,
  type MediaFact,
  type NodeId,
  type PipeFact,
} from '@relais/protocol';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { issuesOf } from '../issues-of.ts';
import { CONTROL_PATH, MAX_ANSWER_BYTES } from '../limits.ts';
import type { Logger } from '../logger.ts';
import { isProof, newNonce, proofOf, type Exchange } from '../proof.ts';

/** Why no line could be opened. With the first five there is no use in trying again at once. */
export type LineFailure =
  /** Nothing listens at its address: its process has ended. */
  | 'refused'
  /** Another run of a node has its address now. */
  | 'anotherNode'
  /** One of the two does not know the other's secret. */
  | 'wrongSecret'
  | 'otherVersion'
  /** What it said fits no schema. */
  | 'nonsense'
  | 'unreachable';

export interface LineDeps {
  url: string;
  /** Whom to find there; another one is not spoken to. */
  nodeId: NodeId;
  caller: Caller;
  secret: string;
  logger: Logger;
  listener: LineListener;
}

export interface LineListener {
  onMediaFact(fact: MediaFact): void;
  onPipeFact(fact: PipeFact): void;
  /** Once, when a line that was opened is no more; `saidSo` when the node closed it on purpose. */
  onClosed(saidSo: boolean): void;
}

/** One connection to a node, both ends known to each other. */
export interface Line {
  /** The pipes of this caller that the node has. */
  pipeIds: readonly string[];
  readonly isOpen: boolean;
  /** What the node answers, or undefined when nothing came in time or the line was closed. */
  ask(name: string, request: unknown, timeoutMs: number): Promise<unknown>;
  close(): void;
}

/** Connects, hears the challenge, says hello, checks the welcome. */
export function openLine(
  deps: LineDeps,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Result<Line, LineFailure>> {
  // Not in the type, but handed on to the WebSocket: the bound of what is read from the node.
  const options: Partial<ManagerOptions & SocketOptions> & { maxPayload: number } = {
    path: CONTROL_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    timeout: timeoutMs,
    maxPayload: MAX_ANSWER_BYTES,
  };
  const socket = io(deps.url, options);
  return new Promise((resolve) => {
    let settled = false;
    const settle = (outcome: Result<Line, LineFailure>) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (!outcome.ok) socket.disconnect();
      else socket.on('disconnect', (reason) => deps.listener.onClosed(reason === 'io server disconnect'));
      resolve(outcome);
    };
    const abort = () => settle(fail('unreachable'));
    const timer = setTimeout(abort, timeoutMs);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    socket.once('connect_error', (error) => settle(fail(isRefusal(error) ? 'refused' : 'unreachable')));
    socket.once('disconnect', abort);
    socket.once('challenge', (said: unknown) => sayHello(socket, said, deps, settle));
  });
}

function sayHello(
  socket: Socket,
  said: unknown,
  { nodeId, caller, secret, logger, listener }: LineDeps,
  settle: (outcome: Result<Line, LineFailure>) => void,
): void {
  const challenge = challengeSchema.safeParse(said);
  if (!challenge.success) return settle(fail('nonsense'));
  if (challenge.data.version !== CONTROL_VERSION) return settle(fail('otherVersion'));
  if (challenge.data.nodeId !== nodeId) return settle(fail('anotherNode'));
  const callerNonce = newNonce();
  const exchange: Exchange = { nodeId, caller, nodeNonce: challenge.data.nonce, callerNonce };
  const hello = {
    version: CONTROL_VERSION,
    caller,
    nonce: callerNonce,
    proof: proofOf('caller', secret, exchange),
  };
  socket.emit('hello', hello, (answer: unknown) => {
    const welcome = welcomeSchema.safeParse(answer);
    if (!welcome.success) return settle(fail('nonsense'));
    if (!welcome.data.ok) return settle(fail(FAILURES[welcome.data.reason]));
    if (!isProof(welcome.data.proof, 'node', secret, exchange)) return settle(fail('wrongSecret'));
    // Facts may follow in the very next packet: they are listened to before anybody knows of the line.
    listen(socket, listener, logger);
    settle(ok(lineOf(socket, welcome.data.pipeIds)));
  });
}

const FAILURES = { version: 'otherVersion', secret: 'wrongSecret', invalid: 'nonsense' } as const;

function listen(socket: Socket, listener: LineListener, logger: Logger): void {
  socket.on('mediaFact', (said: unknown, heard: unknown) => {
    const fact = mediaFact.safeParse(said);
    if (fact.success) listener.onMediaFact(fact.data);
    else logger.error({ issues: issuesOf(fact.error) }, 'a fact of a media node does not fit its schema');
    if (typeof heard === 'function') (heard as () => void)();
  });
  socket.on('pipeFact', (said: unknown, heard: unknown) => {
    const fact = pipeFact.safeParse(said);
    if (fact.success) listener.onPipeFact(fact.data);
    else logger.error({ issues: issuesOf(fact.error) }, 'a fact of a pipe does not fit its schema');
    if (typeof heard === 'function') (heard as () => void)();
  });
}

function lineOf(socket: Socket, pipeIds: readonly string[]): Line {
  return {
    pipeIds,
    get isOpen() {
      return socket.connected;
    },
    ask: async (name, request, timeoutMs) => {
      if (!socket.connected) return undefined;
      const answer: Promise<unknown> = socket.timeout(timeoutMs).emitWithAck(name, request);
      return answer.catch(() => undefined);
    },
    close: () => void socket.disconnect(),
  };
}

/** What the WebSocket says of a connection that the other machine refused. */
function isRefusal(error: Error): boolean {
  const { description } = error as { description?: { error?: { code?: unknown } } };
  return description?.error?.code === 'ECONNREFUSED';
}
