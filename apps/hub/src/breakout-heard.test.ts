import { microphone } from '@relais/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  GRACE_MS,
  facilitatorKey,
  pass,
  idOf,
  where,
  post,
  read,
  opening,
  roomsOf,
  meetingOf,
} from '../test-support/breakout.ts';
import { Browser } from '../test-support/browser.ts';
import { CODE, MEDIA, MEETING_ID } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('who is heard', () => {
  test('[BREAK-3] what is heard from another room is taken away at the media node, whatever the browser does', async () => {
    const { anim, people, speak, hear, heard } = await meetingOf('Ana', 'Béa', 'Cléo');
    const [ana, bea, cle] = people;
    const [a, b, c, f] = [await speak(ana), await speak(bea), await speak(cle), await speak(anim)];
    for (const browser of [ana, bea, cle]) await hear(browser, a, b, c, f);
    expect(heard(ana)).toEqual([b, c, f]);
    await anim.call('breakout:open', opening([[ana, bea], [cle]]));
    await pass(0);
    expect([heard(ana), heard(bea), heard(cle)]).toEqual([[b], [a], []]);
    const closed = cle.connection!.inbox.find(({ name }) => name === 'consumersClosed');
    expect(closed?.fact).toMatchObject({ consumerIds: { length: 3 } });
    // And is refused to who asks for it all the same.
    expect(await hear(cle, a, b, f)).toBe('notInYourRoom');
    expect(await hear(ana, b, c, f)).toBe('accepted');
    expect(heard(ana)).toEqual([b]);
    await anim.call('breakout:move', { moves: [{ participantId: idOf(bea), roomId: roomsOf(anim)[1]! }] });
    await pass(0);
    expect([heard(ana), heard(bea), heard(cle)]).toEqual([[], [], []]);
    expect(await hear(bea, a, c)).toBe('accepted');
    expect(heard(bea)).toEqual([c]);
  });

  test('[BREAK-3] what is asked for and not yet opened when somebody is moved is not given to them', async () => {
    const { anim, people, speak, heard, hear, media } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    const a = await speak(ana);
    const consume = media.consume.bind(media);
    vi.spyOn(media, 'consume').mockImplementationOnce(async (request) => {
      const opened = await consume(request);
      await anim.call('breakout:open', opening([[ana], [bea]]));
      return opened;
    });
    await hear(bea, a);
    await pass(0);
    expect(heard(bea)).toEqual([]);
  });

  test('[BREAK-3] who comes in, or opens media again, is given what is sent where they are', async () => {
    const { anim, people, speak, gateway } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    const [a, b] = [await speak(ana), await speak(bea)];
    await anim.call('breakout:open', opening([[ana], [bea]]));
    const again = await bea.call('media:open', MEDIA);
    expect(again.consumers).toEqual([]);
    const late = new Browser(gateway);
    const joined = await late.join(CODE, 'Tard', { media: MEDIA });
    expect(joined.media?.consumers.map(({ producerId }) => producerId)).toEqual([a]);
    expect(b).toBeDefined();
  });

  test('[BREAK-3] when the node cannot take it away, all of the person’s media goes, and is opened anew', async () => {
    const { anim, people, speak, hear, heard, media } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await hear(bea, await speak(ana));
    vi.spyOn(media, 'withdraw').mockResolvedValue({ ok: false, error: { kind: 'unavailable' } });
    await anim.call('breakout:open', opening([[ana], [bea]]));
    await pass(0);
    expect(heard(bea)).toEqual([]);
    bea.receive();
    expect(bea.mediaLost).toBe(true);
  });

  test('[BREAK-3] what was opened for who was moved meanwhile, and cannot be taken back, takes all of their media', async () => {
    const { anim, people, speak, heard, hear, media } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    const a = await speak(ana);
    const consume = media.consume.bind(media);
    vi.spyOn(media, 'consume').mockImplementationOnce(async (request) => {
      // Before it is open there is nothing to be taken away.
      await anim.call('breakout:open', opening([[ana], [bea]]));
      const opened = await consume(request);
      vi.spyOn(media, 'withdraw').mockResolvedValue({ ok: false, error: { kind: 'unavailable' } });
      return opened;
    });
    await hear(bea, a);
    await pass(0);
    bea.receive();
    expect([heard(bea), bea.mediaLost]).toEqual([[], true]);
  });

  test('[BREAK-3] who comes back to media that stood keeps of it what is theirs where they are', async () => {
    const { anim, people, speak, hear, heard, media, peers, gateway } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await hear(bea, await speak(ana));
    // A hub that died had moved them, and took nothing away.
    const withdraw = vi.spyOn(media, 'withdraw').mockResolvedValue({ ok: true, value: [] });
    await anim.call('breakout:open', opening([[ana], [bea]]));
    await pass(0);
    expect(heard(bea)).toHaveLength(1);
    withdraw.mockRestore();
    bea.cut();
    bea.connection = gateway.connect();
    const back = await bea.join(CODE, 'Béa', { keepPeerId: peers.get(bea)! });
    expect([back.media, heard(bea)]).toEqual([undefined, []]);
  });

  test('[BREAK-3] each is told who speaks among those with whom they are', async () => {
    const { anim, people, speak, media } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    const [a, b] = [await speak(ana), await speak(bea)];
    await anim.call('breakout:open', opening([[ana], [bea]]));
    for (const browser of [anim, ana, bea]) browser.receive();
    media.speak(MEETING_ID, [
      { producerId: a, level: -20 },
      { producerId: b, level: -30 },
    ]);
    const said = (browser: Browser) =>
      browser.connection!.inbox.flatMap(({ name, fact }) =>
        name === 'speakersChanged' ? fact.speakers.map(({ participantId }) => participantId) : [],
      );
    expect([said(anim), said(ana), said(bea)]).toEqual([[], [idOf(ana)], [idOf(bea)]]);
  });
});

