import type { Device, Transport } from 'mediasoup-client/types';
import type { CheckPath, PathOutcome } from '@relais/domain';
import type { CheckMedia, RtpCapabilities, RtpParameters } from '@relais/protocol';
import {
  fromClientCapabilities,
  fromClientParameters,
  toClientParameters,
  toTransportOptions,
} from '../media/client-shapes.ts';
import { createDtlsIdentity, type DtlsIdentity } from '../media/dtls-identity.ts';
import type { HubClient } from '../hub/hub-client.ts';
import { countsOf, lineMeasureOf } from './line-measure.ts';

export interface PathDeps {
  hub: HubClient;
  device: Device;
  /** What is sent on it [CHECK-3]. */
  track: MediaStreamTrack;
  /** The page is left. */
  closed: AbortSignal;
}

/** Milliseconds: on a satellite a relay over TLS takes nine round trips of 600. */
const CONNECT_TIMEOUT: Record<CheckPath, number> = { udp: 8000, tcp: 8000, relay: 12_000 };
/** Long enough for one report of the media node, which comes every five seconds, and for three hundred packets. */
const LOOP_MS = 7000;
/** A voice as a thin line has it: 40 kbit/s with all that goes around it. */
const LOOP_BITRATE = 16_000;

interface OpenPath {
  send: Transport;
  recv: Transport;
  close(): void;
}

/** Whether a media node is reached over this path and over no other. Never rejects. */
export async function tryPath(deps: PathDeps, path: CheckPath): Promise<PathOutcome> {
  const opened = await open(deps, path);
  if (typeof opened === 'string') return opened;
  try {
    const connected = settled(opened.send, CONNECT_TIMEOUT[path], deps.closed);
    await produce(opened.send, deps.track);
    return (await connected) ? 'open' : 'blocked';
  } catch {
    return 'unknown';
  } finally {
    opened.close();
  }
}

/** Sends a sound to the media node and counts what comes back. Undefined when it could not. Never rejects. */
export async function measureLine(deps: PathDeps, path: CheckPath) {
  const opened = await open(deps, path);
  if (typeof opened === 'string') return undefined;
  const { send, recv } = opened;
  try {
    const connected = settled(send, CONNECT_TIMEOUT[path], deps.closed);
    const sent = fromClientParameters((await produce(send, deps.track)).rtpParameters);
    const echo = await deps.hub.request('check:loop', { rtpParameters: withoutResending(sent) });
    if (!echo.ok) return undefined;
    const { consumerId: id, producerId, kind, rtpParameters } = echo.value;
    const back = settled(recv, CONNECT_TIMEOUT[path], deps.closed);
    await recv.consume({ id, producerId, kind, rtpParameters: toClientParameters(rtpParameters) });
    if (!(await connected) || !(await back)) return undefined;
    await passed(LOOP_MS, deps.closed);
    const reports = async (transport: Transport) => [...(await transport.getStats()).values()] as Report[];
    return lineMeasureOf(countsOf(await reports(send), await reports(recv)));
  } catch {
    return undefined;
  } finally {
    opened.close();
  }
}

type Report = { type: string; [key: string]: unknown };

async function open({ hub, device }: PathDeps, path: CheckPath): Promise<OpenPath | PathOutcome> {
  const [out, back] = await Promise.all([createDtlsIdentity(), createDtlsIdentity()]);
  const answer = await hub.request('check:open', {
    rtpCapabilities: capabilitiesOf(device),
    fingerprints: { send: out.fingerprints, recv: back.fingerprints },
  });
  if (!answer.ok) return 'unknown';
  const media = answer.value;
  if (path === 'relay' ? !media.iceServers : candidatesFor(media.send, path).length === 0) return 'none';
  const send = device.createSendTransport(optionsFor(media, 'send', path, out));
  const recv = device.createRecvTransport(optionsFor(media, 'recv', path, back));
  for (const transport of [send, recv]) transport.on('connect', (_parameters, done) => done());
  send.on('produce', (_parameters, done) => done({ id: crypto.randomUUID() }));
  return {
    send,
    recv,
    close() {
      send.close();
      recv.close();
      // The hub would do it by itself a little later.
      void hub.request('check:close', {});
    },
  };
}

/** Only what leads over this path is told to the browser: it finds no other. */
function optionsFor(media: CheckMedia, way: 'send' | 'recv', path: CheckPath, identity: DtlsIdentity) {
  return {
    ...toTransportOptions({ ...media[way], iceCandidates: candidatesFor(media[way], path) }),
    ...(path === 'relay' && media.iceServers && { iceServers: media.iceServers }),
    iceTransportPolicy: path === 'relay' ? ('relay' as const) : ('all' as const),
    additionalSettings: { certificates: [identity.certificate] },
  };
}

function candidatesFor({ iceCandidates }: CheckMedia['send'], path: CheckPath) {
  return path === 'relay' ? iceCandidates : iceCandidates.filter(({ protocol }) => protocol === path);
}

function produce(send: Transport, track: MediaStreamTrack) {
  return send.produce({
    track,
    stopTracks: false,
    encodings: [{ maxBitrate: LOOP_BITRATE }],
    codecOptions: { opusStereo: false, opusFec: false, opusDtx: false, opusMaxAverageBitrate: LOOP_BITRATE },
  });
}

/** A lost packet is to be counted, not asked for again. */
function capabilitiesOf(device: Device): RtpCapabilities {
  const { codecs, headerExtensions } = fromClientCapabilities(device.recvRtpCapabilities);
  return { codecs: codecs.map(withoutNack), headerExtensions };
}

function withoutResending(parameters: RtpParameters): RtpParameters {
  return { ...parameters, codecs: parameters.codecs.map(withoutNack) };
}

function withoutNack<
  C extends { rtcpFeedback?: { type: string; parameter?: string | undefined }[] | undefined },
>(codec: C): C {
  return { ...codec, rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => type !== 'nack') };
}

/** Whether it connects within its time. */
function settled(transport: Transport, ms: number, closed: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms, false);
    const look = () => {
      if (transport.connectionState === 'connected') end(true);
      if (transport.connectionState === 'failed' || transport.closed) end(false);
    };
    const leave = () => end(false);
    transport.on('connectionstatechange', look);
    closed.addEventListener('abort', leave);
    look();
    function end(connected: boolean) {
      clearTimeout(timer);
      transport.off('connectionstatechange', look);
      closed.removeEventListener('abort', leave);
      resolve(connected);
    }
  });
}

function passed(ms: number, closed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    closed.addEventListener('abort', end);
    function end() {
      clearTimeout(timer);
      closed.removeEventListener('abort', end);
      resolve();
    }
  });
}
