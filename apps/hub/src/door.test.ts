import type { ParticipantId } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { facilitatorKey, Member } from '../test-support/company.ts';
import { CODE, MEDIA } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { PROTOCOL_VERSION } from '@relais/protocol';

const GRACE_MS = 60_000;

let rig: HubsRig;
let a: OneHub;
let b: OneHub;
let anim: Member;
let ana: Member;
let bea: Member;

/** Anim and Ana on one hub, Béa on another. */
beforeEach(async () => {
  vi.useFakeTimers();
  rig = new HubsRig({ graceMs: GRACE_MS });
  await rig.createMeeting();
  a = rig.start();
  b = rig.start();
  await pass(0);
  anim = await Member.join(a.gateway, 'Anim', true);
  ana = await Member.join(a.gateway, 'Ana');
  bea = await Member.join(b.gateway, 'Béa');
  await pass(0);
});
afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const remove = (by: Member, participantId: ParticipantId) =>
  by.browser.attempt('door:remove', { participantId });
const lock = (by: Member, locked: boolean) => by.browser.attempt('door:lock', { locked });
const namesFor = (member: Member) => {
  member.browser.receive();
  return member.browser.meeting?.participants.map(({ name }) => name);
};
/** What the media node in truth has open. */
const hasMedia = (member: Member) => rig.media.peers().some(({ peerId }) => peerId === member.peerId);
const toldOfRemoval = (member: Member) =>
  member.browser.connection!.inbox.filter(({ name }) => name === 'removed').length;
const joining = (name: string, more: object = {}) => ({
  protocolVersion: PROTOCOL_VERSION,
  code: CODE,
  name,
  ...more,
});

describe('removing somebody', () => {
  test('[DOOR-3] their seat, their media and their socket end at once, on the same hub and on another', async () => {
    for (const [one, gateway] of [
      [ana, a.gateway],
      [bea, b.gateway],
    ] as const) {
      const voice = await one.speak();
      const connection = one.browser.connection!;
      const told = vi.spyOn(connection, 'tell');
      expect(await remove(anim, one.id)).toBe('accepted');
      await pass(0);
      expect(told.mock.calls.map(([name]) => name)).toContain('removed');
      expect(told.mock.lastCall?.[0], 'the last that they hear').toBe('removed');
      expect([connection.open, hasMedia(one), gateway.connections.has(connection)]).toEqual([
        false,
        false,
        false,
      ]);
      expect(anim.sees(one)).toBeUndefined();
      expect(await anim.hear(voice)).toBe('unknownId');
    }
    expect(namesFor(anim)).toEqual(['Anim']);
  });

  test('[DOOR-3] to the others they left; who runs the meeting has them in a list, on each hub', async () => {
    const second = await Member.join(b.gateway, 'Deuxième', true);
    await remove(anim, ana.id);
    await pass(0);
    for (const one of [anim, second, bea]) {
      expect(namesFor(one)).not.toContain('Ana');
      const removed = one.browser.meeting?.door?.removed.map(({ name }) => name);
      expect(removed).toEqual(one === bea ? undefined : ['Ana']);
    }
    expect(JSON.stringify(bea.browser.meeting)).not.toContain('removed');
    const late = await Member.join(b.gateway, 'Tard');
    expect(late.browser.meeting?.door).toBeUndefined();
  });

  test('[DOOR-4] they come back by no hub: not by their seat, not from their browser, until they are let back in', async () => {
    const seat = bea.browser.seat!;
    await remove(anim, bea.id);
    await pass(0);
    for (const { gateway } of [a, b]) {
      expect(await new Browser(gateway).attempt('meeting:join', joining('Béa', { seat }))).toBe('removed');
      const renamed = joining('Une autre', { formerSeats: [seat.participantId] });
      expect(await new Browser(gateway).attempt('meeting:join', renamed)).toBe('removed');
    }
    await pass(GRACE_MS * 2);
    expect(namesFor(anim)).toEqual(['Anim', 'Ana']);
    expect(await anim.browser.attempt('door:letBack', { participantId: bea.id })).toBe('accepted');
    await pass(0);
    const back = new Browser(b.gateway);
    expect(await back.attempt('meeting:join', joining('Béa', { seat, media: MEDIA }))).toBe('accepted');
    await pass(0);
    expect(namesFor(anim)).toEqual(['Anim', 'Ana', 'Béa']);
  });

  test('[DOOR-3] somebody whose line is cut is removed, too, and their hub being killed changes nothing of it', async () => {
    const seat = bea.browser.seat!;
    bea.browser.cut();
    ana.browser.cut();
    await pass(0);
    expect(await remove(anim, ana.id)).toBe('accepted');
    await pass(0);
    expect(hasMedia(ana)).toBe(false);
    rig.kill(b);
    await pass(6000);
    expect(await remove(anim, bea.id)).toBe('accepted');
    await pass(0);
    expect(hasMedia(bea)).toBe(false);
    const again = joining('Béa', { seat, keepPeerId: bea.peerId, sinceVersion: 2 });
    expect(await new Browser(a.gateway).attempt('meeting:join', again)).toBe('removed');
    await pass(GRACE_MS * 2);
    expect(namesFor(anim)).toEqual(['Anim']);
  });

  test('[DOOR-3] while the hubs do not hear each other the other one reads it in the log', async () => {
    rig.exchange.setUp(b.id, false);
    await remove(anim, bea.id);
    const connection = bea.browser.connection!;
    expect(connection.open).toBe(true);
    await pass(2000);
    expect([connection.open, hasMedia(bea)]).toEqual([false, false]);
    rig.exchange.setUp(b.id, true);
    await pass(GRACE_MS * 2);
    expect(namesFor(anim)).toEqual(['Anim', 'Ana']);
    expect(anim.sees(bea)).toBeUndefined();
  });

  test('[DOOR-3] what was under way for them brings nothing any more', async () => {
    const openPeer = rig.media.openPeer.bind(rig.media);
    vi.spyOn(rig.media, 'openPeer').mockImplementationOnce(async (request) => {
      await remove(anim, ana.id);
      return openPeer(request);
    });
    expect(await ana.browser.attempt('media:open', MEDIA)).toBe('unavailable');
    await pass(0);
    expect(rig.media.peers()).toHaveLength(2);
    expect(toldOfRemoval(anim)).toBe(0);
  });

  test('[DOOR-4] [DOOR-6] only by who runs the meeting, and neither themselves nor another who does', async () => {
    const second = await Member.join(b.gateway, 'Deuxième', true);
    await pass(0);
    expect([await remove(ana, bea.id), await remove(ana, ana.id)]).toEqual(['notAllowed', 'notAllowed']);
    expect([await remove(anim, anim.id), await remove(anim, second.id)]).toEqual([
      'runsMeeting',
      'runsMeeting',
    ]);
    expect(await remove(anim, 'p-of-another-meeting' as ParticipantId)).toBe('unknownParticipant');
    expect(namesFor(anim)).toHaveLength(4);
  });

  test('[DOOR-4] a key to run the meeting opens to who was removed', async () => {
    const seat = ana.browser.seat!;
    await remove(anim, ana.id);
    const withKey = joining('Ana', { seat, facilitatorKey });
    expect(await new Browser(b.gateway).attempt('meeting:join', withKey)).toBe('accepted');
    await pass(0);
    anim.browser.receive();
    expect(anim.browser.meeting?.door).toBeUndefined();
  });
});

