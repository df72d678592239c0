import { Device } from 'mediasoup-client';
import type { types as client } from 'mediasoup-client';
import { io, type Socket } from 'socket.io-client';
import type { BareDown, BareUp } from '../bare/protocol.ts';
import { AUDIO, toClient, totalsOf, VIDEO, type Participant } from './sending.ts';

export type BareSocket = Socket<BareDown, BareUp>;

export function connectBare(url: string): Promise<BareSocket> {
  const socket: BareSocket = io(url, { transports: ['websocket'], forceNew: true });
  return new Promise((resolve) => socket.once('connect', () => resolve(socket)));
}

/**
 * The steps of mediasoup's documentation, as fast as they can follow each other: what does not depend on the
 * other is asked for at once. `onTrack` gets each received track.
 */
export async function joinBare(options: {
  socket: BareSocket;
  room: string;
  stream: MediaStream;
  onTrack?: (track: MediaStreamTrack) => void;
}): Promise<Participant> {
  const { socket, room, stream, onTrack } = options;
  const waiting: string[] = [];
  let take = (producerId: string) => void waiting.push(producerId);
  socket.on('newProducer', ({ producerId }) => take(producerId));

  const { capabilities, producerIds } = await socket.emitWithAck('join', { room });
  const device = new Device();
  await device.load({ routerRtpCapabilities: toClient<client.RtpCapabilities>(capabilities) });
  const [sendOptions, recvOptions] = await Promise.all([
    socket.emitWithAck('createTransport', {}),
    socket.emitWithAck('createTransport', {}),
  ]);
  const send = device.createSendTransport(sendOptions);
  const recv = device.createRecvTransport(recvOptions);
  wire(socket, send);
  wire(socket, recv);

  const consumers: client.Consumer[] = [];
  const consume = async (producerId: string) => {
    const answer = await socket.emitWithAck('consume', {
      transportId: recv.id,
      producerId,
      capabilities: device.recvRtpCapabilities,
    });
    const consumer = await recv.consume(toClient<client.ConsumerOptions>(answer));
    consumers.push(consumer);
    onTrack?.(consumer.track);
    await socket.emitWithAck('resume', { consumerId: consumer.id });
  };
  take = (producerId) => void consume(producerId);
  await Promise.all([...[...producerIds, ...waiting].map(consume), produceAll(send, stream)]);
  return {
    received: async () => totalsOf((await recv.getStats()).values(), consumers.length),
    leave: async () => {
      send.close();
      recv.close();
      socket.disconnect();
    },
  };
}

function wire(socket: BareSocket, transport: client.Transport): void {
  const transportId = transport.id;
  transport.on('connect', ({ dtlsParameters }, done) => {
    void socket.emitWithAck('connectTransport', { transportId, dtlsParameters }).then(done);
  });
  transport.on('produce', ({ kind, rtpParameters }, done) => {
    void socket.emitWithAck('produce', { transportId, kind, rtpParameters }).then(done);
  });
}

/** The tracks are clones: closing a producer stops its own. */
async function produceAll(send: client.Transport, stream: MediaStream): Promise<void> {
  const [audio] = stream.getAudioTracks();
  const [video] = stream.getVideoTracks();
  if (audio) await send.produce({ ...AUDIO, track: audio.clone() });
  if (video) await send.produce({ ...VIDEO, track: video.clone() });
}
