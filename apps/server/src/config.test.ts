import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig, SETTINGS } from './config.ts';

const SECRET = 'x'.repeat(32);
const HUB = {
  RELAIS_ROLE: 'hub',
  DATABASE_URL: 'postgres://relais@db/relais',
  REDIS_URL: 'redis://redis:6379',
  RELAIS_SECRET: SECRET,
  RELAIS_CONTROL_SECRET: SECRET,
};

function sentences(env: Record<string, string>): string[] {
  const read = readConfig(env);
  return read.ok ? [] : read.error;
}

test('nothing set is one process that does everything', () => {
  expect(readConfig({})).toMatchObject({ ok: true, value: { RELAIS_ROLE: 'all', PORT: 8080 } });
});

test('an empty variable is one that is not set', () => {
  expect(readConfig({ PORT: '', REDIS_URL: '' })).toMatchObject({ ok: true, value: { PORT: 8080 } });
});

test.each([
  ['RELAIS_ROLE', 'worker', 'one of all, hub, sfu'],
  ['PORT', 'eighty', 'a port number from 0 to 65535'],
  ['PORT', '65536', 'a port number from 0 to 65535'],
  ['HOST', 'no such host', 'an address, like 203.0.113.10 or media1.example.org'],
  ['DATABASE_URL', 'mysql://x', 'the address of a PostgreSQL, like postgres://user:password@host/database'],
  ['REDIS_URL', 'localhost', 'the address of a Redis, like redis://:password@host:6379'],
  ['RELAIS_SECRET', 'short', 'a secret of 32 characters at least, like `openssl rand -hex 32` makes'],
  ['RELAIS_CONTROL_SECRET', 'short', 'a secret of 32 characters at least, like `openssl rand -hex 32` makes'],
  ['RELAIS_SEAT_GRACE_SECONDS', '-1', 'a number of seconds, from 0 to 3600'],
  ['RELAIS_MEDIA_WORKERS', '0', 'a whole number of worker processes, from 1 to 64'],
  ['RELAIS_MEDIA_WORKERS', '1.5', 'a whole number of worker processes, from 1 to 64'],
  ['RELAIS_MEDIA_BUDGET', 'many', 'a whole number of consumers, from 1 to 100000'],
  ['RELAIS_PIPE_PORTS', '44699-44500', 'two UDP ports, the first and the last, like 44500-44699'],
  ['RELAIS_PIPE_PORTS', '44500', 'two UDP ports, the first and the last, like 44500-44699'],
  ['RELAIS_DRAIN_SECONDS', 'soon', 'a number of seconds, from 0 to 3600'],
  ['RELAIS_WEB', 'yes', 'one of on, off'],
  ['RELAIS_TRUSTED_PROXIES', '-1', 'a whole number of proxies, from 0 to 10'],
  ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug, trace, silent'],
  ['RELAIS_ADMIN_TOKEN', 'short', 'a token of 16 characters at least'],
  [
    'RELAIS_PUBLIC_URL',
    'relais.example.org',
    'where people reach Relais, without a path, like https://relais.example.org',
  ],
  [
    'RELAIS_PUBLIC_URL',
    'https://example.org/relais',
    'where people reach Relais, without a path, like https://relais.example.org',
  ],
])('a wrong %s (%s) is named, with what it should hold', (name, value, what) => {
  expect(sentences({ [name]: value })).toEqual([`${name} should hold ${what}.`]);
});

test('every wrong variable is named at once, and what it held is not repeated', () => {
  const found = sentences({ PORT: 'x', RELAIS_SECRET: 'a-secret-too-short' });
  expect(found).toHaveLength(2);
  expect(found.join()).not.toContain('a-secret-too-short');
});

test.each(['DATABASE_URL', 'REDIS_URL', 'RELAIS_SECRET', 'RELAIS_CONTROL_SECRET'])(
  'a hub is not started without %s',
  (name) => {
    const [sentence] = sentences({ ...HUB, [name]: '' });
    expect(sentence).toMatch(new RegExp(`^${name} is needed when RELAIS_ROLE is hub: `));
  },
);

test.each(['REDIS_URL', 'RELAIS_CONTROL_SECRET'])('a media node is not started without %s', (name) => {
  const node = { RELAIS_ROLE: 'sfu', REDIS_URL: HUB.REDIS_URL, RELAIS_CONTROL_SECRET: SECRET };
  expect(sentences(node)).toEqual([]);
  expect(sentences({ ...node, [name]: '' })[0]).toMatch(
    new RegExp(`^${name} is needed when RELAIS_ROLE is sfu: `),
  );
});

