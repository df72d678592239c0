import type { HubId, MeetingId, ParticipantId } from '@relais/protocol';
import type { HubPerson } from '../../ports/hub-bus.ts';

/** Somebody whose socket another hub has, or had. */
export interface PersonElsewhere extends HubPerson {
  hubId: HubId;
  /** Their hub is gone, and they have not come back yet. */
  isOrphan: boolean;
}

type People = Map<ParticipantId, PersonElsewhere>;

const NOBODY: ReadonlyMap<ParticipantId, PersonElsewhere> = new Map();

/** Whom the other hubs have, by meeting. */
export class PeopleElsewhere {
  readonly #byMeeting = new Map<MeetingId, People>();

  of(meetingId: MeetingId): ReadonlyMap<ParticipantId, PersonElsewhere> {
    return this.#byMeeting.get(meetingId) ?? NOBODY;
  }

  get(meetingId: MeetingId, participantId: ParticipantId): PersonElsewhere | undefined {
    return this.#byMeeting.get(meetingId)?.get(participantId);
  }

  set(meetingId: MeetingId, participantId: ParticipantId, person: PersonElsewhere): void {
    const people: People = this.#byMeeting.get(meetingId) ?? new Map<ParticipantId, PersonElsewhere>();
    people.set(participantId, person);
    this.#byMeeting.set(meetingId, people);
  }

  delete(meetingId: MeetingId, participantId: ParticipantId): void {
    const people = this.#byMeeting.get(meetingId);
    people?.delete(participantId);
    if (people?.size === 0) this.#byMeeting.delete(meetingId);
  }

  /** Meetings in which somebody is on a hub that is alive. */
  meetingIds(): MeetingId[] {
    return [...this.#byMeeting].flatMap(([meetingId, people]) =>
      [...people.values()].some(({ isOrphan }) => !isOrphan) ? meetingId : [],
    );
  }

  /** Meetings in which somebody's hub is gone. */
  orphanedIn(): MeetingId[] {
    return [...this.#byMeeting].flatMap(([meetingId, people]) =>
      [...people.values()].some(({ isOrphan }) => isOrphan) ? meetingId : [],
    );
  }

  /** Those of one hub that are not orphans already. */
  ofHub(hubId: HubId): { meetingId: MeetingId; participantId: ParticipantId; person: PersonElsewhere }[] {
    return [...this.#byMeeting].flatMap(([meetingId, people]) =>
      [...people].flatMap(([participantId, person]) =>
        person.hubId === hubId && !person.isOrphan ? [{ meetingId, participantId, person }] : [],
      ),
    );
  }
}

/** [PRES-1] Which of two hubs has a person that both name. */
export function wins(one: { claim: number; hubId: HubId }, other: { claim: number; hubId: HubId }): boolean {
  return one.claim === other.claim ? one.hubId > other.hubId : one.claim > other.claim;
}
