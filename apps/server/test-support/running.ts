import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, AnswerValue, RequestInput, RequestName } from '@relais/protocol';
import { PROTOCOL_VERSION, ROUTER_CAPABILITIES } from '@relais/protocol';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { readConfig } from '../src/config.ts';
import { startServer } from '../src/server.ts';

/** The whole product but its pages, in this process, on free ports, with a data folder of its own. */
export async function startRelais(env: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-test-'));
  const config = readConfig({
    ...process.env,
    PORT: '0',
    RELAIS_DATA_DIR: dataDir,
    RELAIS_MEDIA_PORT: '0',
    RELAIS_MEDIA_WORKERS: '1',
    RELAIS_WEB: 'off',
    ...env,
  });
  if (!config.ok) throw new Error(config.error.join('\n'));
  const server = await startServer(config.value, pino({ level: 'silent' }));
  return {
    url: server.url ?? '',
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function createMeeting(url: string, title?: string) {
  return (await createWithKey(url, title)).code;
}

/** The same, with the key of who runs it. */
export async function createWithKey(url: string, title = 'Table de concertation') {
  const response = await fetch(`${url}/api/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title }),
  });
  const answer = (await response.json()) as { value: { code: string; facilitatorKey: string } };
  return answer.value;
}

/** A socket that speaks the protocol, and any other nonsense. */
export async function connect(url: string) {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return new TestSocket(socket);
}

export class TestSocket {
  readonly socket: Socket;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Whatever name and payload; rejects when no answer came within 15 s. */
  raw(name: string, ...payload: unknown[]): Promise<Answer<unknown>> {
    return this.socket.timeout(15_000).emitWithAck(name, ...payload) as Promise<Answer<unknown>>;
  }

  async call<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<AnswerValue<N>> {
    const answer = await this.raw(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`);
    return answer.value as AnswerValue<N>;
  }

  join(code: RequestInput<'meeting:join'>['code'], name: string) {
    return this.call('meeting:join', { protocolVersion: PROTOCOL_VERSION, code, name, media: MEDIA });
  }

  close(): void {
    this.socket.disconnect();
  }
}

const FINGERPRINTS = [
  {
    algorithm: 'sha-256' as const,
    value: Array.from({ length: 32 }, (_, i) => (i + 16).toString(16)).join(':'),
  },
];

export const MEDIA: RequestInput<'media:open'> = {
  rtpCapabilities: ROUTER_CAPABILITIES,
  fingerprints: { send: FINGERPRINTS, recv: FINGERPRINTS },
  maxVideos: 9,
};

export function voice(peerId: string, ssrc: number): RequestInput<'media:produce'> {
  return {
    peerId,
    source: 'microphone',
    kind: 'audio',
    rtpParameters: {
      mid: '0',
      codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, channels: 2, parameters: {} }],
      headerExtensions: [],
      encodings: [{ ssrc }],
      rtcp: { cname: 'x' },
    },
    paused: false,
  };
}
