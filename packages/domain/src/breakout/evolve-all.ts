import type {
  MeetingState,
  Message,
  MessagePosted,
  ShownVersioned,
  Talk,
  VersionedEvent,
} from '@relais/protocol';
import { RECENT_MESSAGES, RECENT_ROOM_MESSAGES } from '@relais/protocol/limits';
import { evolveAccounts } from '../accounts.ts';
import { advanceBy, evolvePlain, type Advanced } from '../evolve.ts';
import { evolveDoor } from '../door/evolve.ts';
import { evolveBreakout, NO_BREAKOUT } from './evolve.ts';
import { narrowed } from './view.ts';

/**
 * The meeting after one event [LOG-1]. Pure; the hub and every browser run this same function: the hub on the whole, a browser
 * on what its person may know of it [BREAK-13].
 *
 * @throws Error as `evolvePlain` does.
 */
export function evolve(meeting: MeetingState | undefined, stored: ShownVersioned): MeetingState {
  const { version, event } = stored;
  const isPlain = event.type === 'veiled' || event.type === 'viewRenewed';
  const plain = evolvePlain(meeting, stored);
  if (plain) return isPlain ? plain : evolveAccounts(plain, event);
  if (isPlain || !meeting) throw new Error(`Nothing came of ${event.type}`);
  const rest = evolveRest(meeting, { version, event });
  const withDoor = evolveDoor(meeting, evolveBreakout(meeting, rest, version, event), event);
  const next = evolveAccounts(withDoor, event);
  return next.viewer ? narrowed(next, next.viewer) : next;
}

/** [LOG-2] Takes what follows, passes over what is known already, and stops at a gap. */
export function advance(meeting: MeetingState, events: readonly ShownVersioned[]): Advanced {
  return advanceBy(evolve, meeting, events);
}

/** What is neither of the sub-groups nor of the door, in a meeting that has some of it. */
function evolveRest(meeting: MeetingState, { version, event }: VersionedEvent): MeetingState {
  const { breakout, door: _door, ...others } = meeting;
  const isRemoved = event.type === 'participantLeft' && event.reason === 'removed';
  const plain = evolvePlain(others, { version, event: isRemoved ? { ...event, reason: 'left' } : event });
  if (plain) return { ...plain, ...(breakout && { breakout }) };
  switch (event.type) {
    case 'successorStepped':
      return {
        ...meeting,
        version,
        participants: meeting.participants.map((p) =>
          p.participantId === event.participantId ? { ...p, role: 'facilitator' } : p,
        ),
      };
    case 'messagePosted':
      return { ...withMessage(meeting, version, event), version };
    default:
      return { ...meeting, version };
  }
}

/** [BREAK-14] The last messages of each place are kept in the state; all of them are in the log. */
function withMessage(meeting: MeetingState, version: number, event: MessagePosted): MeetingState {
  const { type: _, ...posted } = event;
  const message = { version, ...posted };
  const places = event.to ?? [];
  const breakout = meeting.breakout ?? NO_BREAKOUT;
  const talk = { ...breakout.talk };
  for (const place of places) {
    if (place === 'plenary') continue;
    talk[place] = said(talk[place] ?? SILENCE, message, RECENT_ROOM_MESSAGES);
  }
  const plenary = places.includes('plenary') ? said(meeting, message, RECENT_MESSAGES) : {};
  return { ...meeting, ...plenary, breakout: { ...breakout, talk } };
}

const SILENCE: Talk = { messages: [], messageCount: 0 };

function said({ messages, messageCount }: Talk, message: Message, kept: number): Talk {
  return { messages: [...messages, message].slice(-kept), messageCount: messageCount + 1 };
}