describe('locking the meeting', () => {
  test('[DOOR-1] nobody new comes in by any hub; who was cut, or reloads, comes back', async () => {
    expect(await lock(anim, true)).toBe('accepted');
    await pass(0);
    for (const { gateway } of [a, b])
      expect(await new Browser(gateway).attempt('meeting:join', joining('Cléo'))).toBe('meetingLocked');
    ana.browser.cut();
    await pass(1000);
    ana.browser.connection = b.gateway.connect();
    await ana.browser.join(CODE, 'Ana', { media: MEDIA });
    // As a page does that is closed and opened again.
    bea.browser.cut(true);
    await pass(1000);
    expect(namesFor(anim)).toEqual(['Anim', 'Ana']);
    bea.browser.connection = a.gateway.connect();
    await bea.browser.join(CODE, 'Béa', { media: MEDIA });
    await pass(0);
    expect(namesFor(anim)).toEqual(['Anim', 'Ana', 'Béa']);
    // And after the grace period, too.
    bea.browser.cut();
    await pass(GRACE_MS + 5000);
    bea.browser.connection = b.gateway.connect();
    await bea.browser.join(CODE, 'Béa', { media: MEDIA });
    await pass(0);
    expect(namesFor(anim)).toEqual(['Anim', 'Ana', 'Béa']);
  });

  test('[DOOR-1] who has the key comes in; opened again, everybody does', async () => {
    await lock(anim, true);
    await Member.join(b.gateway, 'Deuxième', true);
    expect(await lock(anim, false)).toBe('accepted');
    await pass(0);
    await Member.join(b.gateway, 'Cléo');
    await pass(0);
    expect(namesFor(anim)).toEqual(['Anim', 'Ana', 'Béa', 'Deuxième', 'Cléo']);
  });

  test('[DOOR-2] everybody is told, on each hub, and nobody else may do it', async () => {
    expect(await lock(ana, true)).toBe('notAllowed');
    await lock(anim, true);
    await pass(0);
    for (const one of [anim, ana, bea]) {
      one.browser.receive();
      expect(one.browser.meeting?.door?.locked).toBe(true);
    }
    expect(bea.browser.meeting?.door?.inside).toEqual([]);
    await lock(anim, false);
    await pass(0);
    bea.browser.receive();
    expect(bea.browser.meeting?.door).toBeUndefined();
  });

  test('[DOOR-1] it stays locked when everybody has gone, and over a restart of the hubs', async () => {
    await lock(anim, true);
    for (const one of [ana, bea, anim]) await one.browser.call('meeting:leave', {});
    await pass(0);
    const c = rig.start();
    await pass(0);
    expect(await new Browser(c.gateway).attempt('meeting:join', joining('Cléo'))).toBe('meetingLocked');
    const { seat } = ana.browser;
    expect(await new Browser(c.gateway).attempt('meeting:join', joining('Ana', { seat }))).toBe('accepted');
  });
});
