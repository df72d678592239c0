import pino from 'pino';
import { MediasoupNode } from '../src/node.ts';
import type { SfuOptions } from '../src/options.ts';

/** A node of one worker on free ports of this machine, silent unless `LOG_LEVEL` says otherwise. */
export function createTestNode(options: Partial<SfuOptions> = {}): Promise<MediasoupNode> {
  const logger = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });
  return MediasoupNode.create({ listenIp: '127.0.0.1', workers: 1, logger, ...options });
}

/** As a crash would: nothing is told to anybody. */
export function killWorkerOf(node: MediasoupNode, roomId: string): number {
  const { pool, room } = node.internals();
  const worker = pool.slots
    .flatMap((slot) => slot.worker ?? [])
    .find((each) => hosts(each.rooms, room(roomId)));
  if (!worker) throw new Error(`no worker carries ${roomId}`);
  worker.kill();
  return worker.pid;
}

function hosts<T>(rooms: ReadonlySet<T>, room: T | undefined): boolean {
  return room !== undefined && rooms.has(room);
}
