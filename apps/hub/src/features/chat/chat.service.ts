import { mayReadBefore, roomOf } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { AnswerValue, ParticipantId, Refusal, Request } from '@relais/protocol';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import { LOG_AWAY } from '../meeting/aggregate.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';

export interface ChatServiceDeps {
  log: MeetingLog;
  now: () => number;
}

/** Messages of a meeting. */
export class ChatService {
  readonly #deps: ChatServiceDeps;

  constructor(deps: ChatServiceDeps) {
    this.#deps = deps;
  }

  /** Ok once it is stored [LOG-3]; the same message again is ok and changes nothing [CHAT-2]. */
  async post(
    meeting: LiveMeeting,
    participantId: ParticipantId,
    { clientMessageId, text, place }: Request<'chat:post'>,
  ): Promise<Result<void, Refusal>> {
    return meeting.aggregate.execute({
      type: 'postMessage',
      participantId,
      clientMessageId,
      text,
      place,
      at: this.#deps.now(),
    });
  }

  /** [CHAT-4] [BREAK-14] Of one place, by default where the reader is. One more than asked is read, to know whether there are older ones. */
  async history(
    meeting: LiveMeeting,
    reader: ParticipantId,
    { beforeVersion, limit, place = roomOf(meeting.state, reader) }: Request<'chat:history'>,
  ): Promise<Result<AnswerValue<'chat:history'>, Refusal>> {
    const until = mayReadBefore(meeting.state, reader, place);
    if (until === undefined) return fail({ kind: 'notInYourRoom' });
    const before = Math.min(beforeVersion, until);
    const read = await this.#deps.log.messagesBefore(meeting.id, before, limit + 1, place);
    if (!read.ok) return fail(LOG_AWAY);
    return ok({ messages: read.value.slice(-limit), hasMore: read.value.length > limit });
  }
}
