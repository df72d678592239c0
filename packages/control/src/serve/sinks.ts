import { MAX_PIPES, type NodeId, type PipeFact, type PipeSource } from '@relais/protocol';
import { MAX_WAITING_FACTS, PIPE_GRACE_MS } from '../limits.ts';
import { Outbox } from './outbox.ts';

/** The line of a sink, as far as its pipes are concerned. */
export interface SinkLine {
  /** Calls `done` when the sink has it; never when the line is closed before. */
  tellPipe(fact: PipeFact, done: () => void): void;
  cut(): void;
}

interface Sink {
  line: SinkLine | undefined;
  pipeIds: Set<string>;
  facts: Outbox<PipeFact>;
  grace: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Which node has opened which pipes here. A pipe is the business of the node that opened it, and closes when that
 * node's line is gone for longer than it would take to come back.
 */
export class Sinks {
  readonly #pipes: PipeSource;
  readonly #sinks = new Map<NodeId, Sink>();
  readonly #owners = new Map<string, NodeId>();
  readonly #unsubscribe: () => void;

  constructor(pipes: PipeSource) {
    this.#pipes = pipes;
    this.#unsubscribe = pipes.subscribePipes((fact) => this.#tell(fact));
  }

  /** The sink has a line: what it has not acknowledged is told again. Gives the pipes that stand. */
  attach(sinkId: NodeId, line: SinkLine): string[] {
    const sink = this.#sinks.get(sinkId) ?? this.#add(sinkId);
    clearTimeout(sink.grace);
    sink.line = line;
    sink.facts.attach((fact, done) => line.tellPipe(fact, done));
    return [...sink.pipeIds];
  }

  /** After `attach`, when the sink is ready to hear. */
  catchUp(sinkId: NodeId): void {
    this.#sinks.get(sinkId)?.facts.catchUp();
  }

  detach(sinkId: NodeId, line: SinkLine): void {
    const sink = this.#sinks.get(sinkId);
    if (!sink || sink.line !== line) return; // A newer line has taken its place.
    sink.line = undefined;
    sink.facts.detach();
    if (sink.pipeIds.size === 0) return this.#forget(sinkId, sink);
    sink.grace = setTimeout(() => this.#forget(sinkId, sink), PIPE_GRACE_MS);
    sink.grace.unref();
  }

  owns(sinkId: NodeId, pipeId: string): boolean {
    return this.#owners.get(pipeId) === sinkId;
  }

  /** Notes that the sink is about to open it; false when that is not to be. */
  claim(sinkId: NodeId, pipeId: string): boolean {
    const sink = this.#sinks.get(sinkId);
    if (!sink || this.#owners.has(pipeId) || sink.pipeIds.size >= MAX_PIPES) return false;
    sink.pipeIds.add(pipeId);
    this.#owners.set(pipeId, sinkId);
    return true;
  }

  release(pipeId: string): void {
    const sinkId = this.#owners.get(pipeId);
    this.#owners.delete(pipeId);
    if (sinkId) this.#sinks.get(sinkId)?.pipeIds.delete(pipeId);
  }

  close(): void {
    this.#unsubscribe();
    for (const sink of this.#sinks.values()) clearTimeout(sink.grace);
    this.#sinks.clear();
    this.#owners.clear();
  }

  #add(sinkId: NodeId): Sink {
    const sink: Sink = { line: undefined, pipeIds: new Set(), facts: new Outbox(), grace: undefined };
    this.#sinks.set(sinkId, sink);
    return sink;
  }

  #forget(sinkId: NodeId, sink: Sink): void {
    this.#sinks.delete(sinkId);
    this.#closePipes(sink);
  }

  #closePipes(sink: Sink): void {
    sink.facts.clear();
    for (const pipeId of [...sink.pipeIds]) {
      this.release(pipeId);
      void this.#pipes.closePipe(pipeId);
    }
  }

  #tell(fact: PipeFact): void {
    const sinkId = this.#owners.get(fact.pipeId);
    const sink = sinkId && this.#sinks.get(sinkId);
    if (!sink) return;
    if (fact.type === 'pipeClosed') this.release(fact.pipeId);
    if (sink.facts.size >= MAX_WAITING_FACTS) {
      // Without a pipe it has nothing to be told; on its next line it learns that none stands.
      this.#closePipes(sink);
      return sink.line?.cut();
    }
    sink.facts.tell(fact);
  }
}
