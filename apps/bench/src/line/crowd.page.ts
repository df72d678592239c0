/** Runs in Chromium: the others of a meeting, all in one page, driven by crowd.ts. */
import type { MediaSource } from '@relais/protocol';
import { ask } from '../load/product-participant.ts';
import { toClient } from '../load/sending.ts';
import { joinAsMember, type Member } from './crowd-member.ts';

export interface CrowdControl {
  /** Answers their ids. */
  join(code: string, people: number): Promise<string[]>;
  post(text: string): Promise<void>;
  /** When a message with this text came, in milliseconds since 1970. */
  cameAt(text: string): number | undefined;
  leave(): Promise<void>;
}

declare global {
  interface Window {
    crowd: CrowdControl;
  }
}

const CAPTURE: MediaStreamConstraints = { video: { width: 640, height: 360 } };

let members: Member[] = [];
const ids = new Set<string>();
const messages = new Map<string, number>();

window.crowd = {
  async join(code, people) {
    const camera = (await navigator.mediaDevices.getUserMedia(CAPTURE)).getVideoTracks()[0]!;
    for (let index = 1; index <= people; index += 1) {
      const member = await joinAsMember({
        url: location.origin,
        code,
        name: `Participante ${index}`,
        index,
        microphone: window.labVoice.createTrack(index),
        camera,
        joined: (participantId) => void ids.add(participantId),
        // Whoever is not of the crowd is heard by all of it and seen by one.
        wants: (participantId: string, source: MediaSource) =>
          !ids.has(participantId) && (source === 'microphone' || (source === 'camera' && index === 1)),
      });
      members.push(member);
      member.socket.on('meetingEvents', ({ events }) => {
        for (const { event } of events) {
          if (event.type === 'messagePosted' && !messages.has(event.text))
            messages.set(event.text, Date.now());
        }
      });
    }
    return members.map(({ participantId }) => participantId);
  },
  async post(text) {
    const clientMessageId = crypto.randomUUID();
    await ask(members[0]!.socket, 'chat:post', { clientMessageId: toClient(clientMessageId), text });
  },
  cameAt: (text) => messages.get(text),
  async leave() {
    await Promise.all(members.map((member) => member.leave()));
    members = [];
  },
};
