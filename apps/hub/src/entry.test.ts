import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ok } from '@relais/kit';
import { PROTOCOL_VERSION, type MeetingId, type PersonId } from '@relais/protocol';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { Member } from '../test-support/company.ts';
import { CODE, MEETING_ID, SECRET } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';
import { GuestTokens } from './features/entry/guest-tokens.ts';
import type { Accounts } from './ports/accounts.ts';

const accounts: Accounts = {
  cameWith: async ({ cookie }) =>
    cookie === 'away'
      ? { ok: false, error: { kind: 'unavailable' } }
      : ok(cookie ? { personId: cookie as PersonId, email: `${cookie}@exemple.org` } : undefined),
  emailsOf: async () => new Map(),
};
const tokens = new GuestTokens(SECRET);

let rig: HubsRig;
let a: OneHub;
let b: OneHub;
let anim: Member;

beforeEach(async () => {
  vi.useFakeTimers();
  rig = new HubsRig({ accounts });
  await rig.createMeeting();
  a = rig.start();
  b = rig.start();
  await pass(0);
  anim = await Member.join(a.gateway, 'Anim', true);
  await pass(0);
});
afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
interface Coming {
  cookie?: string;
  guestToken?: string;
}
/** Somebody comes to a hub: the refusal's kind, or 'accepted'. */
async function comes(one: OneHub, { cookie, guestToken }: Coming = {}): Promise<string> {
  const browser = new Browser(one.gateway);
  browser.connection = one.gateway.connect({ cookie });
  return browser.attempt('meeting:join', {
    protocolVersion: PROTOCOL_VERSION,
    code: CODE,
    name: 'Quelqu’une',
    ...(guestToken !== undefined && { guestToken }),
  });
}
async function link(seats = 2, days = 1): Promise<string> {
  const linkId = `l${seats}-${days}`;
  const [createdAt, expiresAt] = [Date.now(), Date.now() + days * 86_400_000];
  await rig.entry.addLink(MEETING_ID, { linkId, label: '', seats, createdAt, expiresAt }, 50);
  return tokens.sign(MEETING_ID, linkId);
}

