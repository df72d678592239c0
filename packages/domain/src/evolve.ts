import type { MeetingState, ShownVersioned } from '@relais/protocol';
import { RECENT_MESSAGES } from '@relais/protocol/limits';

/** The meeting after one event; undefined: it takes the rules of sub-groups and of the door (`breakout/evolve-all.ts`) to know. */
export type Evolve = (meeting: MeetingState | undefined, stored: ShownVersioned) => MeetingState | undefined;

/**
 * The meeting after one event [LOG-1], without sub-groups and with an open door: what a browser needs until it is otherwise. `evolve` is this and the
 * rest; both make the same of the same.
 *
 * @throws Error when the event is not the next of the log, or the first is not `meetingCreated`: a defect of the
 *   caller, who uses `advance` where events may come late or twice.
 */
export function evolvePlain(
  meeting: MeetingState | undefined,
  { version, event }: ShownVersioned,
): MeetingState | undefined {
  if (version !== (meeting?.version ?? 0) + 1) throw new Error(`Event ${version} does not follow`);
  if (event.type === 'viewRenewed') return event.meeting;
  if (event.type === 'meetingCreated') {
    const { meetingId, code, title, at } = event;
    return {
      version,
      meetingId,
      code,
      title,
      createdAt: at,
      participants: [],
      messages: [],
      messageCount: 0,
    };
  }
  if (!meeting) throw new Error(`A log cannot begin with ${event.type}`);
  if (event.type === 'veiled') return { ...meeting, version };
  if (event.type === 'meetingRenamed') return { ...meeting, version, title: event.title };
  if (meeting.breakout || meeting.door) return undefined;
  const { participants, messages, messageCount } = meeting;
  switch (event.type) {
    case 'participantJoined': {
      const { participantId, name, role, guest, at } = event;
      const newcomer = { participantId, name, ...(role && { role }), ...(guest && { guest }), joinedAt: at };
      return { ...meeting, version, participants: [...participants, newcomer] };
    }
    case 'participantLeft': {
      if (event.reason === 'removed') return undefined;
      const others = participants.filter((p) => p.participantId !== event.participantId);
      return { ...meeting, version, participants: others };
    }
    case 'messagePosted': {
      if (event.to) return undefined;
      const { type: _, ...posted } = event;
      // [CHAT-4] The last messages are kept in the state; all of them are in the log.
      const last = [...messages, { version, ...posted }].slice(-RECENT_MESSAGES);
      return { ...meeting, version, messages: last, messageCount: messageCount + 1 };
    }
    default:
      return undefined;
  }
}

/** What `advanceBy` found: the meeting as far as it could be brought, and whether events are missing, or rules. */
export interface Advanced {
  meeting: MeetingState;
  gap: boolean;
  lacksRules: boolean;
}

/** [LOG-2] Takes what follows, passes over what is known already, and stops at a gap, or where it does not know the rules. */
export function advanceBy(
  evolve: Evolve,
  meeting: MeetingState,
  events: readonly ShownVersioned[],
): Advanced {
  let current = meeting;
  for (const stored of events) {
    if (stored.version <= current.version) continue;
    if (stored.version > current.version + 1) return { meeting: current, gap: true, lacksRules: false };
    const next = evolve(current, stored);
    if (!next) return { meeting: current, gap: false, lacksRules: true };
    current = next;
  }
  return { meeting: current, gap: false, lacksRules: false };
}
