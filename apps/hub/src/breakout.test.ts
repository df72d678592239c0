import { roomOf, viewFor } from '@relais/domain';
import type { MeetingState, ParticipantId, ProducerId, RequestInput, RoomId } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig, MEDIA, MEETING_ID, SECRET } from '../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../test-support/hubs-rig.ts';
import { putStill, shareScreen, someWebp } from '../test-support/stills.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';

const GRACE_MS = 60_000;
const facilitatorKey = new FacilitatorKeys(SECRET).sign(MEETING_ID);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const idOf = (browser: Browser): ParticipantId => browser.seat!.participantId;
const where = (browser: Browser) => {
  browser.receive();
  return roomOf(browser.meeting!, idOf(browser));
};
const post = (browser: Browser, text: string, place?: string) =>
  browser.attempt('chat:post', {
    clientMessageId: `m-${text.replaceAll(/\W/g, '')}`,
    text,
    ...(place && { place }),
  });
/** What one can read without asking, where one is. */
function read(browser: Browser): string[] {
  const place = where(browser);
  const { messages, breakout } = browser.meeting!;
  return (place === 'plenary' ? messages : (breakout?.talk[place]?.messages ?? [])).map(({ text }) => text);
}

type Open = RequestInput<'breakout:open'>;
/** A round of rooms that these are put in, one by one. */
const opening = (rooms: Browser[][], more: Partial<Open> = {}): Open => ({
  rooms: rooms.map((_, index) => ({ name: `Salle ${index + 1}` })),
  filling: {
    kind: 'byHand',
    placements: rooms.flatMap((people, room) =>
      people.map((browser) => ({ participantId: idOf(browser), room })),
    ),
  },
  seed: 1,
  withFacilitators: false,
  countdownSeconds: 0,
  minutes: 10,
  late: 'smallest',
  mayChoose: false,
  ...more,
});
const roomsOf = (browser: Browser): RoomId[] => {
  browser.receive();
  return browser.meeting!.breakout!.round!.rooms.map(({ roomId }) => roomId);
};

async function meetingOf(...names: string[]) {
  const rig = await createHubRig({ graceMs: GRACE_MS });
  const anim = new Browser(rig.gateway);
  const first = await anim.join(CODE, 'Anim', { facilitatorKey, media: MEDIA });
  const peers = new Map([[anim, first.media!.peerId]]);
  const people: Browser[] = [];
  for (const name of names) {
    const browser = new Browser(rig.gateway);
    const { media } = await browser.join(CODE, name, { media: MEDIA });
    peers.set(browser, media!.peerId);
    people.push(browser);
  }
  const speak = async (browser: Browser) =>
    (
      await browser.call('media:produce', {
        peerId: peers.get(browser)!,
        source: 'microphone',
        kind: 'audio',
        rtpParameters: microphone(),
        paused: false,
      })
    ).producerId;
  const hear = (browser: Browser, ...producerIds: ProducerId[]) =>
    browser.attempt('media:consume', { peerId: peers.get(browser)!, producerIds });
  /** What the media node in truth gives them. */
  const heard = (browser: Browser) =>
    rig.media
      .consumersOf({ roomId: MEETING_ID, peerId: peers.get(browser)! })
      .map(({ producerId }) => producerId);
  return { ...rig, anim, people: people as [Browser, Browser, Browser], speak, hear, heard, peers };
}

/** Everybody's browser made of events what the hub would show of the whole. */
async function allAgree(log: Awaited<ReturnType<typeof meetingOf>>['log'], browsers: Browser[]) {
  const { evolve } = await import('@relais/domain');
  const stored = await log.read(MEETING_ID, 0, 10_000);
  if (!stored.ok) throw new Error('the log is away');
  const whole = stored.value.reduce<MeetingState | undefined>(evolve, undefined)!;
  for (const browser of browsers) {
    expect(browser.receive(), 'no gap').toBe(false);
    expect(browser.meeting).toEqual(viewFor(whole, idOf(browser)));
  }
}

