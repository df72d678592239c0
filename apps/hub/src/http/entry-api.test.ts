import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MeetingCode } from '@relais/protocol';
import { GUEST_LINKS_MAX } from '@relais/protocol/entry-limits';
import type { Entry, GuestLink } from '@relais/protocol/entry';
import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Browser } from '../../test-support/browser.ts';
import { createHubRig } from '../../test-support/hub-rig.ts';

let rig: Awaited<ReturnType<typeof createHubRig>>;
let http: Server;
let url = '';
let code: MeetingCode;
let key: string;

beforeEach(async () => {
  rig = await createHubRig();
  http = createServer(express().use(rig.hub.router));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api`;
  ({ code, key } = await created());
});
afterEach(async () => {
  http.closeAllConnections();
  http.close();
  await rig.hub.close();
});

/** A meeting of one's own, with the key of who made it. */
async function created(): Promise<{ code: MeetingCode; key: string }> {
  const { value } = await ask('POST', '/meetings', { title: 'Cercle' }, undefined);
  const { code: made, facilitatorKey } = value as { code: MeetingCode; facilitatorKey: string };
  return { code: made, key: facilitatorKey };
}

async function ask(method: string, path: string, body?: unknown, right: string | undefined = key) {
  const response = await fetch(url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(right !== undefined && { authorization: `Bearer ${right}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { value?: unknown; refusal?: { kind: string } };
  return { status: response.status, ...answer };
}

const entry = (method: string, body?: unknown, of: string = code, right = key) =>
  ask(method, `/meetings/${of}/entry`, body, right);
const links = (method: string, body?: unknown, of: string = code, right = key) =>
  ask(method, `/meetings/${of}/guest-links`, body, right);
async function made(body: object = {}): Promise<GuestLink> {
  const { value } = await links('POST', { label: 'Citoyennes', days: 7, seats: 3, ...body });
  return value as GuestLink;
}
const listed = async () => ((await links('GET')).value as { links: GuestLink[] }).links;

it('[ENTRY-3] who has the key reads and says who may enter; addresses are kept in lower case, each once', async () => {
  expect(await entry('GET')).toMatchObject({
    status: 200,
    value: { rule: 'anyone', invited: [], community: null },
  });
  const invited = [' Ana@Exemple.org ', 'ana@exemple.org', 'bea@exemple.org'];
  expect(await entry('PUT', { rule: 'invited', invited })).toMatchObject({ status: 200 });
  const { value } = await entry('GET');
  expect(value as Entry).toEqual({
    rule: 'invited',
    invited: ['ana@exemple.org', 'bea@exemple.org'],
    community: null,
  });
});

it('[ENTRY-3] a meeting of no community is not kept for one’s members, and what does not fit changes nothing', async () => {
  const wrong = [
    { rule: 'community', invited: [] },
    { rule: 'nobody', invited: [] },
    { rule: 'invited', invited: ['<b>ana</b>@exemple.org'] },
    { rule: 'invited', invited: Array.from({ length: 501 }, (_, i) => `p${i}@exemple.org`) },
    { rule: 'invited' },
  ];
  for (const body of wrong) {
    expect(await entry('PUT', body), JSON.stringify(body).slice(0, 80)).toMatchObject({
      status: 400,
      refusal: { kind: 'invalidInput' },
    });
  }
  expect(await entry('GET')).toMatchObject({ value: { rule: 'anyone', invited: [] } });
});

it('[GUEST-1] a link is made, listed with what it holds and how many came, and lets a guest in by it', async () => {
  const link = await made();
  expect(link).toMatchObject({ label: 'Citoyennes', seats: 3, taken: 0 });
  expect(link.expiresAt - link.createdAt).toBe(7 * 86_400_000);
  const guest = new Browser(rig.gateway);
  await guest.join(code, 'Citoyenne', { guestToken: link.token });
  expect(await listed()).toEqual([{ ...link, taken: 1 }]);
});

it('[GUEST-1] there are so many links and no more; what does not fit makes none', async () => {
  const wrong = [
    { days: 0 },
    { days: 367 },
    { seats: 0 },
    { seats: 1001 },
    { label: 'a\nb' },
    { label: 'x'.repeat(81) },
  ];
  for (const change of wrong) {
    expect(
      await links('POST', { label: '', days: 1, seats: 1, ...change }),
      JSON.stringify(change),
    ).toMatchObject({
      status: 400,
    });
  }
  for (let i = 0; i < GUEST_LINKS_MAX; i += 1) await made();
  expect(await links('POST', { label: '', days: 1, seats: 1 })).toMatchObject({
    status: 409,
    refusal: { kind: 'tooManyLinks' },
  });
  expect(await listed()).toHaveLength(GUEST_LINKS_MAX);
});

it('[GUEST-3] a link that is revoked says since when, and is revoked once; another meeting’s is unknown', async () => {
  const link = await made();
  const other = await created();
  const path = (of: string) => `/meetings/${of}/guest-links/${link.linkId}`;
  expect(await ask('DELETE', path(other.code), undefined, other.key)).toMatchObject({ status: 404 });
  expect(await ask('DELETE', path(code))).toMatchObject({ status: 200 });
  const [revoked] = await listed();
  expect(revoked?.revokedAt).toBeGreaterThan(0);
  expect(await ask('DELETE', path(code))).toMatchObject({ status: 200 });
  expect((await listed())[0]).toEqual(revoked);
});

it('[ENTRY-3] without the key, or with another meeting’s, nothing is told and nothing changes', async () => {
  const other = await created();
  for (const right of ['wrong', other.key]) {
    const tried = [
      await entry('GET', undefined, code, right),
      await entry('PUT', { rule: 'invited', invited: [] }, code, right),
      await links('GET', undefined, code, right),
      await links('POST', { label: '', days: 1, seats: 1 }, code, right),
    ];
    expect(tried.map(({ status, refusal }) => [status, refusal?.kind])).toEqual(
      tried.map(() => [403, 'notAllowed']),
    );
  }
  expect(await entry('GET', undefined, 'abc-defg-hjz')).toMatchObject({
    refusal: { kind: 'meetingNotFound' },
  });
  expect(await entry('GET')).toMatchObject({ value: { rule: 'anyone' } });
});
