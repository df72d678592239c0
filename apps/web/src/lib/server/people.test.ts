import type { Cookies } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { askDoor, askMe, type Asking } from './people.ts';

const ME = {
  personId: 'p1',
  email: 'ana@exemple.test',
  isAdministrator: false,
  hasPassword: false,
  photo: null,
  profile: { name: 'Ana', organisation: '', territory: '', languages: [], offers: '', seeks: '' },
  sessions: [],
};

/** A browser with these cookies, and a hub that answers so. */
function asking(cookies: Record<string, string>, answer: Response | Error) {
  const kept: [string, string, unknown][] = [];
  const sent: Headers[] = [];
  const all = Object.entries(cookies).map(([name, value]) => ({ name, value }));
  const given: Asking = {
    cookies: {
      getAll: () => all,
      set: (name: string, value: string, options: unknown) => kept.push([name, value, options]),
    } as unknown as Cookies,
    request: new Request('http://localhost/', { headers: { 'user-agent': 'Firefox' } }),
    getClientAddress: () => '192.0.2.7',
    fetch: async (_url, init) => {
      sent.push(new Headers(init?.headers));
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { given, kept, sent };
}

test('[PEOPLE-1] of a browser that never signed in the hub is not asked', async () => {
  const { given, sent } = asking({ lang: 'fr' }, new Error('asked'));
  expect(await askMe(given)).toEqual({ kind: 'nobody' });
  expect(sent).toEqual([]);
});

test('the session’s cookie alone is handed on, as the browser sent it, and what renews it is handed back', async () => {
  const answer = Response.json({ ok: true, value: ME });
  answer.headers.append(
    'set-cookie',
    'relais.session_token=a%2Bb; Max-Age=2592000; Path=/; HttpOnly; Secure',
  );
  answer.headers.append('set-cookie', 'other=1; Path=/');
  const { given, kept, sent } = asking({ 'relais.session_token': 'a+b', lang: 'fr' }, answer);
  expect(await askMe(given)).toEqual({ kind: 'in', me: ME });
  expect(sent[0]?.get('cookie')).toBe('relais.session_token=a%2Bb');
  expect(sent[0]?.get('x-relais-client-address')).toBe('192.0.2.7');
  expect(kept).toMatchObject([
    ['relais.session_token', 'a%2Bb', { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 2_592_000 }],
  ]);
});

test('a session that has ended is nobody’s, and a hub that does not answer is told apart', async () => {
  const session = { '__Secure-relais.session_token': 'x' };
  const ask = (answer: Response | Error) => askMe(asking(session, answer).given);
  expect(await ask(Response.json({ ok: false }, { status: 401 }))).toEqual({ kind: 'nobody' });
  expect(await ask(Response.json({ ok: false }, { status: 503 }))).toEqual({ kind: 'hubAway' });
  expect(await ask(Response.json({ ok: true, value: { email: 'x' } }))).toEqual({ kind: 'hubAway' });
  expect(await ask(new Error('no network'))).toEqual({ kind: 'hubAway' });
  expect(await askDoor(asking({}, new Error('no network')).given)).toBeNull();
});
