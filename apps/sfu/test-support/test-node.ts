import pino from 'pino';
import type { Result } from '@relais/kit';
import type { MediaWorker } from '../src/media/media-worker.ts';
import { MediasoupNode } from '../src/node.ts';
import type { SfuOptions } from '../src/options.ts';

/** A node of one worker on free ports of this machine, silent unless `LOG_LEVEL` says otherwise. */
export function createTestNode(options: Partial<SfuOptions> = {}): Promise<MediasoupNode> {
  const logger = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });
  return MediasoupNode.create({ listenAddresses: ['127.0.0.1'], workers: 1, logger, ...options });
}

/** As a crash would: nothing is told to anybody. */
export function killWorkerOf(node: MediasoupNode, roomId: string): number {
  const worker = workerOf(node, roomId);
  worker.kill();
  return worker.pid;
}

/** All that carry some of the room, at once. */
export function killWorkersOf(node: MediasoupNode, roomId: string): void {
  for (const { worker } of node.internals().room(roomId)?.routers ?? []) worker.kill();
}

export function workerOf(node: MediasoupNode, roomId: string): MediaWorker {
  const internals = node.internals();
  const worker = internals.room(roomId)?.routers[0]?.worker;
  if (!worker) throw new Error(`no worker carries ${roomId}`);
  return worker;
}

/** The worker of a place, as soon as one is up there. */
export async function workerUp(node: MediasoupNode, index: number): Promise<MediaWorker> {
  for (;;) {
    const worker = node.internals().pool.slots[index]?.worker;
    if (worker) return worker;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Resolves with the room's `peersLost`; the listener is in place when this returns. */
export function peersLost(node: MediasoupNode, roomId: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = node.subscribe((fact) => {
      if (fact.type !== 'peersLost' || fact.roomId !== roomId) return;
      stop();
      resolve();
    });
  });
}

export async function pids(node: MediasoupNode): Promise<(number | null)[]> {
  return (await node.stats()).workers.map((worker) => worker.pid);
}

export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