describe('several hubs', () => {
  let rig: HubsRig;
  let a: OneHub;
  let b: OneHub;
  beforeEach(async () => {
    rig = new HubsRig({ graceMs: GRACE_MS });
    await rig.createMeeting();
    a = rig.start();
    b = rig.start();
    await pass(0);
  });
  afterEach(() => rig.close());

  async function on(one: OneHub, name: string, isAnim = false) {
    const browser = new Browser(one.gateway);
    const { media } = await browser.join(CODE, name, { media: MEDIA, ...(isAnim && { facilitatorKey }) });
    await pass(0);
    return { browser, peerId: media!.peerId };
  }

  test('[BREAK-3] [BREAK-12] [MEDIA-11] people of one room on two hubs are together, and the others apart, though they be ready to receive', async () => {
    const anim = await on(a, 'Anim', true);
    const ana = await on(a, 'Ana');
    const bea = await on(b, 'Béa');
    const cle = await on(b, 'Cléo');
    await anim.browser.call('breakout:open', opening([[ana.browser, bea.browser], [cle.browser]]));
    await pass(0);
    const [one, two] = roomsOf(anim.browser);
    expect([where(ana.browser), where(bea.browser), where(cle.browser)]).toEqual([one, one, two]);
    await post(ana.browser, 'entre nous');
    await pass(0);
    expect(JSON.stringify(cle.browser.connection!.inbox)).not.toContain('entre nous');
    expect([read(bea.browser), read(cle.browser)]).toEqual([['entre nous'], []]);
    const { producerId } = await ana.browser.call('media:produce', {
      peerId: ana.peerId,
      source: 'microphone',
      kind: 'audio',
      rtpParameters: microphone(),
      paused: false,
    });
    await pass(0);
    const asked = ({ peerId }: typeof ana) => ({
      peerId,
      producerIds: [producerId],
      ready: [{ producerId, mid: 'r1', ssrc: 2 ** 31 }],
    });
    expect(await cle.browser.attempt('media:consume', asked(cle))).toBe('notInYourRoom');
    const { consumers } = await bea.browser.call('media:consume', asked(bea));
    expect(consumers).toMatchObject([{ rtpParameters: { mid: 'r1', encodings: [{ ssrc: 2 ** 31 }] } }]);
    const [own] = asked(bea).ready;
    for (const strange of [{ mid: '1' }, { ssrc: 7 }, { ssrc: 2 ** 31 + 1 }]) {
      const request = { ...asked(bea), ready: [{ ...own!, ...strange }] };
      expect(await bea.browser.attempt('media:consume', request), JSON.stringify(strange)).toBe(
        'invalidInput',
      );
    }
  });

  test('[BREAK-10] a round ends on time, once, though the hub of who opened it was killed', async () => {
    const anim = await on(a, 'Anim', true);
    const bea = await on(b, 'Béa');
    await anim.browser.call('breakout:open', opening([[bea.browser]], { minutes: 1 }));
    await pass(0);
    expect(where(bea.browser)).not.toBe('plenary');
    rig.kill(a);
    await pass(60_000);
    expect(where(bea.browser)).toBe('plenary');
    const stored = await rig.log.read(MEETING_ID, 0, 1000);
    const ends = stored.ok ? stored.value.filter(({ event }) => event.type === 'breakoutEnded') : [];
    expect(ends).toHaveLength(1);
  });

  test('[BREAK-10] two hubs keep the same clock, and what is due becomes true once', async () => {
    const anim = await on(a, 'Anim', true);
    const bea = await on(b, 'Béa');
    await anim.browser.call('breakout:open', opening([[bea.browser]], { minutes: 1, countdownSeconds: 5 }));
    await pass(70_000);
    expect([where(anim.browser), where(bea.browser)]).toEqual(['plenary', 'plenary']);
    const stored = await rig.log.read(MEETING_ID, 0, 1000);
    const types = stored.ok ? stored.value.map(({ event }) => event.type) : [];
    expect(types.slice(-3)).toEqual(['breakoutOpened', 'breakoutStarted', 'breakoutEnded']);
  });
});
