import { producerOf, roomOf } from '@relais/domain';
import type { MeetingState, ParticipantId, ProducerId, Withdrawal } from '@relais/protocol';
import type { LiveMeeting, Occupant } from '../meeting/live-meeting.ts';

/**
 * [BREAK-3] What is to be taken from whom now that some are elsewhere than before: from each of this hub's people what those
 * send from whom they are now apart. Nothing when nobody was moved.
 */
export function newlyApart(
  meeting: LiveMeeting,
  before: MeetingState,
): { occupant: Occupant; what: Withdrawal }[] {
  const { state } = meeting;
  if (state.breakout?.round === before.breakout?.round) return [];
  const moved = new Set(
    state.participants
      .map(({ participantId }) => participantId)
      .filter((id) => roomOf(state, id) !== roomOf(before, id)),
  );
  if (moved.size === 0) return [];
  return [...meeting.occupants.values()].flatMap((occupant) => {
    const { participantId, media } = occupant;
    if (!media) return [];
    const parted = (other: ParticipantId) => moved.has(participantId) || moved.has(other);
    const { near, far } = sentAround(meeting, participantId);
    const gone = far.filter(({ owner }) => parted(owner));
    if (gone.length === 0) return [];
    return { occupant, what: shorter(gone, near) };
  });
}

/** All that somebody may not receive where they are, whatever was before. */
export function allApart(meeting: LiveMeeting, participantId: ParticipantId): Withdrawal {
  const { near } = sentAround(meeting, participantId);
  return { kind: 'allBut', producerIds: near.map(({ producerId }) => producerId) };
}

interface Sent {
  owner: ParticipantId;
  producerId: ProducerId;
}

/** [VOICE-2] The microphone of who spoke to all rooms is to be taken from each of this hub's people who are elsewhere. */
export function outOfEarshot(
  meeting: LiveMeeting,
  speaker: ParticipantId,
): { occupants: Occupant[]; what: Withdrawal } {
  const microphone = producerOf(meeting.live, speaker, 'microphone');
  const occupants = microphone
    ? [...meeting.occupants.values()].filter(
        ({ participantId, media }) => media && !meeting.together(participantId, speaker),
      )
    : [];
  return { occupants, what: { kind: 'these', producerIds: microphone ? [microphone.producerId] : [] } };
}

/** What others send: what one may receive where one is, and the rest. */
function sentAround(meeting: LiveMeeting, self: ParticipantId): { near: Sent[]; far: Sent[] } {
  const [near, far]: [Sent[], Sent[]] = [[], []];
  for (const { participantId: owner } of meeting.state.participants) {
    if (owner === self) continue;
    for (const { producerId } of meeting.live[owner]?.producers ?? [])
      (meeting.mayReceive(self, producerId) ? near : far).push({ owner, producerId });
  }
  return { near, far };
}

function shorter(gone: readonly Sent[], near: readonly Sent[]): Withdrawal {
  const idsOf = (list: readonly Sent[]) => list.map(({ producerId }) => producerId);
  if (near.length < gone.length) return { kind: 'allBut', producerIds: idsOf(near) };
  return { kind: 'these', producerIds: idsOf(gone) };
}