describe('a round', () => {
  test('[BREAK-2] [BREAK-10] [BREAK-13] opens with a countdown, moves everybody, ends by its clock, and all browsers know', async () => {
    const { anim, people, log, hub } = await meetingOf('Ana', 'Béa', 'Cléo');
    const [ana, bea, cle] = people;
    const { roundId, unplaced } = await anim.call(
      'breakout:open',
      opening([[ana], [bea]], { countdownSeconds: 10, minutes: 5 }),
    );
    expect(unplaced).toEqual([{ participantId: idOf(cle), name: 'Cléo', why: 'notListed' }]);
    expect([where(ana), where(bea)]).toEqual(['plenary', 'plenary']);
    await pass(10_000);
    const [one, two] = roomsOf(anim);
    expect([where(ana), where(bea), where(cle), where(anim)]).toEqual([one, two, 'plenary', 'plenary']);
    await pass(5 * 60_000 - 1);
    expect(where(ana)).toBe(one);
    await pass(1);
    expect([where(ana), where(bea)]).toEqual(['plenary', 'plenary']);
    anim.receive();
    expect(anim.meeting?.breakout?.past.map((round) => round.roundId)).toEqual([roundId]);
    await allAgree(log, [anim, ...people]);
    await hub.close();
  });

  test('[BREAK-10] ends on time after the log was away at its end, and after the hub was started again', async () => {
    const { anim, people, log, hub } = await meetingOf('Ana');
    await anim.call('breakout:open', opening([[people[0]]], { minutes: 1 }));
    const away = vi.spyOn(log, 'append').mockResolvedValue({ ok: false, error: { kind: 'unavailable' } });
    await pass(60_000);
    expect(where(people[0])).not.toBe('plenary');
    away.mockRestore();
    await pass(10_000);
    expect(where(people[0])).toBe('plenary');
    await anim.call('breakout:open', opening([[people[0]]], { minutes: 1 }));
    await hub.close();
    await pass(300_000);
    const again = await createHubRig({ graceMs: GRACE_MS, log });
    const back = new Browser(again.gateway);
    back.seat = people[0].seat;
    await back.join(CODE, 'Ana');
    await pass(1);
    expect(where(back)).toBe('plenary');
    await again.hub.close();
  });

  test('[BREAK-5] what was previewed is what is opened, and a preview makes nothing true', async () => {
    const { anim, people } = await meetingOf('Ana', 'Béa', 'Cléo', 'Dan');
    const { filling: _, ...rest } = opening([[], []]);
    const draft = {
      rooms: rest.rooms,
      filling: { kind: 'even' },
      seed: 77,
      withFacilitators: false,
    } as const;
    const preview = await anim.call('breakout:propose', draft);
    expect(people[0].receive()).toBe(false);
    expect(people[0].meeting?.breakout).toBeUndefined();
    await anim.call('breakout:open', { ...rest, ...draft });
    const rooms = roomsOf(anim);
    for (const { participantId, room } of preview.placements)
      expect(roomOf(anim.meeting!, participantId)).toBe(rooms[room]);
    expect(await people[0].attempt('breakout:propose', draft)).toBe('notAllowed');
  });

  test('[BREAK-4] another meeting’s rooms and people are refused, and so is everything to who does not run this one', async () => {
    const { anim, people } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    expect(await ana.attempt('breakout:open', opening([[ana], [bea]]))).toBe('notAllowed');
    await anim.call('breakout:open', opening([[ana], [bea]]));
    const [one, two] = roomsOf(anim) as [RoomId, RoomId];
    const move = (roomId: string, participantId: string = idOf(ana)) => ({
      moves: [{ participantId, roomId }],
    });
    expect(await ana.attempt('breakout:move', move(two))).toBe('notAllowed');
    expect(await anim.attempt('breakout:move', move('ailleurs'))).toBe('unknownRoom');
    expect(await anim.attempt('breakout:move', move(two, 'personne'))).toBe('unknownParticipant');
    expect(await anim.attempt('breakout:close', { roomId: 'ailleurs' })).toBe('unknownRoom');
    expect(await ana.attempt('breakout:stepIn', {})).toBe('notAllowed');
    expect(await ana.attempt('breakout:announce', { clientMessageId: 'x', text: 'x' })).toBe('notAllowed');
    expect(await post(ana, 'intrus', two)).toBe('notInYourRoom');
    expect([where(ana), where(bea)]).toEqual([one, two]);
  });

  test('[BREAK-8] [BREAK-9] who comes late is placed, who is cut off or comes back is where they were', async () => {
    const { anim, people, gateway, log } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await anim.call('breakout:open', opening([[ana, bea], []]));
    const [one, two] = roomsOf(anim);
    const late = new Browser(gateway);
    await late.join(CODE, 'Tard');
    expect(where(late)).toBe(two);
    ana.cut();
    await ana.join(CODE, 'Ana');
    expect(where(ana)).toBe(one);
    bea.cut(true);
    await pass(1);
    await bea.join(CODE, 'Béa');
    expect(where(bea)).toBe(one);
    await allAgree(log, [anim, ana, bea, late]);
  });

  test('[BREAK-19] the successor steps in when nobody who runs the meeting is connected, and sees what they saw', async () => {
    const { anim, people, log } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await anim.call('breakout:savePlan', { title: 'Ateliers', rooms: [{ name: 'Jardin' }], minutes: 20 });
    await anim.call('breakout:nameSuccessor', { participantId: idOf(ana) });
    expect(await ana.attempt('breakout:stepIn', {})).toBe('notAllowed');
    anim.cut();
    expect(await bea.attempt('breakout:stepIn', {})).toBe('notAllowed');
    expect(await ana.attempt('breakout:stepIn', {})).toBe('accepted');
    ana.receive();
    expect(ana.meeting?.breakout?.plans).toMatchObject([{ title: 'Ateliers' }]);
    expect(await ana.attempt('breakout:open', opening([[bea]]))).toBe('accepted');
    await allAgree(log, [ana, bea]);
  });
});

