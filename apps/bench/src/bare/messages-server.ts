/**
 * The least that a chat over Socket.IO can be: who posts is told that it was taken, and everybody in the room gets
 * it, from memory, with nothing checked and nothing kept. Names and shapes are those of Relais, so that the same
 * client speaks to both and as many bytes go over the wire.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

interface Up {
  join: (
    request: { room: string; participantId: string; name: string },
    ack: (answer: object) => void,
  ) => void;
  'chat:post': (request: { clientMessageId: string; text: string }, ack: (answer: object) => void) => void;
}
interface Down {
  meetingEvents: (payload: { events: { version: number; event: object }[] }) => void;
}
interface Data {
  room: string;
  participantId: string;
  name: string;
}

const http = createServer();
const io = new Server<Up, Down, object, Data>(http, { serveClient: false });
let version = 0;

io.on('connection', (socket) => {
  socket.on('join', (request, ack) => {
    Object.assign(socket.data, request);
    void socket.join(request.room);
    ack({ ok: true, value: {} });
  });
  socket.on('chat:post', ({ clientMessageId, text }, ack) => {
    const { room, participantId, name } = socket.data;
    version += 1;
    const event = { type: 'messagePosted', participantId, name, clientMessageId, text, at: Date.now() };
    io.to(room).emit('meetingEvents', { events: [{ version, event }] });
    ack({ ok: true, value: {} });
  });
});

process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});
