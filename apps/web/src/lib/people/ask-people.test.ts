import { expect, test } from 'vitest';
import { readAsked } from './ask-people.ts';

test('what the hub refuses is told apart, with how long to wait', () => {
  const refused = (refusal: unknown) => readAsked({ ok: false, refusal });
  expect(refused({ kind: 'wrongCredentials' })).toEqual({ ok: false, refusal: { kind: 'wrongCredentials' } });
  expect(refused({ kind: 'tooMany', retryAfterMs: 5000 })).toEqual({
    ok: false,
    refusal: { kind: 'tooMany', retryAfterMs: 5000 },
  });
});

test('an answer that is none of ours is a server that does not answer', () => {
  for (const body of [null, 'a proxy’s page', {}, { ok: false, refusal: { kind: 'toString' } }])
    expect(readAsked(body)).toEqual({ ok: false, refusal: { kind: 'unavailable' } });
});
