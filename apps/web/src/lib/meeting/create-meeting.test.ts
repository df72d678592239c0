import { describe, expect, it } from 'vitest';
import { readCreated } from './create-meeting.ts';

describe('readCreated', () => {
  it('reads the code of a meeting that was made, and the key to run it [ROLE-1]', () => {
    const value = { code: 'abc-defg-hjk', title: 'Table', createdAt: 1, facilitatorKey: 'k' };
    expect(readCreated({ ok: true, value })).toEqual({ ok: true, code: 'abc-defg-hjk', facilitatorKey: 'k' });
  });

  it('reads a refusal and what its words need', () => {
    expect(readCreated({ ok: false, refusal: { kind: 'tooMany', retryAfterMs: 4000 } })).toEqual({
      ok: false,
      refusal: { kind: 'tooMany', retryAfterMs: 4000 },
    });
  });

  it.each([[null], ['<html>'], [{}], [{ refusal: { kind: 'other' } }]])('takes %j for a defect', (body) => {
    expect(readCreated(body)).toEqual({ ok: false, refusal: { kind: 'internal', incident: '' } });
  });
});
