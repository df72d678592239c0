import { Device } from 'mediasoup-client';
import type { types as client } from 'mediasoup-client';
import type {
  Answer,
  AnswerValue,
  ConsumerParameters,
  Fact,
  RequestInput,
  RequestName,
} from '@relais/protocol';
import { PROTOCOL_VERSION } from '@relais/protocol/limits';
import { ROUTER_CAPABILITIES } from '@relais/protocol/router-capabilities';
import { io, type Socket } from 'socket.io-client';
import { AUDIO, toClient, totalsOf, VIDEO, type Participant } from './sending.ts';

interface Up {
  [name: string]: (request: unknown, ack: (answer: unknown) => void) => void;
}
interface Down {
  liveChanged: (fact: Fact<'liveChanged'>) => void;
}

/** A participant of Relais without its pages: the protocol alone, with the same tracks as the reference's. */
export async function joinProduct(options: {
  url: string;
  code: string;
  name: string;
  stream: MediaStream;
}): Promise<Participant> {
  const { url, code, name, stream } = options;
  const socket: Socket<Down, Up> = io(url, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const waiting: string[] = [];
  let take = (producerId: string) => void waiting.push(producerId);
  const own = new Set<string>();
  socket.on('liveChanged', ({ fact }) => {
    if (fact.type === 'producerOpened' && !own.has(fact.participantId)) take(fact.producerId);
  });

  const device = new Device();
  await device.load({ routerRtpCapabilities: toClient<client.RtpCapabilities>(ROUTER_CAPABILITIES) });
  const identities = { send: await identity(), recv: await identity() };
  const joined = await ask(socket, 'meeting:join', {
    protocolVersion: PROTOCOL_VERSION,
    code: toClient(code),
    name,
    media: toClient({
      rtpCapabilities: device.recvRtpCapabilities,
      fingerprints: { send: identities.send.fingerprints, recv: identities.recv.fingerprints },
      maxVideos: 9,
    }),
  });
  own.add(joined.seat.participantId);
  const media = joined.media;
  if (!media) throw new Error('No media was opened');
  const pair = openPair(device, media, identities);

  const consumers: client.Consumer[] = [];
  const receive = async ({ consumerId, ...rest }: ConsumerParameters) => {
    consumers.push(await pair.recv.consume(toClient<client.ConsumerOptions>({ id: consumerId, ...rest })));
  };
  take = (producerId) =>
    void consumeLater(socket, media.peerId, producerId).then((found) => Promise.all(found.map(receive)));
  await Promise.all([...media.consumers.map(receive), produceAll(socket, media.peerId, pair.send, stream)]);
  for (const producerId of waiting) take(producerId);
  return {
    received: async () => totalsOf((await pair.recv.getStats()).values(), consumers.length),
    leave: async () => {
      await ask(socket, 'meeting:leave', {});
      pair.send.close();
      pair.recv.close();
      socket.disconnect();
    },
  };
}

export async function ask<N extends RequestName>(
  socket: Socket<Down, Up>,
  name: N,
  request: RequestInput<N>,
): Promise<AnswerValue<N>> {
  const answered: unknown = await socket.timeout(15_000).emitWithAck(name, request);
  const answer = answered as Answer<AnswerValue<N>>;
  if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}

/** A certificate made beforehand, so that the hub can be told of it in the request to join. */
export async function identity() {
  const curve: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };
  const certificate = await RTCPeerConnection.generateCertificate(curve);
  const fingerprints = certificate.getFingerprints().map(({ algorithm, value }) => ({ algorithm, value }));
  return { certificate, fingerprints };
}

export type Identity = Awaited<ReturnType<typeof identity>>;
export type Media = NonNullable<AnswerValue<'meeting:join'>['media']>;

export function openPair(device: Device, media: Media, { send, recv }: Record<'send' | 'recv', Identity>) {
  const optionsOf = (parameters: Media['send'], { certificate }: Identity) => ({
    ...toClient<client.TransportOptions>(parameters),
    additionalSettings: { certificates: [certificate] },
  });
  const pair = {
    send: device.createSendTransport(optionsOf(media.send, send)),
    recv: device.createRecvTransport(optionsOf(media.recv, recv)),
  };
  for (const transport of [pair.send, pair.recv]) transport.on('connect', (_parameters, done) => done());
  pair.send.on('produce', (_parameters, done) => done({ id: crypto.randomUUID() }));
  return pair;
}

export async function consumeLater(socket: Socket<Down, Up>, peerId: string, producerId: string) {
  const { consumers } = await ask(socket, 'media:consume', {
    peerId: toClient(peerId),
    producerIds: [toClient(producerId)],
  });
  const consumerIds = consumers.map(({ consumerId }) => consumerId);
  if (consumerIds.length > 0) await ask(socket, 'media:pauseConsumers', { consumerIds, paused: false });
  return consumers;
}

/** The tracks are clones: closing a producer stops its own. */
async function produceAll(
  socket: Socket<Down, Up>,
  peerId: string,
  send: client.Transport,
  stream: MediaStream,
) {
  for (const track of [...stream.getAudioTracks(), ...stream.getVideoTracks()]) {
    const isAudio = track.kind === 'audio';
    const producer = await send.produce({ ...(isAudio ? AUDIO : VIDEO), track: track.clone() });
    await ask(socket, 'media:produce', {
      peerId: toClient(peerId),
      source: isAudio ? 'microphone' : 'camera',
      kind: producer.kind,
      rtpParameters: toClient(producer.rtpParameters),
      paused: false,
    });
  }
}