describe('what is written', () => {
  test('[BREAK-3] [BREAK-12] [BREAK-14] is told where it was written, and read again there alone', async () => {
    const { anim, people, log } = await meetingOf('Ana', 'Béa', 'Cléo');
    const [ana, bea, cle] = people;
    await post(cle, 'avant');
    await anim.call('breakout:open', opening([[ana], [bea]]));
    const [one, two] = roomsOf(anim) as [RoomId, RoomId];
    await post(ana, 'dans la une');
    await post(bea, 'dans la deux', two);
    await post(cle, 'au plénier');
    const told = JSON.stringify(bea.connection!.inbox);
    expect(told).not.toContain('dans la une');
    expect(told).not.toContain('au plénier');
    expect([read(ana), read(bea), read(cle)]).toEqual([
      ['dans la une'],
      ['dans la deux'],
      ['avant', 'au plénier'],
    ]);
    const history = async (browser: Browser, place?: string) => {
      const request = { beforeVersion: 1_000_000, limit: 50, ...(place && { place }) };
      return (await browser.call('chat:history', request)).messages.map(({ text }) => text);
    };
    expect(await history(ana)).toEqual(['dans la une']);
    expect(await history(ana, 'plenary')).toEqual(['avant']);
    expect(await ana.attempt('chat:history', { beforeVersion: 9, limit: 5, place: two })).toBe(
      'notInYourRoom',
    );
    expect(await history(anim, one)).toEqual(['dans la une']);
    // Who enters reads what was written there before.
    await anim.call('breakout:move', { moves: [{ participantId: idOf(ana), roomId: two }] });
    expect(read(ana)).toEqual([]);
    expect(await history(ana)).toEqual(['dans la deux']);
    expect(await ana.attempt('chat:history', { beforeVersion: 9, limit: 5, place: one })).toBe(
      'notInYourRoom',
    );
    await anim.call('breakout:announce', { clientMessageId: 'tous', text: 'À toutes et à tous' });
    expect([read(ana).at(-1), read(cle).at(-1)]).toEqual(['À toutes et à tous', 'À toutes et à tous']);
    await allAgree(log, [anim, ana, bea, cle]);
  });

  test('[BREAK-12] [BREAK-13] who missed events is shown of them what is theirs, and the whole when their view begins anew', async () => {
    const { anim, people, log } = await meetingOf('Ana', 'Béa');
    const [ana, bea] = people;
    await anim.call('breakout:open', opening([[ana], [bea]]));
    for (const browser of people.slice(0, 2)) browser.receive();
    ana.cut();
    await post(bea, 'secret');
    const back = await ana.join(CODE, 'Ana');
    expect(back.events?.map(({ event }) => event.type)).toEqual(['veiled']);
    ana.cut(true);
    await pass(1);
    await post(bea, 'encore');
    const anew = await ana.join(CODE, 'Ana');
    expect(JSON.stringify(anew)).not.toContain('encore');
    expect(anew.meeting).toBeDefined();
    const thief = await bea.call('meeting:catchUp', { sinceVersion: 999_999 });
    expect(thief.meeting?.viewer).toBe(idOf(bea));
    await allAgree(log, [anim, ana, bea]);
  });

  test('[BREAK-3] somebody’s shared screen is not read as an image from another room', async () => {
    const { anim, people } = await meetingOf('Ana', 'Béa', 'Cléo');
    const [ana, bea, cle] = people;
    await shareScreen(ana);
    await putStill(ana, 's1', someWebp(1000));
    await anim.call('breakout:open', opening([[ana, bea], [cle]]));
    const ask = { participantId: idOf(ana), stillId: 's1', offset: 0, length: 100 };
    expect(await bea.attempt('still:get', ask)).toBe('accepted');
    expect(await cle.attempt('still:get', ask)).toBe('notInYourRoom');
  });
});

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

  test('[BREAK-3] [BREAK-12] people of one room on two hubs are together, and the others apart', async () => {
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
    const hear = ({ browser, peerId }: typeof ana) =>
      browser.attempt('media:consume', { peerId, producerIds: [producerId] });
    expect([await hear(bea), await hear(cle)]).toEqual(['accepted', 'notInYourRoom']);
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