test('TURN is set whole or not at all', () => {
  const urls = 'turns:turn.example.org:443?transport=tcp';
  expect(sentences({ TURN_URLS: urls })[0]).toMatch(/^TURN_SECRET is needed with TURN_URLS: /);
  expect(sentences({ TURN_SECRET: 'x'.repeat(16) })[0]).toMatch(/^TURN_URLS is needed with TURN_SECRET: /);
  expect(readConfig({ TURN_URLS: urls, TURN_SECRET: 'x'.repeat(16) })).toMatchObject({
    ok: true,
    value: { TURN_URLS: [urls] },
  });
});

test('a mail server is of use with a sender alone, and both have to be what they say', () => {
  const SMTP_URL = 'smtps://relais:word@mail.example.org:465';
  expect(sentences({ SMTP_URL })[0]).toMatch(/^RELAIS_MAIL_FROM is needed with SMTP_URL: /);
  for (const RELAIS_MAIL_FROM of ['Relais <relais@example.org>', 'relais@example.org'])
    expect(sentences({ SMTP_URL, RELAIS_MAIL_FROM })).toEqual([]);
  for (const RELAIS_MAIL_FROM of ['Relais', 'a@b@c', 'Relais <relais>', 'Relais\r\nBcc: x <a@b.c>'])
    expect(sentences({ SMTP_URL, RELAIS_MAIL_FROM })[0]).toMatch(/^RELAIS_MAIL_FROM should hold an address/);
  expect(sentences({ SMTP_URL: 'https://mail.example.org', RELAIS_MAIL_FROM: 'a@b.c' })[0]).toMatch(
    /^SMTP_URL/,
  );
});

test('where people reach the product is kept without what follows its name', () => {
  expect(readConfig({ RELAIS_PUBLIC_URL: 'https://relais.example.org/' })).toMatchObject({
    ok: true,
    value: { RELAIS_PUBLIC_URL: 'https://relais.example.org' },
  });
});

test('a provider of sign-in is set whole or not at all: each part that lacks is named', () => {
  const provider = {
    RELAIS_OIDC_ISSUER: 'https://login.example.org/realms/region',
    RELAIS_OIDC_CLIENT_ID: 'relais',
    RELAIS_OIDC_CLIENT_SECRET: 'known-to-both',
    RELAIS_OIDC_NAME: 'Région',
  };
  expect(readConfig(provider)).toMatchObject({ ok: true, value: provider });
  expect(sentences({ RELAIS_OIDC_NAME: 'Région' })).toEqual([
    'RELAIS_OIDC_ISSUER is needed with RELAIS_OIDC_NAME: the provider’s address.',
    'RELAIS_OIDC_CLIENT_ID is needed with RELAIS_OIDC_NAME: what the provider calls Relais.',
    'RELAIS_OIDC_CLIENT_SECRET is needed with RELAIS_OIDC_NAME: the secret that the provider has for Relais.',
  ]);
  for (const name of Object.keys(provider))
    expect(sentences({ ...provider, [name]: '' })[0]).toMatch(
      new RegExp(`^${name} is needed with RELAIS_OIDC_`),
    );
});

test('two parts of one process do not share a port', () => {
  expect(sentences({ RELAIS_CONTROL_PORT: '44402' })).toEqual([
    'RELAIS_CONTROL_PORT should hold another port than 44402: the media workers have 44400-44403.',
  ]);
  expect(sentences({ RELAIS_CONTROL_PORT: '44402', RELAIS_MEDIA_WORKERS: '2' })).toEqual([]);
  expect(sentences({ RELAIS_PIPE_PORTS: '44403-44500' })).toEqual([
    'RELAIS_PIPE_PORTS should hold other ports than 44403-44500: the media workers have 44400-44403.',
  ]);
  expect(sentences({ RELAIS_CONTROL_PORT: '8080' })).toEqual([
    'RELAIS_CONTROL_PORT should hold another port than 8080: PORT has it.',
  ]);
  expect(sentences({ PORT: '0', RELAIS_CONTROL_PORT: '0', RELAIS_MEDIA_PORT: '0' })).toEqual([]);
  expect(sentences({ ...HUB, RELAIS_CONTROL_PORT: '44402' })).toEqual([]);
});

test('the table of README.md has every setting, and no other', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const table = readme.slice(readme.indexOf('## Settings'), readme.indexOf('## The picture'));
  const named = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual([...SETTINGS].sort());
});
