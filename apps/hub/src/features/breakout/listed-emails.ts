import { accountOf } from '@relais/domain';
import type { Filling, MeetingState, ParticipantId } from '@relais/protocol';
import type { Accounts } from '../../ports/accounts.ts';

/**
 * [BREAK-36] The proved addresses of those in a meeting who came in with an account, for rooms that are filled by their lists. They are
 * asked for when they are needed: they stand in no event, and no browser is told of them.
 */
export async function listedEmails(
  accounts: Accounts,
  meeting: MeetingState,
  { filling }: { filling: Filling },
): Promise<ReadonlyMap<ParticipantId, string>> {
  if (filling.kind !== 'byHand' || !meeting.accounts) return new Map();
  const people = meeting.participants.flatMap(({ participantId }) => {
    const personId = accountOf(meeting, participantId);
    return personId ? [{ participantId, personId }] : [];
  });
  const emails = await accounts.emailsOf(people.map(({ personId }) => personId));
  return new Map(
    people.flatMap(({ participantId, personId }) => {
      const email = emails.get(personId);
      return email ? [[participantId, email] as const] : [];
    }),
  );
}
