import { meetingCode, seat } from '@relais/protocol';
import { Router, type Request, type Response } from 'express';
import type { MeetingService } from '../features/meeting/meeting.service.ts';
import { issuesOf } from '../issues-of.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { refuse } from './answers.ts';
import { clientAddress } from './client-address.ts';

/** As many as may join from one address. */
const LEAVINGS_PER_ADDRESS = { limit: 600, windowMs: 60_000 };

export interface SeatApiDeps {
  meetings: Pick<MeetingService, 'leaveByToken'>;
  limiter: RateLimiter;
  internalToken: string | undefined;
}

/**
 * [LEAVE-5] Leaving without a socket, at `/meetings/:code/leave`: what a browser says when its line is back, or with its last
 * packet. The body is the seat, token and all; a beacon can carry nothing else.
 */
export function createSeatApi({ meetings, limiter, internalToken }: SeatApiDeps): Router {
  const api = Router();
  api.post('/meetings/:code/leave', async (request: Request, response: Response) => {
    const code = meetingCode.safeParse(request.params['code']);
    if (!code.success) return refuse(response, { kind: 'meetingNotFound' });
    const body = seat.safeParse(request.body);
    if (!body.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(body.error) });
    const address = clientAddress(request, internalToken);
    const taken = await limiter.take(`leave:${address}`, LEAVINGS_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const left = await meetings.leaveByToken(code.data, body.data);
    if (!left.ok) return refuse(response, left.error);
    response.json({ ok: true, value: left.value });
  });
  return api;
}
