import type { MeetingState, MessagePosted, VersionedEvent } from '@relais/protocol';
import { RECENT_MESSAGES } from '@relais/protocol/limits';
import { unreachable } from '@relais/kit';

/**
 * The meeting after one event [LOG-1]. Pure; the hub and every browser run this same function.
 *
 * @throws Error when the event is not the next of the log, or the first is not `meetingCreated`: a defect of the
 *   caller, who uses `advance` where events may come late or twice.
 */
export function evolve(meeting: MeetingState | undefined, { version, event }: VersionedEvent): MeetingState {
  if (version !== (meeting?.version ?? 0) + 1) throw new Error(`Event ${version} does not follow`);
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
  switch (event.type) {
    case 'participantJoined': {
      const { participantId, name, role, at } = event;
      return {
        ...meeting,
        version,
        participants: [...meeting.participants, { participantId, name, ...(role && { role }), joinedAt: at }],
      };
    }
    case 'participantLeft':
      return {
        ...meeting,
        version,
        participants: meeting.participants.filter((p) => p.participantId !== event.participantId),
      };
    case 'messagePosted':
      return { ...withMessage(meeting, version, event), version };
    default:
      return unreachable(event);
  }
}

/** [CHAT-4] The last messages are kept in the state; all of them are in the log. */
function withMessage(meeting: MeetingState, version: number, event: MessagePosted): MeetingState {
  const { participantId, name, clientMessageId, text, at } = event;
  const messages = [...meeting.messages, { version, participantId, name, clientMessageId, text, at }];
  return {
    ...meeting,
    messages: messages.slice(-RECENT_MESSAGES),
    messageCount: meeting.messageCount + 1,
  };
}

/** What `advance` found: the meeting as far as it could be brought, and whether events are missing. */
export interface Advanced {
  meeting: MeetingState;
  gap: boolean;
}

/** [LOG-2] Takes what follows, passes over what is known already, and stops at a gap. */
export function advance(meeting: MeetingState, events: readonly VersionedEvent[]): Advanced {
  let current = meeting;
  for (const stored of events) {
    if (stored.version <= current.version) continue;
    if (stored.version > current.version + 1) return { meeting: current, gap: true };
    current = evolve(current, stored);
  }
  return { meeting: current, gap: false };
}
