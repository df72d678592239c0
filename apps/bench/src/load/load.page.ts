/** Runs in Chromium: several participants of one meeting in one page, driven by load-page.ts. */
import { connectBare, joinBare } from './bare-participant.ts';
import { joinProduct } from './product-participant.ts';
import { CAPTURE, type Participant, type Received } from './sending.ts';

export interface LoadControl {
  join(server: 'product' | 'bare', room: string, people: number): Promise<void>;
  received(): Promise<Received>;
  leave(): Promise<void>;
}

declare global {
  interface Window {
    load: LoadControl;
  }
}

let participants: Participant[] = [];
let stream: MediaStream | undefined;

window.load = {
  async join(server, room, people) {
    stream ??= await navigator.mediaDevices.getUserMedia(CAPTURE);
    const url = location.origin;
    for (let i = 0; i < people; i++) {
      participants.push(
        server === 'product'
          ? await joinProduct({ url, code: room, name: `Participante ${i}`, stream })
          : await joinBare({ socket: await connectBare(url), room, stream }),
      );
    }
  },
  async received() {
    const all = await Promise.all(participants.map((participant) => participant.received()));
    return all.reduce((a, b) => ({
      consumers: a.consumers + b.consumers,
      packets: a.packets + b.packets,
      bytes: a.bytes + b.bytes,
      framesDecoded: a.framesDecoded + b.framesDecoded,
    }));
  },
  async leave() {
    await Promise.all(participants.map((participant) => participant.leave()));
    participants = [];
  },
};
