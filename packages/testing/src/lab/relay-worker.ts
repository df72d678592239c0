/** The thread of relay.ts. */
import { createSocket, type Socket } from 'node:dgram';
import { parentPort, workerData } from 'node:worker_threads';
import { writeChecksum } from './frame.ts';
import { createFate, type Fate } from './impairment.ts';
import type { RelayLine, RelayNews, RelayOrder, RelayState } from './relay.ts';

/** Before each frame. */
const VXLAN_BYTES = 8;
/** Frames under way in one direction at most: a second of 50 Mbit/s. What comes beyond is lost. */
const MOST_UNDER_WAY = 5000;
/** Timers are no finer than a millisecond. */
const SOON_MS = 0.5;

const { local, remote } = workerData as { local: string; remote: string };
const states = new Map<number, (state: RelayState) => void>();

parentPort!.on('message', (order: RelayOrder) => {
  if (order.type === 'change') return states.get(order.id)?.(order.state);
  open(order.line).then(
    () => tell({ type: 'open', id: order.line.id }),
    (error: unknown) => tell({ type: 'failed', id: order.line.id, why: String(error) }),
  );
});

const tell = (news: RelayNews) => parentPort!.postMessage(news);

async function open({ id, near, far, seed, state }: RelayLine): Promise<void> {
  const [nearSocket, farSocket] = await Promise.all([bound(near.port), bound(far.port)]);
  let { isCut } = state;
  const up = createFate(state.up, seed);
  const down = createFate(state.down, seed + 1);
  const cut = () => isCut;
  carry(nearSocket, up, (frame) => farSocket.send(frame, far.port, remote), cut);
  carry(farSocket, down, (frame) => nearSocket.send(frame, near.port, remote), cut);
  states.set(id, (next) => {
    isCut = next.isCut;
    up.change(next.up);
    down.change(next.down);
  });
}

function bound(port: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, local, () => resolve(socket));
  });
}

interface UnderWay {
  at: number;
  frame: Buffer;
}

/** Sends what comes in at its time, in order. What is under way when the line is cut is lost as well. */
function carry(from: Socket, fate: Fate, send: (frame: Buffer) => void, isCut: () => boolean): void {
  const underWay: UnderWay[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function go(): void {
    timer = undefined;
    const now = performance.now();
    while (underWay[0] && underWay[0].at - now < SOON_MS) {
      const { frame } = underWay.shift()!;
      if (!isCut()) send(frame);
    }
    arm(now);
  }

  function arm(now: number): void {
    clearTimeout(timer);
    timer = underWay[0] && setTimeout(go, underWay[0].at - now);
  }

  from.on('message', (frame) => {
    const now = performance.now();
    const at = fate.of(now);
    if (at === undefined || isCut() || underWay.length >= MOST_UNDER_WAY) return;
    writeChecksum(frame.subarray(VXLAN_BYTES));
    const place = underWay.findLastIndex((other) => other.at <= at) + 1;
    underWay.splice(place, 0, { at, frame });
    if (place === 0) arm(now);
  });
}
