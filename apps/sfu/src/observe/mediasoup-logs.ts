import { setLogEventListeners } from 'mediasoup';
import type { Logger } from 'pino';

/**
 * mediasoup's own lines go to the node's log, a level lower than mediasoup gives them: what it warns of (a
 * browser's odd parameters, a packet of nobody's) is the daily life of a server that strangers talk to. It has
 * one log for the whole process, so the last node created gets it.
 */
export function hookMediasoupLogs(logger: Logger): void {
  setLogEventListeners({
    onwarn: (namespace, log) => logger.debug({ namespace }, log),
    onerror: (namespace, log, error) => logger.warn({ namespace, err: error }, log),
  });
}
