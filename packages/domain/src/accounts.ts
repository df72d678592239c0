import type { MeetingEvent, MeetingState, ParticipantId, PersonId, ShownEvent } from '@relais/protocol';

type Accounts = Record<ParticipantId, PersonId>;

/**
 * [ACCOUNT-1] The accounts of a meeting after an event: of those who hold a seat, and of those whom the door knows. `after` is the
 * rest of it with the event.
 */
export function evolveAccounts(after: MeetingState, event: MeetingEvent): MeetingState {
  const isNew = event.type === 'participantJoined' && event.personId !== undefined;
  if (!after.accounts && !isNew) return after;
  const accounts: Accounts = { ...after.accounts };
  if (event.type === 'participantJoined' && event.personId) accounts[event.participantId] = event.personId;
  const known = new Set<string>([
    ...after.participants.map(({ participantId }) => participantId),
    ...(after.door?.removed ?? []).map(({ participantId }) => participantId),
    ...(after.door?.inside ?? []),
    ...(after.door?.waitingRoom?.known ?? []),
  ]);
  return withAccounts(after, Object.fromEntries(Object.entries(accounts).filter(([id]) => known.has(id))));
}

/** [ACCOUNT-2] Nobody's account is known to others by having met them. */
export function withoutAccounts(meeting: MeetingState): MeetingState {
  return meeting.accounts ? withAccounts(meeting, {}) : meeting;
}

/** [ACCOUNT-2] An event as it is told to browsers. */
export function withoutAccount(event: MeetingEvent): ShownEvent {
  if (event.type !== 'participantJoined' || event.personId === undefined) return event;
  const { personId: _, ...shown } = event;
  return shown;
}

/** The account that somebody came in with. */
export function accountOf({ accounts }: MeetingState, participantId: ParticipantId): PersonId | undefined {
  return accounts?.[participantId];
}

function withAccounts(meeting: MeetingState, accounts: Accounts): MeetingState {
  const { accounts: _, ...others } = meeting;
  return Object.keys(accounts).length > 0 ? { ...others, accounts } : others;
}
