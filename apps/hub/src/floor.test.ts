import type { Closable, ParticipantId } from '@relais/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Member, openingOf } from '../test-support/company.ts';
import { CODE, MEDIA } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';

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
const close = (by: Member, participantId: ParticipantId, source: Closable = 'microphone') =>
  by.browser.attempt('floor:close', { participantId, source });
const invite = (by: Member, participantId: ParticipantId) =>
  by.browser.attempt('floor:invite', { participantId });
/** What they were told of this, which is read with it. */
const told = (member: Member) => {
  const { inbox } = member.browser.connection!;
  const found = inbox.flatMap((one) =>
    one.name === 'sendingClosed' || one.name === 'invitedToSpeak' ? [[one.name, one.fact] as const] : [],
  );
  member.browser.receive();
  return found;
};
const microphoneOf = (of: Member, seenBy: Member) =>
  seenBy.sees(of)?.producers.find(({ source }) => source === 'microphone')?.paused;

async function picture(member: Member, source: 'camera' | 'screen', ssrc: number) {
  const { camera } = await import('@relais/testing');
  const { producerId } = await member.browser.call('media:produce', {
    peerId: member.peerId,
    source,
    kind: 'video',
    rtpParameters: camera(String(ssrc), ssrc),
    paused: false,
  });
  return producerId;
}

test('[FLOOR-1] a microphone is paused at the media node, on whichever hub, its owner is told who did it, and opens it again', async () => {
  for (const one of [ana, bea]) {
    const voice = await one.speak();
    await pass(0);
    const paused = vi.spyOn(rig.media, 'pauseProducer');
    expect(await close(anim, one.id)).toBe('accepted');
    await pass(0);
    expect(paused.mock.calls.map(([{ peerId }, id, isPaused]) => [peerId, id, isPaused])).toEqual([
      [one.peerId, voice, true],
    ]);
    expect(microphoneOf(one, anim)).toBe(true);
    expect(told(one)).toEqual([['sendingClosed', { source: 'microphone', from: 'Anim' }]]);
    await one.browser.call('media:pauseProducer', { producerId: voice, paused: false });
    await pass(0);
    expect(microphoneOf(one, anim)).toBe(false);
    paused.mockRestore();
  }
  expect(told(anim)).toEqual([]);
});

test('[FLOOR-1] a camera and a shared screen end at the media node', async () => {
  await picture(bea, 'camera', 21);
  await picture(bea, 'screen', 31);
  await pass(0);
  expect(anim.sees(bea)?.producers).toHaveLength(2);
  expect([await close(anim, bea.id, 'camera'), await close(anim, bea.id, 'screen')]).toEqual([
    'accepted',
    'accepted',
  ]);
  await pass(0);
  expect(anim.sees(bea)?.producers).toEqual([]);
  expect(told(bea).map(([, fact]) => fact)).toEqual([
    { source: 'camera', from: 'Anim' },
    { source: 'screen', from: 'Anim' },
  ]);
});

test('[FLOOR-1] who sends nothing is told nothing', async () => {
  await ana.speak(true);
  expect(await close(anim, ana.id)).toBe('accepted');
  expect(await close(anim, ana.id, 'screen')).toBe('accepted');
  expect(told(ana)).toEqual([]);
});

test('[FLOOR-2] all microphones are closed where one is, but of those who run the meeting', async () => {
  const second = await Member.join(b.gateway, 'Deuxième', true);
  const far = await Member.join(b.gateway, 'Loin');
  await pass(0);
  for (const one of [anim, ana, bea, second, far]) await one.speak();
  await anim.browser.call('breakout:open', openingOf([[far]]));
  await pass(0);
  // Whom the rooms were not to take are where who runs it is.
  await anim.browser.call('breakout:move', {
    moves: [ana, bea].map(({ id }) => ({ participantId: id, roomId: null })),
  });
  await pass(0);
  expect(await anim.browser.attempt('floor:closeAll', {})).toBe('accepted');
  await pass(0);
  expect([anim, ana, bea, second, far].map((one) => microphoneOf(one, anim))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect([told(ana), told(bea), told(far)].map((one) => one.length)).toEqual([1, 1, 0]);
});

test('[FLOOR-3] somebody is asked, they alone, and nothing of theirs is opened', async () => {
  await bea.speak(true);
  await pass(0);
  expect(await invite(anim, bea.id)).toBe('accepted');
  await pass(0);
  expect([told(bea), told(ana)]).toEqual([[['invitedToSpeak', { from: 'Anim' }]], []]);
  expect(microphoneOf(bea, anim)).toBe(true);
  bea.browser.cut();
  await pass(0);
  expect(await invite(anim, bea.id)).toBe('unknownId');
});

test('[FLOOR-4] who is cut off is silenced too, and told when they are back, on the same hub and on another', async () => {
  for (const [one, gateway] of [
    [ana, a.gateway],
    [bea, a.gateway],
  ] as const) {
    await one.speak();
    one.browser.cut();
    await pass(0);
    expect(await close(anim, one.id)).toBe('accepted');
    await pass(0);
    expect(microphoneOf(one, anim)).toBe(true);
    one.browser.connection = gateway.connect();
    await one.browser.join(CODE, one.name, { media: MEDIA, keepPeerId: one.peerId });
    expect(told(one)).toEqual([['sendingClosed', { source: 'microphone', from: 'Anim' }]]);
    one.browser.cut();
    await pass(0);
    one.browser.connection = gateway.connect();
    await one.browser.join(CODE, one.name, { media: MEDIA, keepPeerId: one.peerId });
    expect(told(one), 'once').toEqual([]);
  }
});

test('[FLOOR-5] a participant closes nobody’s microphone and asks nobody, nor with ids of another meeting', async () => {
  const voice = await bea.speak();
  await pass(0);
  expect([await close(ana, bea.id), await close(ana, anim.id), await invite(ana, bea.id)]).toEqual(
    Array(3).fill('notAllowed'),
  );
  expect(await ana.browser.attempt('floor:closeAll', {})).toBe('notAllowed');
  // Nor by the media's own requests, with an id that everybody sees.
  expect(await ana.browser.attempt('media:pauseProducer', { producerId: voice, paused: true })).toBe(
    'unknownId',
  );
  expect(await anim.browser.attempt('media:pauseProducer', { producerId: voice, paused: false })).toBe(
    'unknownId',
  );
  const stranger = 'p-of-another-meeting' as ParticipantId;
  expect([await close(anim, stranger), await invite(anim, stranger)]).toEqual(
    Array(2).fill('unknownParticipant'),
  );
  expect(microphoneOf(bea, anim)).toBe(false);
  expect(told(bea)).toEqual([]);
});
