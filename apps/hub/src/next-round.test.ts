import { roomOf } from '@relais/domain';
import type { RequestInput } from '@relais/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig, MEETING_ID, SECRET } from '../test-support/hub-rig.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';

const facilitatorKey = new FacilitatorKeys(SECRET).sign(MEETING_ID);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const where = (browser: Browser) => {
  browser.receive();
  return roomOf(browser.meeting!, browser.seat!.participantId);
};
const roundOf = (browser: Browser) => {
  browser.receive();
  return browser.meeting?.breakout?.round;
};

const ROUND: RequestInput<'breakout:open'> = {
  rooms: [{ name: 'Un' }, { name: 'Deux' }],
  filling: { kind: 'even' },
  seed: 1,
  withFacilitators: false,
  countdownSeconds: 0,
  minutes: 10,
  late: 'smallest',
  mayChoose: false,
};

async function meetingOf(...names: string[]) {
  const rig = await createHubRig({ graceMs: 600_000 });
  const anim = new Browser(rig.gateway);
  await anim.join(CODE, 'Anim', { facilitatorKey });
  const people = await Promise.all(
    names.map(async (name) => {
      const browser = new Browser(rig.gateway);
      await browser.join(CODE, name);
      return browser;
    }),
  );
  await anim.call('breakout:open', ROUND);
  return { ...rig, anim, people: people as [Browser, Browser] };
}

/** The rooms that are open, once more. */
function again(
  anim: Browser,
  more: Partial<RequestInput<'breakout:open'>> = {},
): RequestInput<'breakout:open'> {
  const round = roundOf(anim)!;
  const rooms = round.rooms.map(({ roomId, name }) => ({ roomId, name }));
  return { ...ROUND, rooms, filling: { kind: 'same' }, countdownSeconds: 5, after: round.roundId, ...more };
}

test('[BREAK-37] one press closes the rooms and opens them anew, also when nobody who runs the meeting is there any more', async () => {
  const { anim, people, hub } = await meetingOf('Ana', 'Béa');
  const [ana, bea] = people;
  const before = [where(ana), where(bea)];
  const { roundId } = await anim.call('breakout:open', again(anim));
  expect(roundOf(ana)?.phase).toBe('closing');
  expect(ana.meeting?.breakout).not.toHaveProperty('next');
  anim.cut();
  await pass(30_000);
  expect(roundOf(ana)).toMatchObject({ roundId, number: 2, phase: 'opening' });
  expect(where(ana)).toBe('plenary');
  await pass(5_000);
  expect([where(ana), where(bea)]).toEqual(before);
  await hub.close();
});

test('[BREAK-37] what follows is in the log: a hub that is started again keeps to it', async () => {
  const { anim, people, hub, log } = await meetingOf('Ana', 'Béa');
  const [ana] = people;
  const { roundId } = await anim.call('breakout:open', again(anim));
  await hub.close();
  await pass(60_000);
  const other = await createHubRig({ graceMs: 600_000, log });
  const back = new Browser(other.gateway);
  back.seat = ana.seat;
  await back.join(CODE, 'Ana');
  await pass(1);
  expect(roundOf(back)?.roundId).toBe(roundId);
  await pass(5_000);
  expect(where(back)).not.toBe('plenary');
  await other.hub.close();
});

test('[BREAK-37] another of those who run the meeting sees what follows, is refused a second one, and calls it off', async () => {
  const { anim, people, hub, gateway } = await meetingOf('Ana', 'Béa');
  const eve = new Browser(gateway);
  await eve.join(CODE, 'Ève', { facilitatorKey });
  await anim.call('breakout:open', again(anim));
  eve.receive();
  expect(eve.meeting?.breakout?.next).toMatchObject({ by: anim.seat!.participantId, minutes: 10 });
  expect(await eve.attempt('breakout:open', again(eve))).toBe('notNow');
  expect(await people[0].attempt('breakout:dropNext', {})).toBe('notAllowed');
  await eve.call('breakout:dropNext', {});
  expect(roundOf(anim)?.phase).toBe('running');
  expect(anim.meeting?.breakout).not.toHaveProperty('next');
  await pass(600_000);
  expect(roundOf(anim)).toBeUndefined();
  await hub.close();
});
