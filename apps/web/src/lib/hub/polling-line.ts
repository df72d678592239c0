import { io } from 'socket.io-client';
import { SOCKET_PATH, type Line, type LineEvents } from './line.ts';

/** Where a proxy lets no WebSocket through: Socket.IO's own client, over plain requests. */
export function openPollingLine(origin: string, events: LineEvents): Line {
  const socket = io(origin, {
    path: SOCKET_PATH,
    transports: ['polling'],
    reconnection: false,
    forceNew: true,
  });
  const listening = new AbortController();
  const heard = () => !listening.signal.aborted;
  socket.on('connect', () => heard() && events.opened());
  socket.onAny((name: string, fact: unknown) => heard() && events.told(name, fact));
  for (const fallen of ['connect_error', 'disconnect'] as const)
    socket.on(fallen, () => {
      if (!heard()) return;
      listening.abort();
      socket.disconnect();
      events.closed();
    });
  return {
    ask(name, payload, answered) {
      let isAwaited = true;
      socket.emit(name, payload, (value: unknown) => isAwaited && answered(value));
      return () => (isAwaited = false);
    },
    leave() {
      listening.abort();
      socket.disconnect();
    },
    drop() {
      listening.abort();
      socket.io.engine.close();
      socket.disconnect();
    },
  };
}
