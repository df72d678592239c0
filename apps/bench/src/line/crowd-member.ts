import { evolveLive, microphoneProfile } from '@relais/domain';
import { Device } from 'mediasoup-client';
import type { types as client } from 'mediasoup-client';
import type { ConsumerParameters, Fact, MediaSource } from '@relais/protocol';
import { PROTOCOL_VERSION } from '@relais/protocol/limits';
import { ROUTER_CAPABILITIES } from '@relais/protocol/router-capabilities';
import { io, type Socket } from 'socket.io-client';
import { sendingOptions } from '../../../web/src/lib/media/sending-options.ts';
import { withoutSoundFeedback } from '../../../web/src/lib/media/spared-feedback.ts';
import { ask, identity, openPair } from '../load/product-participant.ts';
import { toClient } from '../load/sending.ts';
import { createSparing } from './frugal.ts';
import { waitForSound } from './wait-for-sound.ts';

interface Up {
  [name: string]: (request: unknown, ack: (answer: unknown) => void) => void;
}
interface Down {
  liveChanged: (fact: Fact<'liveChanged'>) => void;
  meetingEvents: (fact: Fact<'meetingEvents'>) => void;
  consumersClosed: (fact: Fact<'consumersClosed'>) => void;
}
export type MemberSocket = Socket<Down, Up>;

export interface MemberOptions {
  url: string;
  code: string;
  name: string;
  /** Its number in the crowd. */
  index: number;
  microphone: MediaStreamTrack;
  camera: MediaStreamTrack;
  /** Its id is known: before anybody is told what it sends. */
  joined: (participantId: string) => void;
  /** Whether this is to be received. */
  wants: (participantId: string, source: MediaSource) => boolean;
}

export interface Member {
  participantId: string;
  socket: MemberSocket;
  leave(): Promise<void>;
}

/** One of the others of a meeting, on a good line: sends as the product does, and receives only what is measured. */
export async function joinAsMember(options: MemberOptions): Promise<Member> {
  const { url, code, name } = options;
  const socket: MemberSocket = io(url, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const device = new Device();
  await device.load({
    routerRtpCapabilities: toClient<client.RtpCapabilities>(withoutSoundFeedback(ROUTER_CAPABILITIES)),
  });
  const identities = { send: await identity(), recv: await identity() };
  const joined = await ask(socket, 'meeting:join', {
    protocolVersion: PROTOCOL_VERSION,
    code: toClient(code),
    name,
    media: toClient({
      rtpCapabilities: device.recvRtpCapabilities,
      fingerprints: { send: identities.send.fingerprints, recv: identities.recv.fingerprints },
      maxVideos: 0,
    }),
  });
  const { participantId } = joined.seat;
  options.joined(participantId);
  const { media } = joined;
  if (!media) throw new Error('No media was opened');
  const pair = openPair(device, media, identities);
  const receiving = receive({ ...options, socket, peerId: media.peerId, recv: pair.recv });
  receiving.take(media.consumers);
  const stopWaiting = waitForSound(pair, () => receiving.held());
  const sparing = createSparing(pair.send, options.microphone);
  let live = joined.live.state;
  const spare = () => sparing.set(microphoneProfile(live, participantId, false));
  socket.on('liveChanged', ({ fact }) => {
    live = evolveLive(live, fact);
    if (fact.type === 'producerOpened' && options.wants(fact.participantId, fact.source))
      void receiving.ask(fact.producerId);
    if (fact.type === 'lineChanged') void spare();
  });
  for (const [source, track] of [
    ['microphone', options.microphone],
    ['camera', options.camera],
  ] as const) {
    const producer = await pair.send.produce({ ...sendingOptions(source), track, stopTracks: false });
    if (source === 'microphone') sparing.of(producer);
    await ask(socket, 'media:produce', {
      peerId: media.peerId,
      source,
      kind: producer.kind,
      rtpParameters: toClient(producer.rtpParameters),
      paused: false,
    });
  }
  await spare();
  return {
    participantId,
    socket,
    async leave() {
      stopWaiting();
      await ask(socket, 'meeting:leave', {});
      pair.send.close();
      pair.recv.close();
      socket.disconnect();
    },
  };
}

function receive({
  socket,
  recv,
  peerId,
  index,
  wants,
}: MemberOptions & { socket: MemberSocket; recv: client.Transport; peerId: string }) {
  const consumers = new Map<string, client.Consumer>();
  socket.on('consumersClosed', ({ consumerIds }) => {
    for (const id of consumerIds) consumers.get(id)?.close();
  });

  async function open({ consumerId, participantId, ...rest }: ConsumerParameters): Promise<void> {
    // The probe tells by it who is heard, and by whom.
    const streamId = `${participantId}@${index}`;
    const options = { id: consumerId, ...rest, streamId };
    const consumer = await recv.consume(toClient<client.ConsumerOptions>(options));
    consumers.set(consumerId, consumer);
    if (consumer.kind === 'audio') play(consumer.track);
  }

  function take(offered: readonly ConsumerParameters[]): void {
    const wanted = offered.filter(({ participantId, source }) => wants(participantId, source));
    const rest = offered.filter((one) => !wanted.includes(one)).map(({ consumerId }) => consumerId);
    for (const one of wanted) void open(one);
    if (rest.length > 0) void ask(socket, 'media:closeConsumers', { consumerIds: rest });
  }

  return {
    take,
    held: () => consumers.values(),
    async ask(producerId: string): Promise<void> {
      const { consumers: opened } = await ask(socket, 'media:consume', {
        peerId: toClient(peerId),
        producerIds: [toClient(producerId)],
      });
      take(opened);
      const consumerIds = opened.map(({ consumerId }) => consumerId);
      if (consumerIds.length > 0) await ask(socket, 'media:pauseConsumers', { consumerIds, paused: false });
    },
  };
}

/** Sound that nobody plays is not decoded. */
function play(track: MediaStreamTrack): void {
  const element = document.createElement('audio');
  element.srcObject = new MediaStream([track]);
  document.body.append(element);
  void element.play();
  track.addEventListener('ended', () => element.remove());
}
