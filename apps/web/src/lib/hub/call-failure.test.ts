import { describe, expect, it } from 'vitest';
import { isPassing, retryDelay } from './call-failure.ts';

describe('a request that failed', () => {
  it('may succeed later when nothing answered, something was away, or there were too many', () => {
    expect(isPassing({ kind: 'noAnswer' })).toBe(true);
    expect(isPassing({ kind: 'unavailable', what: 'log' })).toBe(true);
    expect(isPassing({ kind: 'tooMany', retryAfterMs: 10 })).toBe(true);
  });

  it('is not tried again when the refusal is about the request itself', () => {
    expect(isPassing({ kind: 'meetingFull' })).toBe(false);
    expect(isPassing({ kind: 'invalidInput', issues: [] })).toBe(false);
    expect(isPassing({ kind: 'protocolMismatch', serverVersion: 2 })).toBe(false);
  });

  it('waits at least as long as the hub asks for', () => {
    expect(retryDelay({ kind: 'tooMany', retryAfterMs: 9000 }, 0, 0)).toBe(9000);
    expect(retryDelay({ kind: 'noAnswer' }, 0, 0)).toBe(125);
    expect(retryDelay({ kind: 'noAnswer' }, 30, 1)).toBe(8000);
  });
});
