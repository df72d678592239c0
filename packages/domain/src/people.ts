import type { LineQuality, LiveState, MeetingRole, MeetingState, ParticipantId } from '@relais/protocol';
import { producerOf } from './live.ts';

/** One person as a tile or a list shows them. */
export interface Person {
  participantId: ParticipantId;
  name: string;
  role?: MeetingRole;
  joinedAt: number;
  /** False: "coupure réseau"; the seat is held for a while. */
  connected: boolean;
  /** `none`: no microphone is open; `muted`: it is, and nothing is sent. */
  microphone: 'none' | 'muted' | 'on';
  camera: boolean;
  /** Open, and held back for the line or light mode: nothing of it is sent [LINE-1]. */
  cameraPaused: boolean;
  screen: boolean;
  /** How their line is, as their own browser says [LINE-3]. */
  line: LineQuality;
  /** In light mode: no camera of theirs is sent, and no picture moves on their screen [LINE-2]. */
  light: boolean;
  /** Since when their hand is raised [HAND-1], and since when they speak to all rooms [VOICE-1]; by the hub's clock. */
  hand?: number;
  toAll?: number;
}

/** Who holds a seat, in the order of joining, with what they send at this moment. */
export function people(meeting: MeetingState, live: LiveState): Person[] {
  return meeting.participants.map(({ participantId, name, role, joinedAt }) => {
    const { line = 'good', light = false, hand, toAll } = live[participantId] ?? {};
    const microphone = producerOf(live, participantId, 'microphone');
    const camera = producerOf(live, participantId, 'camera');
    return {
      participantId,
      name,
      ...(role && { role }),
      joinedAt,
      connected: live[participantId]?.connected ?? false,
      microphone: !microphone ? 'none' : microphone.paused ? 'muted' : 'on',
      camera: camera !== undefined && !camera.paused,
      cameraPaused: camera?.paused ?? false,
      screen: producerOf(live, participantId, 'screen') !== undefined,
      line,
      light,
      ...(hand && { hand }),
      ...(toAll && { toAll }),
    };
  });
}
