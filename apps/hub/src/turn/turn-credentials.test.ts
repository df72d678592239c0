import type { ParticipantId } from '@relais/protocol';
import { iceServer } from '@relais/protocol';
import { expect, test } from 'vitest';
import { createTurnServers, turnUrls } from './turn-credentials.ts';

const lise = '0190f3c2-7b1a-7000-8000-00000000beef' as ParticipantId;
const settings = { urls: ['turn:turn.example.org:3478'], secret: 'north', ttlSeconds: 3600 };

test('a right names the second at which it ends and whose it is, signed as coturn signs it', () => {
  const [server] = createTurnServers({ ...settings, secret: 'logen' })(lise, 1_000_000_000_999) ?? [];
  expect(server).toEqual({
    urls: ['turn:turn.example.org:3478'],
    username: `1000003600:${lise}`,
    // printf %s "1000003600:<id>" | openssl dgst -sha1 -hmac logen -binary | base64
    credential: 'UflD8pvZfNQ1t/sbGgCKnl87nqw=',
  });
  expect(iceServer.safeParse(server).success).toBe(true);
});

test('two people, two moments and two secrets have rights that differ', () => {
  const right = (secret: string, id: string, now: number) =>
    createTurnServers({ ...settings, secret })(id as ParticipantId, now)?.[0]?.credential;
  const rights = [right('a', 'x', 0), right('b', 'x', 0), right('a', 'y', 0), right('a', 'x', 1000)];
  expect(new Set(rights).size).toBe(4);
});

test('where no relay is run, none is offered', () => {
  expect(createTurnServers(undefined)(lise, 0)).toBeUndefined();
});

test('addresses of relays are read from one line, and a wrong one is refused with an example', () => {
  expect(turnUrls.parse('turn:t.example.org , turns:[2001:db8::1]:443?transport=tcp')).toEqual([
    'turn:t.example.org',
    'turns:[2001:db8::1]:443?transport=tcp',
  ]);
  for (const wrong of [
    '',
    'https://t.example.org',
    'turn:',
    'turn:a b',
    'turn:t,',
    'turn:t?transport=sctp',
  ]) {
    expect(turnUrls.safeParse(wrong).error?.issues[0]?.message, wrong).toContain(
      'turns:turn.example.org:443',
    );
  }
});
