import { afterEach, expect, it, vi } from 'vitest';
import { titleByKey } from './title-by-key.ts';

afterEach(() => vi.unstubAllGlobals());
const kept = { code: 'abc-defg-hjk', title: 'Rencontre réservée', isKept: true };

function answering(value: unknown) {
  const fetch = vi.fn((..._asked: unknown[]) => Promise.resolve({ json: () => Promise.resolve(value) }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

it('[ENTRY-5] who holds the key reads what a meeting is called that is kept for some', async () => {
  const fetch = answering({ ok: true, value: { title: 'Table des organismes' } });
  expect(await titleByKey(kept, 'secret')).toBe('Table des organismes');
  expect(fetch.mock.calls[0]).toMatchObject([
    '/api/meetings/abc-defg-hjk',
    { headers: { authorization: 'Bearer secret' } },
  ]);
});

it('what the server has told already is not asked again', async () => {
  const fetch = answering({});
  expect(await titleByKey({ ...kept, title: 'Table', isKept: false }, 'secret')).toBe('Table');
  expect(fetch).not.toHaveBeenCalled();
});

it('what cannot be read stays as it stands', async () => {
  for (const answer of [{ ok: true, value: { title: '' } }, { ok: false }, null]) {
    answering(answer);
    expect(await titleByKey(kept, 'wrong')).toBe('Rencontre réservée');
  }
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no line')));
  expect(await titleByKey(kept, 'secret')).toBe('Rencontre réservée');
});
