import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy on loopback that can make every byte late, as a long line does. */
export interface DelayProxy {
  origin: string;
  /** Half of the added round trip, for what is sent from now on. */
  setOneWayDelay(ms: number): void;
  close(): void;
}

/** In front of a server's HTTP port: pages and signalling go through it, media (UDP) does not. */
export async function startDelayProxy(target: string): Promise<DelayProxy> {
  const port = Number(new URL(target).port);
  const sockets = new Set<Socket>();
  let delay = 0;
  const pipe = (from: Socket, to: Socket) => {
    // Timers of one length fire in the order in which they were set, so the bytes keep theirs.
    const later = (action: () => void) => (delay === 0 ? action() : setTimeout(action, delay));
    from.on('data', (chunk) => later(() => to.writable && to.write(chunk)));
    from.on('end', () => later(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => sockets.delete(from));
  };
  const server = createServer((inner) => {
    const outer = connect(port, '127.0.0.1');
    for (const socket of [inner, outer]) sockets.add(socket.setNoDelay(true));
    pipe(inner, outer);
    pipe(outer, inner);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setOneWayDelay: (ms) => (delay = ms),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
