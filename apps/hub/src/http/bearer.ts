import type { Result } from '@relais/kit';
import { meetingCode, type MeetingCode, type Refusal } from '@relais/protocol';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { refuse } from './answers.ts';

const BEARER = /^Bearer ([^\s]{1,128})$/;

/**
 * The meeting, and by what right: the header `Authorization: Bearer …`, which stands in no log. [REF-4] A code that cannot be
 * is one that is not there.
 */
export function readRight(
  request: Request,
  right: z.ZodType<string>,
): Result<{ code: MeetingCode; bearer: string }, Refusal> {
  const code = meetingCode.safeParse(request.params['code']);
  if (!code.success) return { ok: false, error: { kind: 'meetingNotFound' } };
  const bearer = right.safeParse(BEARER.exec(request.get('authorization') ?? '')?.[1]);
  if (!bearer.success) return { ok: false, error: { kind: 'seatUnknown' } };
  return { ok: true, value: { code: code.data, bearer: bearer.data } };
}

export function answer(response: Response, result: Result<unknown, Refusal>): void {
  if (result.ok) response.json({ ok: true, value: result.value });
  else refuse(response, result.error);
}
