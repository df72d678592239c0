import { expect, test } from 'vitest';
import { askOverview } from './admin.ts';

const answering =
  (status: number, body: unknown = {}) =>
  async () =>
    Response.json(body, { status });

test('what the hub answers about a token is told apart', async () => {
  const ask = (fetch: typeof globalThis.fetch) => askOverview('a-token', '192.0.2.7', fetch);
  expect(await ask(answering(401))).toEqual({ kind: 'wrongToken' });
  expect(await ask(answering(404))).toEqual({ kind: 'off' });
  expect(await ask(answering(429))).toEqual({ kind: 'tooMany' });
  expect(await ask(answering(503))).toEqual({ kind: 'hubAway' });
  expect(await ask(answering(200, { value: { at: 'noon' } }))).toEqual({ kind: 'hubAway' });
  expect(await ask(() => Promise.reject(new Error('no network')))).toEqual({ kind: 'hubAway' });
});

test('what can be no token is not sent', async () => {
  const never = () => Promise.reject(new Error('asked'));
  for (const token of ['', 'two words', 'a\r\nx-other: 1', 'é', 'x'.repeat(513)]) {
    expect(await askOverview(token, '192.0.2.7', never), token.slice(0, 20)).toEqual({ kind: 'wrongToken' });
  }
});

test('the token and the person’s address go with the question', async () => {
  let sent: Headers | undefined;
  await askOverview('a-token', '192.0.2.7', async (_url, init) => {
    sent = new Headers(init?.headers);
    return new Response('', { status: 401 });
  });
  expect(sent?.get('authorization')).toBe('Bearer a-token');
  expect(sent?.get('x-relais-client-address')).toBe('192.0.2.7');
});