/** What a hub tells of the meeting over HTTP to whoever has its code. */
async function told({ hub }: OneHub, cookie = '', key?: string): Promise<unknown> {
  const server = createServer(express().use(hub.router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/meetings/${CODE}`, {
      headers: { cookie, ...(key && { authorization: `Bearer ${key}` }) },
    });
    return ((await response.json()) as { value: unknown }).value;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('[ENTRY-5] whoever has the code of a meeting that is kept for some learns of it, by HTTP, that it is there and no more', async () => {
  vi.useRealTimers();
  const open = { code: CODE, title: 'Table', createdAt: 1, present: { people: 1, cameras: 0, screens: 0 } };
  const kept = { code: CODE, title: '', createdAt: 1 };
  expect(await told(b)).toEqual(open);
  for (const rule of ['invited', 'community'] as const) {
    await rig.entry.save(MEETING_ID, { rule, communityId: undefined });
    expect(await told(b), rule).toEqual(kept);
    expect(await told(b, 'bea'), rule).toEqual(kept);
    expect(await told(b, 'away'), rule).toEqual(kept);
  }
  await rig.entry.save(MEETING_ID, { rule: 'invited', communityId: undefined });
  await rig.entry.invite(MEETING_ID, ['ana@exemple.org']);
  expect(await told(b, 'ana')).toEqual(open);
  const keys = new FacilitatorKeys(SECRET);
  expect(await told(b, '', keys.sign(MEETING_ID))).toEqual(open);
  expect(await told(b, '', keys.sign('another' as MeetingId))).toEqual(kept);
});

describe('a meeting for those who are invited', () => {
  beforeEach(async () => {
    await rig.entry.save(MEETING_ID, { rule: 'invited', communityId: undefined });
    await rig.entry.invite(MEETING_ID, ['ana@exemple.org']);
  });

  test('[ENTRY-1] [ENTRY-2] is entered by who is signed in with an address that is invited, by nobody else, on any hub', async () => {
    expect(await comes(a, { cookie: 'ana' })).toBe('accepted');
    expect(await comes(b, { cookie: 'ana' })).toBe('accepted');
    expect(await comes(b, { cookie: 'bea' })).toBe('notInvited');
    expect(await comes(a)).toBe('signInNeeded');
    expect(await comes(a, { cookie: 'away' })).toBe('unavailable');
  });

  test('[ENTRY-1] is entered with its key, and who holds a seat keeps it, over a cut of the line too', async () => {
    const ana = await Member.join(b.gateway, 'Ana', false, { cookie: 'ana' });
    await rig.entry.setInvited(MEETING_ID, []);
    ana.browser.cut();
    await pass(0);
    await ana.browser.join(CODE, 'Ana');
    expect(ana.browser.meeting?.participants.map(({ name }) => name)).toEqual(['Anim', 'Ana']);
    expect((await Member.join(b.gateway, 'Autre animatrice', true)).id).toBeDefined();
  });

  test('[GUEST-2] is entered by a link for guests, who are guests to all', async () => {
    expect(await comes(b, { guestToken: await link() })).toBe('accepted');
    await pass(0);
    anim.browser.receive();
    expect(anim.browser.meeting?.participants.map(({ guest }) => guest)).toEqual([undefined, true]);
  });
});

test('[ENTRY-1] a meeting for a community that is gone, or where there are none, is entered by nobody without the key', async () => {
  await rig.entry.save(MEETING_ID, { rule: 'community', communityId: undefined });
  expect([await comes(a, { cookie: 'ana' }), await comes(a)]).toEqual(['notInvited', 'signInNeeded']);
});

describe('a link for guests', () => {
  test('[GUEST-2] lets in as many as it has seats, over all hubs; who comes back to theirs takes no other', async () => {
    const guestToken = await link(2);
    const ana = new Browser(a.gateway);
    await ana.join(CODE, 'Ana', { guestToken });
    await ana.call('meeting:leave', {});
    await ana.join(CODE, 'Ana', { guestToken });
    expect(await comes(b, { guestToken })).toBe('accepted');
    expect(await comes(a, { guestToken })).toBe('guestLinkInvalid');
  });

  test('[GUEST-2] of who was not let in by the door keeps its seat for somebody else', async () => {
    const guestToken = await link(1);
    await anim.browser.call('door:lock', { locked: true });
    expect(await comes(b, { guestToken })).toBe('meetingLocked');
    await anim.browser.call('door:lock', { locked: false });
    await pass(0);
    expect(await comes(b, { guestToken })).toBe('accepted');
  });

  test('[GUEST-3] that has run out, was revoked, forged, or is another meeting’s lets nobody in, also where anyone may enter', async () => {
    const [old, revoked] = [await link(5, 1), await link(6, 9)];
    // Two days later, without the two hubs' looks of every second between.
    vi.setSystemTime(Date.now() + 2 * 86_400_000);
    await rig.entry.revoke(MEETING_ID, 'l6-9', Date.now());
    const foreign = tokens.sign('another' as MeetingId, 'l6-9');
    const told = [];
    for (const guestToken of [old, revoked, foreign, `${revoked}x`, 'l6-9.forged', 'x'])
      told.push(await comes(a, { guestToken }));
    expect(told).toEqual(told.map(() => 'guestLinkInvalid'));
    expect(await comes(a)).toBe('accepted');
  });

  test('[GUEST-4] makes a guest, who asks for nothing that only who runs the meeting may', async () => {
    const guest = new Browser(a.gateway);
    await guest.join(CODE, 'Citoyenne', { guestToken: await link() });
    expect(await guest.attempt('door:lock', { locked: true })).toBe('notAllowed');
    expect(await guest.attempt('chat:post', { clientMessageId: 'm', text: 'Bonjour' })).toBe('accepted');
  });
});
