import { fail, ok } from '@relais/kit';
import type { NodeId, OpenPipe, PipeAddress, PipedProducer, PipeFact, PipeSource } from '@relais/protocol';

export const somewhere: PipeAddress = {
  ip: '127.0.0.1',
  port: 44500,
  srtp: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: 'AAAA' },
};

/** Pipes without packets: what was opened and let go, and facts at will. */
export class MemoryPipes implements PipeSource {
  readonly nodeId: NodeId;
  readonly open = new Map<string, OpenPipe>();
  readonly producers = new Map<string, PipedProducer>();
  readonly letGo: string[] = [];
  readonly wanted: string[] = [];
  readonly #listeners = new Set<(fact: PipeFact) => void>();

  constructor(nodeId: NodeId) {
    this.nodeId = nodeId;
  }

  async locate(_roomId: string, ids: Parameters<PipeSource['locate']>[1]) {
    return ok(
      ids.filter((id) => this.producers.has(id)).map((producerId) => ({ producerId, routerId: 'router' })),
    );
  }

  async openPipe(request: OpenPipe) {
    this.open.set(request.pipeId, request);
    return ok(somewhere);
  }

  async takeProducer(pipeId: string, producerId: string) {
    const producer = this.producers.get(producerId);
    return this.open.has(pipeId) && producer
      ? ok(producer)
      : fail({ kind: 'unknownId' as const, id: producerId });
  }

  async wantProducer(pipeId: string, producerId: string, spatialLayer: number | null) {
    this.wanted.push(`${pipeId} ${producerId} ${spatialLayer}`);
    return ok(undefined);
  }

  async letProducerGo(pipeId: string, producerId: string) {
    this.letGo.push(`${pipeId} ${producerId}`);
  }

  async closePipe(pipeId: string) {
    this.open.delete(pipeId);
  }

  subscribePipes(listener: (fact: PipeFact) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(fact: PipeFact): void {
    for (const listener of this.#listeners) listener(fact);
  }
}
