import { TO_ALL_MAX_MS } from '@relais/domain';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { facilitatorKey, Member, openingOf } from '../test-support/company.ts';
import { CODE, MEDIA, MEETING_ID } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';

const GRACE_MS = 60_000;

let rig: HubsRig;
let a: OneHub;
let b: OneHub;

beforeEach(async () => {
  vi.useFakeTimers();
  rig = new HubsRig({ graceMs: GRACE_MS });
  await rig.createMeeting();
  a = rig.start();
  b = rig.start();
  await pass(0);
});
afterEach(async () => {
  await rig.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** What the media node in truth gives them. */
const heard = (member: Member) =>
  rig.media.consumersOf({ roomId: MEETING_ID, peerId: member.peerId }).map(({ producerId }) => producerId);

const speakToAll = (member: Member, on: boolean) => member.browser.attempt('breakout:speakToAll', { on });

/** Anim in the plenary and Ana in a room, on one hub; Béa in another room, on another hub. */
async function rooms() {
  const anim = await Member.join(a.gateway, 'Anim', true);
  const ana = await Member.join(a.gateway, 'Ana');
  const bea = await Member.join(b.gateway, 'Béa');
  await pass(0);
  const voice = await anim.speak();
  await anim.browser.call('breakout:open', openingOf([[ana], [bea]]));
  await pass(0);
  return { anim, ana, bea, voice };
}

describe('speaking to all rooms', () => {
  test('[VOICE-1] the microphone alone is had in every room, on each hub, exactly while it is so', async () => {
    const { anim, ana, bea, voice } = await rooms();
    const { producerId: face } = await anim.browser.call('media:produce', {
      peerId: anim.peerId,
      source: 'screenAudio',
      kind: 'audio',
      rtpParameters: { ...(await import('@relais/testing')).microphone('1', 7) },
      paused: false,
    });
    await pass(0);
    expect([await ana.hear(voice), await bea.hear(voice)]).toEqual(['notInYourRoom', 'notInYourRoom']);
    await anim.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    expect([ana.sees(anim)?.toAll, bea.sees(anim)?.toAll]).toEqual([Date.now(), Date.now()]);
    expect([await ana.hear(voice, face), await bea.hear(voice, face)]).toEqual(['accepted', 'accepted']);
    expect([heard(ana), heard(bea)]).toEqual([[voice], [voice]]);
    await anim.browser.call('breakout:speakToAll', { on: false });
    await pass(0);
    expect([heard(ana), heard(bea)], 'taken away whatever the browsers do').toEqual([[], []]);
    expect([ana.sees(anim)?.toAll, bea.sees(anim)?.toAll]).toEqual([undefined, undefined]);
    expect(await bea.hear(voice)).toBe('notInYourRoom');
  });

  test('[VOICE-1] only who runs the meeting does so, while rooms are open', async () => {
    const anim = await Member.join(a.gateway, 'Anim', true);
    const ana = await Member.join(a.gateway, 'Ana');
    expect(await speakToAll(anim, true)).toBe('notNow');
    await anim.browser.call('breakout:open', { ...openingOf([[ana]]), countdownSeconds: 10 });
    expect(await speakToAll(anim, true)).toBe('notNow');
    await pass(10_000);
    expect(await speakToAll(ana, true)).toBe('notAllowed');
    expect([await speakToAll(anim, true), await speakToAll(anim, true)]).toEqual(['accepted', 'accepted']);
  });

  test('[VOICE-1] those with whom they are go on hearing them, and they hear no more than before', async () => {
    const { anim, ana, bea, voice } = await rooms();
    const cle = await Member.join(b.gateway, 'Cléo', true);
    await pass(0);
    await cle.hear(voice);
    const ofAna = await ana.speak();
    await anim.browser.call('breakout:speakToAll', { on: true });
    await bea.hear(voice);
    await anim.browser.call('breakout:speakToAll', { on: false });
    await pass(0);
    expect([heard(cle), heard(bea)]).toEqual([[voice], []]);
    expect(await anim.hear(ofAna)).toBe('notInYourRoom');
  });

  test('[VOICE-1] several do so at once, each on their own', async () => {
    const { anim, ana, bea, voice } = await rooms();
    const second = await Member.join(b.gateway, 'Deuxième', true);
    await pass(0);
    const other = await second.speak();
    await anim.browser.call('breakout:speakToAll', { on: true });
    await second.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    for (const one of [ana, bea]) await one.hear(voice, other);
    expect(heard(ana)).toEqual([voice, other]);
    await anim.browser.call('breakout:speakToAll', { on: false });
    await pass(0);
    expect([heard(ana), heard(bea)]).toEqual([[other], [other]]);
    expect([ana.sees(anim)?.toAll, ana.sees(second)?.toAll]).toEqual([undefined, expect.any(Number)]);
  });

  test('[VOICE-1] who comes in, opens media anew, or is moved while it is so has it at once, and keeps it', async () => {
    const { anim, ana, bea, voice } = await rooms();
    await anim.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    const again = await bea.browser.call('media:open', MEDIA);
    expect(again.consumers.map(({ producerId }) => producerId)).toEqual([voice]);
    const late = await Member.join(b.gateway, 'Tard');
    expect(heard(late)).toContain(voice);
    await ana.hear(voice);
    ana.browser.receive();
    const [, two] = ana.browser.meeting!.breakout!.round!.rooms;
    await anim.browser.call('breakout:move', { moves: [{ participantId: ana.id, roomId: two!.roomId }] });
    await pass(0);
    expect(heard(ana)).toContain(voice);
  });

  test('[VOICE-2] a short press ends though what begins it waits longer', async () => {
    const { anim, ana } = await rooms();
    await Promise.all([speakToAll(anim, true), speakToAll(anim, false)]);
    await pass(0);
    expect(ana.sees(anim)?.toAll).toBeUndefined();
  });

  test('[VOICE-2] it ends when the line falls', async () => {
    const { anim, ana, bea, voice } = await rooms();
    await anim.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    await bea.hear(voice);
    anim.browser.cut();
    await pass(0);
    expect(ana.sees(anim)).toMatchObject({ connected: false });
    expect([ana.sees(anim)?.toAll, bea.sees(anim)?.toAll, heard(bea)]).toEqual([undefined, undefined, []]);
    anim.browser.live = undefined;
    await anim.browser.join(CODE, 'Anim', { keepPeerId: anim.peerId, facilitatorKey });
    await pass(0);
    expect(ana.sees(anim)?.toAll).toBeUndefined();
  });

  test('[VOICE-2] it ends when another socket takes the seat, on the same hub or on another', async () => {
    const { anim, bea, voice } = await rooms();
    for (const one of [a, b]) {
      await anim.browser.call('breakout:speakToAll', { on: true });
      await pass(0);
      await bea.hear(voice);
      expect(heard(bea)).toEqual([voice]);
      anim.browser.connection = one.gateway.connect();
      await anim.browser.join(CODE, 'Anim', { keepPeerId: anim.peerId, facilitatorKey });
      await pass(0);
      expect([bea.sees(anim)?.connected, bea.sees(anim)?.toAll, heard(bea)]).toEqual([true, undefined, []]);
    }
  });

  test('[VOICE-2] it ends when they leave, when their hub is killed, with the round, and after three minutes', async () => {
    const { anim, bea, voice } = await rooms();
    await anim.browser.call('breakout:speakToAll', { on: true });
    await pass(TO_ALL_MAX_MS - 1);
    expect(bea.sees(anim)?.toAll).toBeDefined();
    await bea.hear(voice);
    await pass(1);
    expect([bea.sees(anim)?.toAll, heard(bea)]).toEqual([undefined, []]);

    const second = await Member.join(a.gateway, 'Deuxième', true);
    await second.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    expect(bea.sees(second)?.toAll).toBeDefined();
    await second.browser.call('meeting:leave', {});
    await pass(0);
    expect(bea.sees(second)).toBeUndefined();

    await anim.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    await bea.hear(voice);
    rig.kill(a);
    await pass(6000);
    expect([bea.sees(anim)?.connected, bea.sees(anim)?.toAll, heard(bea)]).toEqual([false, undefined, []]);
  });

  test('[VOICE-2] it ends with the round, and does not begin anew with the next', async () => {
    const { anim, ana, bea } = await rooms();
    await anim.browser.call('breakout:speakToAll', { on: true });
    await anim.browser.call('breakout:close', {});
    await pass(30_000);
    expect([ana.sees(anim)?.toAll, bea.sees(anim)?.toAll]).toEqual([undefined, undefined]);
    await anim.browser.call('breakout:open', openingOf([[ana], [bea]]));
    await pass(0);
    expect(ana.sees(anim)?.toAll).toBeUndefined();
  });

  test('[VOICE-2] what is asked for while it is so and opened when it is over is not given', async () => {
    const { anim, bea, voice } = await rooms();
    await anim.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    const consume = rig.media.consume.bind(rig.media);
    vi.spyOn(rig.media, 'consume').mockImplementationOnce(async (request) => {
      const opened = await consume(request);
      await anim.browser.call('breakout:speakToAll', { on: false });
      return opened;
    });
    const { consumers } = await bea.browser.call('media:consume', {
      peerId: bea.peerId,
      producerIds: [voice],
    });
    await pass(0);
    expect([consumers, heard(bea)]).toEqual([[], []]);
  });
});

describe('a raised hand', () => {
  const raise = (member: Member, up: boolean) => member.browser.attempt('hand:raise', { up });
  const lower = (by: Member, participantId: Member['id']) =>
    by.browser.attempt('hand:lower', { participantId });
  const hand = (of: Member, seenBy: Member) => seenBy.sees(of)?.hand;

  async function three() {
    const anim = await Member.join(a.gateway, 'Anim', true);
    const ana = await Member.join(a.gateway, 'Ana');
    const bea = await Member.join(b.gateway, 'Béa');
    await pass(0);
    return { anim, ana, bea };
  }

  test('[HAND-1] [HAND-4] is seen by everybody on every hub, since when it is up; raised again it keeps its place', async () => {
    const { anim, ana, bea } = await three();
    await raise(bea, true);
    const first = Date.now();
    await pass(1000);
    await raise(ana, true);
    await raise(bea, true);
    await pass(0);
    for (const one of [anim, ana, bea])
      expect([hand(bea, one), hand(ana, one)]).toEqual([first, first + 1000]);
    await raise(bea, false);
    await pass(0);
    expect(hand(bea, anim)).toBeUndefined();
  });

  test('[HAND-2] is held with the seat when the line falls, on the same hub, over another one, and when a hub is killed', async () => {
    const { anim, ana, bea } = await three();
    await raise(ana, true);
    await pass(0);
    const since = hand(ana, bea);
    expect(since).toBeDefined();
    ana.browser.cut();
    await pass(1000);
    expect(bea.sees(ana)).toMatchObject({ connected: false, hand: since });
    ana.browser.connection = b.gateway.connect();
    await ana.browser.join(CODE, 'Ana', { media: MEDIA });
    await pass(0);
    expect([bea.sees(ana), anim.sees(ana)]).toMatchObject([
      { connected: true, hand: since },
      { connected: true, hand: since },
    ]);
    rig.kill(b);
    await pass(6000);
    expect(anim.sees(ana)).toMatchObject({ connected: false, hand: since });
    ana.browser.connection = a.gateway.connect();
    await ana.browser.join(CODE, 'Ana', { media: MEDIA });
    await pass(0);
    expect(anim.sees(ana)).toMatchObject({ connected: true, hand: since });
  });

  test('[HAND-2] goes with the seat: who left, or did not come back in time, has none', async () => {
    const { anim, ana, bea } = await three();
    for (const one of [ana, bea]) await raise(one, true);
    await pass(0);
    await ana.browser.call('meeting:leave', {});
    bea.browser.cut();
    await pass(GRACE_MS + 5000);
    expect([anim.sees(ana), anim.sees(bea)]).toEqual([undefined, undefined]);
    // The same seat, taken again.
    ana.browser.connection = a.gateway.connect();
    await ana.browser.join(CODE, 'Ana', { media: MEDIA });
    expect(anim.sees(ana)).toMatchObject({ connected: true });
    expect(hand(ana, anim)).toBeUndefined();
  });

  test('[HAND-2] of somebody whose hub was killed and who never comes back nothing is left', async () => {
    const { anim, bea } = await three();
    await raise(bea, true);
    await pass(0);
    rig.kill(b);
    await pass(6000);
    expect(hand(bea, anim)).toBeDefined();
    await pass(GRACE_MS + 5000);
    expect(anim.sees(bea)).toBeUndefined();
  });

  test('[HAND-3] is taken down by who runs the meeting, on whichever hub they are, and by nobody else', async () => {
    const { anim, ana, bea } = await three();
    for (const one of [ana, bea]) await raise(one, true);
    await pass(0);
    expect([await lower(ana, bea.id), await lower(bea, ana.id)]).toEqual(['notAllowed', 'notAllowed']);
    expect(await lower(anim, 'p-of-another-meeting' as Member['id'])).toBe('unknownParticipant');
    expect([hand(ana, anim), hand(bea, anim)]).toEqual([expect.any(Number), expect.any(Number)]);
    expect([await lower(anim, ana.id), await lower(anim, bea.id)]).toEqual(['accepted', 'accepted']);
    await pass(0);
    for (const one of [anim, bea]) expect([hand(ana, one), hand(bea, one)]).toEqual([undefined, undefined]);
  });

  test('[HAND-5] belongs to the place where it was raised: it goes down when one is elsewhere, and only then', async () => {
    const { anim, ana, bea } = await three();
    for (const one of [anim, ana, bea]) await raise(one, true);
    await anim.browser.call('breakout:open', openingOf([[ana], [bea]]));
    await pass(0);
    expect([hand(ana, anim), hand(bea, anim), hand(anim, ana)]).toEqual([
      undefined,
      undefined,
      expect.any(Number),
    ]);
    for (const one of [ana, bea]) await raise(one, true);
    ana.browser.receive();
    const [, two] = ana.browser.meeting!.breakout!.round!.rooms;
    await anim.browser.call('breakout:move', { moves: [{ participantId: ana.id, roomId: two!.roomId }] });
    await pass(0);
    expect([hand(ana, bea), hand(bea, ana)]).toEqual([undefined, expect.any(Number)]);
    await anim.browser.call('breakout:close', {});
    await pass(30_000);
    expect([hand(bea, anim), hand(anim, bea)]).toEqual([undefined, expect.any(Number)]);
  });
});

describe('who is heard', () => {
  const level = (producerId: Awaited<ReturnType<Member['speak']>>, loudness: number) => ({
    producerId,
    level: loudness,
  });
  /** Whom they were last told, and forgets it. */
  const said = (member: Member, name: 'speakersChanged' | 'heardElsewhere' = 'speakersChanged') => {
    const { inbox } = member.browser.connection!;
    const told = inbox.flatMap((one) => {
      if (one.name === 'speakersChanged' && name === one.name)
        return [one.fact.speakers.map(({ participantId }) => participantId)];
      return one.name === 'heardElsewhere' && name === one.name ? [one.fact.participantIds] : [];
    });
    member.browser.receive();
    return told.at(-1);
  };

  test('[VOICE-3] who speaks to all is among those who are heard in every room', async () => {
    const { anim, ana, bea, voice } = await rooms();
    const ofAna = await ana.speak();
    await pass(0);
    rig.media.speak(MEETING_ID, [level(ofAna, -20), level(voice, -30)]);
    expect([said(ana), said(bea)]).toEqual([[ana.id], []]);
    await anim.browser.call('breakout:speakToAll', { on: true });
    await pass(0);
    rig.media.speak(MEETING_ID, [level(ofAna, -20), level(voice, -30)]);
    expect([said(ana), said(bea)]).toEqual([[ana.id, anim.id], [anim.id]]);
  });

  test('[VOICE-5] who speaks in a quiet room is told there however many are louder elsewhere', async () => {
    const { anim, ana, bea } = await rooms();
    const loud = await Promise.all(
      Array.from({ length: 9 }, async (_, i) => {
        const one = await Member.join(a.gateway, `P${i}`, true);
        return level(await one.speak(), -10 - i);
      }),
    );
    const ofBea = await bea.speak();
    await pass(0);
    rig.media.speak(MEETING_ID, [...loud, level(ofBea, -60)]);
    expect(said(bea)).toEqual([bea.id]);
    expect(said(ana)).toEqual([]);
    expect(said(anim)).toHaveLength(6);
  });

  test('[VOICE-5] who runs the meeting is told who is heard in the other places, once a second at most, and nobody else', async () => {
    const { anim, ana, bea, voice } = await rooms();
    const [ofAna, ofBea] = [await ana.speak(), await bea.speak()];
    await pass(0);
    const all = [level(ofAna, -20), level(ofBea, -25), level(voice, -30)];
    rig.media.speak(MEETING_ID, all);
    expect(said(anim, 'heardElsewhere')?.toSorted()).toEqual([ana.id, bea.id].toSorted());
    expect([said(ana, 'heardElsewhere'), said(bea, 'heardElsewhere')]).toEqual([undefined, undefined]);
    rig.media.speak(MEETING_ID, [level(ofAna, -20)]);
    expect(said(anim, 'heardElsewhere')).toBeUndefined();
    await pass(1000);
    rig.media.speak(MEETING_ID, [level(ofAna, -20)]);
    expect(said(anim, 'heardElsewhere')).toEqual([ana.id]);
    await pass(1000);
    rig.media.speak(MEETING_ID, [level(ofAna, -20)]);
    expect(said(anim, 'heardElsewhere'), 'the same is told again later').toBeUndefined();
    await pass(1000);
    rig.media.speak(MEETING_ID, []);
    expect(said(anim, 'heardElsewhere')).toEqual([]);
  });
});
