import type { types } from 'mediasoup';
import type { PipeAddress } from '@relais/protocol';
import type { MediaWorker } from '../media/media-worker.ts';
import type { PipeListen } from '../options.ts';

/** Where an end of a pipe is made. */
export interface PipeHost {
  readonly worker: MediaWorker;
  readonly router: types.Router;
}

/**
 * One end of a pipe, always with SRTP, so that there is one way for all pipes. Lost packets are asked for again only
 * between nodes: loopback loses none.
 */
export function openPipeTransport(
  { worker, router }: PipeHost,
  { ip, announcedAddress, portRange }: PipeListen,
  between: 'workers' | 'nodes',
): Promise<types.PipeTransport> {
  const opening = router.createPipeTransport({
    listenInfo: {
      protocol: 'udp',
      ip,
      ...(announcedAddress !== undefined && { announcedAddress }),
      ...(portRange && { portRange }),
    },
    enableSrtp: true,
    enableRtx: between === 'nodes',
  });
  return worker.ask(opening, 'createPipeTransport');
}

export function addressOf({ tuple, srtpParameters }: types.PipeTransport): PipeAddress {
  if (!srtpParameters) throw new Error('a pipe without SRTP');
  const { cryptoSuite, keyBase64 } = srtpParameters;
  return { ip: tuple.localAddress, port: tuple.localPort, srtp: { cryptoSuite, keyBase64 } };
}

/** Throws if the far end would use another cipher than mediasoup's pipes know. */
export async function connectPipe(
  { worker }: PipeHost,
  transport: types.PipeTransport,
  { ip, port, srtp }: PipeAddress,
): Promise<void> {
  const cryptoSuite = transport.srtpParameters?.cryptoSuite;
  if (!cryptoSuite || srtp.cryptoSuite !== cryptoSuite)
    throw new Error(`not our cipher: ${srtp.cryptoSuite}`);
  const srtpParameters = { cryptoSuite, keyBase64: srtp.keyBase64 };
  await worker.ask(transport.connect({ ip, port, srtpParameters }), 'connectPipe');
}
