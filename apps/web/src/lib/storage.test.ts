import { expect, it } from 'vitest';
import { attempt } from './storage.ts';

it('a storage that is closed or full costs what would have been remembered and no more', () => {
  expect(attempt(() => 'kept')).toBe('kept');
  expect(
    attempt((): string => {
      throw new DOMException('full', 'QuotaExceededError');
    }),
  ).toBe(undefined);
});
