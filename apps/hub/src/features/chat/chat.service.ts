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
    { clientMessageId, text }: Request<'chat:post'>,
  ): Promise<Result<void, Refusal>> {
    return meeting.aggregate.execute({
      type: 'postMessage',
      participantId,
      clientMessageId,
      text,
      at: this.#deps.now(),
    });
  }

  /** [CHAT-4] One more than asked is read, to know whether there are older ones. */
  async history(
    meeting: LiveMeeting,
    { beforeVersion, limit }: Request<'chat:history'>,
  ): Promise<Result<AnswerValue<'chat:history'>, Refusal>> {
    const read = await this.#deps.log.messagesBefore(meeting.id, beforeVersion, limit + 1);
    if (!read.ok) return fail(LOG_AWAY);
    return ok({ messages: read.value.slice(-limit), hasMore: read.value.length > limit });
  }
}
