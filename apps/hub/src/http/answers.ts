import { unreachable } from '@relais/kit';
import type { Refusal } from '@relais/protocol';
import type { Response } from 'express';

/** A refusal in HTTP's terms; the body says the same as on a socket. */
export function refuse(response: Response, refusal: Refusal): void {
  response.status(statusOf(refusal)).json({ ok: false, refusal });
}

function statusOf(refusal: Refusal): number {
  switch (refusal.kind) {
    case 'invalidInput':
    case 'protocolMismatch':
      return 400;
    case 'notJoined':
    case 'notAllowed':
    case 'seatUnknown':
    case 'meetingLocked':
    case 'removed':
    case 'mustWait':
    case 'refusedEntry':
    case 'signInNeeded':
    case 'notInvited':
    case 'guestLinkInvalid':
    case 'notInYourRoom':
      return 403;
    case 'meetingNotFound':
    case 'unknownId':
    case 'unknownRequest':
    case 'unknownRoom':
    case 'unknownParticipant':
      return 404;
    case 'alreadyJoined':
    case 'meetingFull':
    case 'waitingFull':
    case 'mediaRefused':
    case 'notNow':
    case 'runsMeeting':
    case 'tooManyLinks':
      return 409;
    case 'tooLarge':
      return 413;
    case 'tooMany':
      return 429;
    case 'internal':
      return 500;
    case 'unavailable':
      return 503;
    default:
      return unreachable(refusal);
  }
}
