import { describe, expect, it } from 'vitest';
import { outdated, partOf, restAfter } from './rules.ts';

const ORIGIN = 'https://relais.example.org';
const asked = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
  partOf({ method, mode, url: new URL(path, ORIGIN).href }, ORIGIN);

describe('what the service worker concerns itself with', () => {
  it('[SHELL-2] files of the program, whose names change with them, and pages', () => {
    expect(asked('/_app/immutable/chunks/x.js')).toBe('file');
    expect(asked('/favicon.svg', 'no-cors')).toBe('file');
    expect(asked('/', 'navigate')).toBe('page');
    expect(asked('/r/abc-defg-hjk', 'navigate')).toBe('page');
  });

  it('[SHELL-3] nothing of the hub, of a meeting, or of elsewhere', () => {
    for (const path of ['/api/meetings', '/socket.io/?EIO=4', '/healthz', '/readyz', '/metrics', '/api'])
      for (const mode of ['cors', 'navigate'] as const) expect(asked(path, mode)).toBe('other');
    expect(asked('/', 'navigate', 'POST')).toBe('other');
    expect(asked('/r/abc-defg-hjk/__data.json')).toBe('other');
    expect(asked('https://elsewhere.example.org/_app/immutable/x.js')).toBe('other');
  });
});

it('[SHELL-5] of former versions the last one stays, for a page of it that is still open; others’ caches are not ours', () => {
  expect(outdated(['relais-a', 'other', 'relais-b', 'relais-c'], 'relais-c')).toEqual(['relais-a']);
  expect(outdated(['relais-b', 'relais-c'], 'relais-c')).toEqual([]);
  expect(outdated([], 'relais-c')).toEqual([]);
});

it('[SHELL-7] keeping leaves most of the line to others', () => {
  expect(restAfter(500)).toBe(1000);
  expect(restAfter(60_000)).toBeLessThan(10_000);
});
