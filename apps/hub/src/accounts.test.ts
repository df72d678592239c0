import { ok } from '@relais/kit';
import { PROTOCOL_VERSION, type PersonId } from '@relais/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { Member, openingOf } from '../test-support/company.ts';
import { CODE, MEETING_ID } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import type { Accounts, KnownAccount } from './ports/accounts.ts';

const ANA = { personId: 'person-ana' as PersonId, email: 'ana@exemple.org' };
const BEA = { personId: 'person-bea' as PersonId, email: undefined };
const BY_COOKIE = new Map<string, KnownAccount>([
  ['ana', ANA],
  ['bea', BEA],
]);
const accounts: Accounts = {
  cameWith: async ({ cookie = '' }) =>
    cookie === 'away' ? { ok: false, error: { kind: 'unavailable' } } : ok(BY_COOKIE.get(cookie)),
  emailsOf: async (ids) => new Map([[ANA.personId, ANA.email] as const].filter(([id]) => ids.includes(id))),
};

let rig: HubsRig;
let a: OneHub;
let b: OneHub;
let anim: Member;

/** Anim on one hub; the others come to another. */
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
const joining = (name: string) => ({ protocolVersion: PROTOCOL_VERSION, code: CODE, name });
async function attempt(one: OneHub, cookie: string | undefined): Promise<string> {
  const browser = new Browser(one.gateway);
  browser.connection = one.gateway.connect({ cookie });
  return browser.attempt('meeting:join', joining('Autre'));
}

test('[ACCOUNT-1] the account of who comes in stands in the log, and no browser is told of it', async () => {
  const ana = await Member.join(b.gateway, 'Ana', false, { cookie: 'ana' });
  await pass(0);
  const log = await rig.log.read(MEETING_ID, 0, 100);
  expect(log.ok && log.value.map(({ event }) => event)).toContainEqual(
    expect.objectContaining({ type: 'participantJoined', name: 'Ana', personId: ANA.personId }),
  );
  const told = JSON.stringify([...a.gateway.connections, ...b.gateway.connections].map(({ inbox }) => inbox));
  expect(told).toContain('"Ana"');
  expect(told).not.toContain(ANA.personId);
  expect(
    JSON.stringify([ana.browser.meeting, await ana.browser.call('meeting:catchUp', { sinceVersion: 1 })]),
  ).not.toContain(ANA.personId);
});

test('[DOOR-4] who was removed does not come back with their account, from any browser and on any hub', async () => {
  const ana = await Member.join(b.gateway, 'Ana', false, { cookie: 'ana' });
  await pass(0);
  expect(await anim.browser.attempt('door:remove', { participantId: ana.id })).toBe('accepted');
  await pass(0);
  expect([await attempt(a, 'ana'), await attempt(b, 'ana')]).toEqual(['removed', 'removed']);
  expect([await attempt(a, 'bea'), await attempt(b, undefined)]).toEqual(['accepted', 'accepted']);
});

test('[ACCOUNT-1] who has a cookie that is nobody’s, or whose account cannot be looked for now, comes in without one', async () => {
  expect([await attempt(a, 'forged'), await attempt(b, 'away')]).toEqual(['accepted', 'accepted']);
  const log = await rig.log.read(MEETING_ID, 0, 100);
  expect(JSON.stringify(log)).not.toContain('personId');
});

test('[BREAK-36] a list that names an address means who came with that account, proved, whatever their name is', async () => {
  const ana = await Member.join(b.gateway, 'Grande cheffe', false, { cookie: 'ana' });
  const bea = await Member.join(b.gateway, 'Béa', false, { cookie: 'bea' });
  await pass(0);
  const draft = {
    ...openingOf([[], []]),
    rooms: [
      { name: 'Un', people: ['bea@exemple.org'] },
      { name: 'Deux', people: ['ANA@exemple.org'] },
    ],
    filling: { kind: 'byHand' as const, placements: [] },
  };
  const { rooms, filling, seed, withFacilitators } = draft;
  const proposal = { rooms, filling, seed, withFacilitators };
  const proposed = await anim.browser.call('breakout:propose', proposal);
  expect(proposed.placements).toEqual([{ participantId: ana.id, room: 1 }]);
  expect(proposed.unplaced).toContainEqual({ name: 'bea@exemple.org', why: 'notHere' });
  await anim.browser.call('breakout:open', draft);
  await pass(0);
  anim.browser.receive();
  const { round } = anim.browser.meeting!.breakout!;
  expect(round?.placements[ana.id]).toBe(round?.rooms[1]?.roomId);
  expect(round?.placements[bea.id]).toBeUndefined();
});

test('[BREAK-8] [BREAK-36] who comes late with an account goes to the room whose list names their address', async () => {
  const bea = await Member.join(b.gateway, 'Béa');
  await pass(0);
  await anim.browser.call('breakout:open', {
    ...openingOf([[bea], []]),
    rooms: [{ name: 'Un' }, { name: 'Deux', people: ['ana@exemple.org'] }],
    late: 'own',
  });
  await pass(60_000);
  const ana = await Member.join(b.gateway, 'Ana', false, { cookie: 'ana' });
  await pass(0);
  anim.browser.receive();
  const { round } = anim.browser.meeting!.breakout!;
  expect(round?.placements[ana.id]).toBe(round?.rooms[1]?.roomId);
});
