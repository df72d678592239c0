/**
 * The least that a video meeting over mediasoup can be: one worker, one router per room, and the steps of
 * mediasoup's documentation, each asked for by the page. Nothing is checked, kept, limited or measured.
 *
 * @see https://mediasoup.org/documentation/v3/communication-between-client-and-server/
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROUTER_CODECS } from '@relais/protocol';
import express from 'express';
import { createWorker, type types } from 'mediasoup';
import { Server, type Socket } from 'socket.io';
import type { BareDown, BareUp } from './protocol.ts';

const PAGE = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>mediasoup</title>
<video id="self" autoplay muted playsinline width="320"></video><button id="join" disabled>Join</button>
<div id="remote"></div><script type="module" src="/page.js"></script></html>`;

interface Room {
  router: types.Router;
  producers: Map<string, types.Producer>;
}

const app = express();
const http = createServer(app);
const io = new Server<BareUp, BareDown>(http, { serveClient: false });
const workerBin = process.env['MEDIASOUP_WORKER_BIN'];
const worker = await createWorker({ logLevel: 'error', ...(workerBin && { workerBin }) });
const rooms = new Map<string, Promise<Room>>();

function roomOf(name: string): Promise<Room> {
  const known = rooms.get(name);
  if (known) return known;
  const mediaCodecs = ROUTER_CODECS.map((codec) => ({ ...codec }));
  const opening = worker.createRouter({ mediaCodecs }).then((router) => ({ router, producers: new Map() }));
  rooms.set(name, opening);
  return opening;
}

io.on('connection', (socket) => {
  socket.on('join', async ({ room: name }, ack) => {
    const room = await roomOf(name);
    serve(socket, name, room);
    void socket.join(name);
    ack({ capabilities: room.router.rtpCapabilities, producerIds: [...room.producers.keys()] });
  });
});

function serve(socket: Socket<BareUp, BareDown>, name: string, { router, producers }: Room): void {
  const transports = new Map<string, types.WebRtcTransport>();
  const consumers = new Map<string, types.Consumer>();

  socket.on('createTransport', async (_request, ack) => {
    const transport = await router.createWebRtcTransport({
      listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }],
      initialAvailableOutgoingBitrate: 800_000,
    });
    transports.set(transport.id, transport);
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    ack({ id, iceParameters, iceCandidates, dtlsParameters });
  });
  socket.on('connectTransport', async ({ transportId, dtlsParameters }, ack) => {
    await transports.get(transportId)!.connect({ dtlsParameters });
    ack({});
  });
  socket.on('produce', async ({ transportId, kind, rtpParameters }, ack) => {
    const producer = await transports.get(transportId)!.produce({ kind, rtpParameters });
    producers.set(producer.id, producer);
    producer.observer.once('close', () => producers.delete(producer.id));
    socket.to(name).emit('newProducer', { producerId: producer.id });
    ack({ id: producer.id });
  });
  socket.on('consume', async ({ transportId, producerId, capabilities }, ack) => {
    const consumer = await transports
      .get(transportId)!
      .consume({ producerId, rtpCapabilities: capabilities, paused: true });
    consumers.set(consumer.id, consumer);
    const { id, kind, rtpParameters } = consumer;
    ack({ id, producerId, kind, rtpParameters });
  });
  socket.on('resume', async ({ consumerId }, ack) => {
    await consumers.get(consumerId)!.resume();
    ack({});
  });
  socket.on('disconnect', () => {
    for (const transport of transports.values()) transport.close();
  });
}

app.get('/', (_request, response) => void response.type('html').send(PAGE));
app.get('/page.js', (_request, response) => {
  const pageFile = process.env['BARE_PAGE'];
  if (pageFile) response.sendFile(pageFile);
  else response.sendStatus(404);
});
// Whoever closes the page in the middle of its joining leaves a request about what is gone.
process.on('unhandledRejection', () => undefined);
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});
