import { describe, expect, it } from 'vitest';
import { createFileSparing } from './spare-files.ts';

describe('[SHELL-7] a page on a thin line', () => {
  it('says so to the files alone, again before it is forgotten, and takes it back', () => {
    const said: string[] = [];
    let at = 0;
    const files = createFileSparing({ now: () => at, setCookie: (cookie) => said.push(cookie) });
    files.spare(false);
    expect(said).toEqual([]);
    files.spare(true);
    files.spare(true);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^thin=[a-z0-9]{32};path=\/_app;max-age=60;samesite=strict$/);
    at = 30_000;
    files.spare(true);
    expect(said[1]).toBe(said[0]);
    files.spare(false);
    expect(said[2]).toMatch(/^thin=;path=\/_app;max-age=0;/);
    files.spare(false);
    expect(said).toHaveLength(3);
  });
});
