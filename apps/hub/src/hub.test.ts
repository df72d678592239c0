import type { ClientMessageId, MeetingId, ParticipantId, PeerId, ProducerId } from '@relais/protocol';
import { PROTOCOL_VERSION, ROUTER_CAPABILITIES } from '@relais/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig, MEETING_ID, SECRET } from '../test-support/hub-rig.ts';
import { FacilitatorKeys } from './features/meeting/facilitator-key.ts';

const fingerprints = [
  { algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => 'AB').join(':') },
];
const media = {
  rtpCapabilities: ROUTER_CAPABILITIES,
  fingerprints: { send: fingerprints, recv: fingerprints },
  maxVideos: 9,
};
const rtpParameters = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, channels: 2 }],
};
const message = (id: string) => ({ clientMessageId: id as ClientMessageId, text: 'bonjour' });
const names = (browser: Browser) => browser.meeting?.participants.map((p) => p.name);

async function meetingOf(...people: string[]) {
  const rig = await createHubRig();
  const browsers: Browser[] = [];
  for (const name of people) {
    const browser = new Browser(rig.gateway);
    await browser.join(CODE, name, { media });
    browsers.push(browser);
  }
  for (const browser of browsers) browser.receive();
  return { ...rig, browsers: browsers as [Browser, Browser, ...Browser[]] };
}

async function speak(browser: Browser, peerId: string, ssrc = 1111) {
  return browser.call('media:produce', {
    peerId: peerId,
    source: 'microphone',
    kind: 'audio',
    rtpParameters: { ...rtpParameters, encodings: [{ ssrc }] },
    paused: false,
  });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('joining', () => {
  test('[MEDIA-6] one answer holds the meeting, both transports and the first consumers', async () => {
    const { gateway, browsers } = await meetingOf('Ana');
    const peerId = (await browsers[0].call('media:open', media)).peerId;
    const { producerId } = await speak(browsers[0], peerId);
    const answer = await new Browser(gateway).join(CODE, 'Béa', { media });
    expect(answer.meeting?.participants.map((p) => p.name)).toEqual(['Ana', 'Béa']);
    expect(answer.media?.send.id).toBeTruthy();
    expect(answer.media?.recv.id).toBeTruthy();
    expect(answer.media?.consumers).toMatchObject([{ producerId, source: 'microphone', kind: 'audio' }]);
  });

  test('[JOIN-5] a seat that is not one’s own is refused, with or without somebody else’s token', async () => {
    const { gateway, browsers } = await meetingOf('Ana', 'Béa');
    const thief = new Browser(gateway);
    const seats = [
      { participantId: browsers[0].seat!.participantId, token: 'devinette' },
      { participantId: browsers[0].seat!.participantId, token: browsers[1].seat!.token },
      { participantId: 'personne' as ParticipantId, token: browsers[1].seat!.token },
    ];
    for (const seat of seats) {
      const request = { protocolVersion: PROTOCOL_VERSION, code: CODE, name: 'Ana', seat };
      expect(await thief.attempt('meeting:join', request)).toBe('seatUnknown');
    }
    expect(browsers[0].connection?.open).toBe(true);
  });

  test('[ROLE-1] a seat taken with the meeting’s key is a facilitator’s; with another meeting’s key it is like everyone’s', async () => {
    const { gateway } = await meetingOf('Ana');
    const keys = new FacilitatorKeys(SECRET);
    const roles: (string | undefined)[] = [];
    for (const facilitatorKey of [keys.sign(MEETING_ID), keys.sign('autre' as MeetingId), 'devinette']) {
      const { meeting, seat } = await new Browser(gateway).join(CODE, 'Béa', { facilitatorKey });
      roles.push(meeting?.participants.find((p) => p.participantId === seat.participantId)?.role);
    }
    expect(roles).toEqual(['facilitator', undefined, undefined]);
  });

  test('[ROLE-2] [ROLE-3] a facilitator’s suggestion reaches that person alone; from anybody else it is refused', async () => {
    const { gateway, browsers } = await meetingOf('Ana', 'Béa', 'Chloé');
    const facilitatorKey = new FacilitatorKeys(SECRET).sign(MEETING_ID);
    const dan = new Browser(gateway);
    await dan.join(CODE, 'Dan', { facilitatorKey });
    const { participantId } = browsers[0].seat!;
    const inboxes = () =>
      browsers.map(({ connection }) => connection!.inbox.filter(({ name }) => name === 'helpOffered'));

    expect(await browsers[1].attempt('help:offer', { participantId, help: 'lightMode' })).toBe('notAllowed');
    expect(await dan.attempt('help:offer', { participantId, help: 'telephone' })).toBe('invalidInput');
    expect(await dan.attempt('help:offer', { participantId: 'personne', help: 'lightMode' })).toBe(
      'unknownId',
    );
    expect(inboxes()).toEqual([[], [], []]);
    expect(await dan.attempt('help:offer', { participantId, help: 'lightMode' })).toBe('accepted');
    expect(inboxes()).toEqual([[{ name: 'helpOffered', fact: { help: 'lightMode', from: 'Dan' } }], [], []]);
  });

  test('[LINE-3] how a line is, is known to everybody, and to who comes later', async () => {
    const { browsers } = await meetingOf('Ana', 'Béa');
    const { participantId } = browsers[0].seat!;
    await browsers[0].call('line:tell', { line: 'slow', light: true });
    const said = async () =>
      (await browsers[1].call('meeting:catchUp', { sinceVersion: 0 })).live.state[participantId];
    expect(await said()).toMatchObject({ line: 'slow', light: true });
    await browsers[0].call('line:tell', { line: 'good', light: false });
    expect(await said()).not.toHaveProperty('line');
    expect(await said()).not.toHaveProperty('light');
  });

  test('[JOIN-6] a newer socket of the same seat displaces the older, which is told', async () => {
    const { gateway, browsers } = await meetingOf('Ana', 'Béa');
    const older = browsers[0].connection!;
    const told: string[] = [];
    const tell = older.tell.bind(older);
    older.tell = (name, fact) => {
      told.push(name);
      tell(name, fact);
    };
    const newer = new Browser(gateway);
    newer.seat = browsers[0].seat;
    await newer.join(CODE, 'Ana');
    expect(told).toContain('seatTakenOver');
    expect(older.open).toBe(false);
    expect(names(newer)).toEqual(['Ana', 'Béa']);
    browsers[1].receive();
    expect(browsers[1].live?.state[newer.seat!.participantId]?.connected).toBe(true);
  });

  test('joining twice on one socket, or with a page from before an upgrade, is refused', async () => {
    const { gateway, browsers } = await meetingOf('Ana');
    const request = { protocolVersion: PROTOCOL_VERSION, code: CODE, name: 'Ana' };
    expect(await browsers[0].attempt('meeting:join', request)).toBe('alreadyJoined');
    const old = new Browser(gateway);
    expect(await old.attempt('meeting:join', { ...request, protocolVersion: 0 })).toBe('protocolMismatch');
  });
});

describe('leaving', () => {
  test('[LEAVE-1] leaving and closing the tab clear the seat at once', async () => {
    const { browsers } = await meetingOf('Ana', 'Béa', 'Cléo');
    await browsers[1].call('meeting:leave', {});
    browsers[2]!.cut(true);
    await vi.waitFor(() => {
      browsers[0].receive();
      expect(names(browsers[0])).toEqual(['Ana']);
    });
  });

  test('[LEAVE-3] a cut holds the seat, others are told, and after the grace period it is given up', async () => {
    vi.useFakeTimers();
    const { browsers } = await meetingOf('Ana', 'Béa');
    browsers[1].cut();
    browsers[0].receive();
    expect(names(browsers[0])).toEqual(['Ana', 'Béa']);
    expect(browsers[0].live?.state[browsers[1].seat!.participantId]?.connected ?? false).toBe(false);
    await vi.advanceTimersByTimeAsync(60_001);
    browsers[0].receive();
    expect(names(browsers[0])).toEqual(['Ana']);
  });

  test('[JOIN-2] whoever comes back within it is in the same seat, with the events missed and their media', async () => {
    const { browsers } = await meetingOf('Ana', 'Béa');
    const { peerId } = await browsers[1].call('media:open', media);
    const { participantId } = browsers[1].seat!;
    browsers[1].cut();
    await browsers[0].call('chat:post', message('m1'));
    const back = await browsers[1].join(CODE, 'Béa', { keepPeerId: peerId });
    expect(back.seat.participantId).toBe(participantId);
    expect(back.meeting).toBeUndefined();
    expect(back.events?.map(({ event }) => event.type)).toEqual(['messagePosted']);
    expect(back.media).toBeUndefined();
    expect(back.mediaUnavailable).toBe(false);
    expect(browsers[1].meeting?.messages.map((m) => m.text)).toEqual(['bonjour']);
  });

  test('[JOIN-7] a seat given up may be taken again with its token', async () => {
    const { browsers } = await meetingOf('Ana', 'Béa');
    const { participantId } = browsers[1].seat!;
    browsers[1].cut(true);
    const back = await browsers[1].join(CODE, 'Béa');
    expect(back.seat.participantId).toBe(participantId);
    expect(names(browsers[1])).toEqual(['Ana', 'Béa']);
  });

  test('[LEAVE-4] after a restart of the hub seats are held, and given up when nobody comes back', async () => {
    vi.useFakeTimers();
    const before = await meetingOf('Ana', 'Béa');
    await before.hub.close();
    const { gateway } = await createHubRig({ log: before.log });
    const ana = new Browser(gateway);
    ana.seat = before.browsers[0].seat;
    await ana.join(CODE, 'Ana');
    expect(names(ana)).toEqual(['Ana', 'Béa']);
    expect(ana.seat?.participantId).toBe(before.browsers[0].seat?.participantId);
    await vi.advanceTimersByTimeAsync(60_001);
    ana.receive();
    expect(names(ana)).toEqual(['Ana']);
  });
});

describe('messages', () => {
  test('[CHAT-4] older messages are read by page, without gap or repetition', async () => {
    const { browsers } = await meetingOf('Ana');
    for (let i = 0; i < 25; i++) await browsers[0].call('chat:post', message(`m${i}`));
    browsers[0].receive();
    const read: string[] = [];
    let beforeVersion = browsers[0].meeting!.version + 1;
    for (let more = true; more;) {
      const page = await browsers[0].call('chat:history', { beforeVersion, limit: 10 });
      read.unshift(...page.messages.map((m) => m.clientMessageId));
      beforeVersion = page.messages[0]!.version;
      more = page.hasMore;
    }
    expect(read).toEqual(Array.from({ length: 25 }, (_, i) => `m${i}`));
  });

  test('[LOG-3] while the log is away a message is refused as such, and nothing is told', async () => {
    const { browsers, log } = await meetingOf('Ana');
    vi.spyOn(log, 'append').mockResolvedValue({ ok: false, error: { kind: 'unavailable' } });
    expect(await browsers[0].attempt('chat:post', message('m1'))).toBe('unavailable');
    browsers[0].receive();
    expect(browsers[0].meeting?.messages).toEqual([]);
  });

  test('[LOG-3] a commit whose answer was lost is found again: the retry is accepted and told once', async () => {
    const { browsers, log } = await meetingOf('Ana');
    const append = log.append.bind(log);
    vi.spyOn(log, 'append').mockImplementationOnce(async (...args) => {
      await append(...args);
      return { ok: false, error: { kind: 'unavailable' } };
    });
    expect(await browsers[0].attempt('chat:post', message('m1'))).toBe('unavailable');
    expect(await browsers[0].attempt('chat:post', message('m1'))).toBe('accepted');
    browsers[0].receive();
    expect(browsers[0].meeting?.messages.map((m) => m.clientMessageId)).toEqual(['m1']);
  });
});

describe('media', () => {
  test('[MEDIA-5] ids of another person, of a former peer or of nobody are refused alike', async () => {
    const { browsers } = await meetingOf('Ana', 'Béa');
    const ana = await browsers[0].call('media:open', media);
    await browsers[1].call('media:open', media);
    const { producerId } = await speak(browsers[0], ana.peerId);
    const foreign = [producerId, 'jamais-vu' as ProducerId];
    for (const id of foreign) {
      expect(await browsers[1].attempt('media:pauseProducer', { producerId: id, paused: true })).toBe(
        'unknownId',
      );
      expect(await browsers[1].attempt('media:closeProducer', { producerId: id })).toBe('unknownId');
    }
    for (const peerId of [ana.peerId, 'jamais-vu' as PeerId]) {
      expect(await browsers[1].attempt('media:restartIce', { peerId, direction: 'send' })).toBe('unknownId');
      expect(await browsers[1].attempt('media:consume', { peerId, producerIds: [producerId] })).toBe(
        'unknownId',
      );
    }
    browsers[1].receive();
    expect(browsers[1].live?.state[browsers[0].seat!.participantId]?.producers).toMatchObject([
      { producerId, paused: false },
    ]);
  });

  test('[MEDIA-3] [MEDIA-5] neither one’s own nor another meeting’s producer is consumed', async () => {
    const { browsers } = await meetingOf('Ana');
    const { peerId } = await browsers[0].call('media:open', media);
    const { producerId } = await speak(browsers[0], peerId);
    const request = { peerId, producerIds: [producerId, 'ailleurs' as ProducerId] };
    expect(await browsers[0].attempt('media:consume', request)).toBe('unknownId');
  });

  test('[LIVE-4] [MEDIA-7] a lost worker empties the live state, tells everyone, and media opens again', async () => {
    const { browsers, media: node } = await meetingOf('Ana', 'Béa');
    const { peerId } = await browsers[0].call('media:open', media);
    await speak(browsers[0], peerId);
    node.loseRoom(browsers[0].meeting!.meetingId);
    expect(browsers[1].connection?.inbox.map((d) => d.name)).toContain('mediaLost');
    browsers[1].receive();
    expect(browsers[1].live?.state[browsers[0].seat!.participantId]?.producers).toEqual([]);
    const again = await browsers[0].call('media:open', media);
    await speak(browsers[0], again.peerId);
    const seen = await browsers[1].call('media:open', media);
    expect(seen.consumers).toHaveLength(1);
  });

  test('[LIVE-2] a second producer of a source takes the place of the first', async () => {
    const { browsers } = await meetingOf('Ana');
    const { peerId } = await browsers[0].call('media:open', media);
    await speak(browsers[0], peerId);
    const second = await speak(browsers[0], peerId, 2222);
    browsers[0].receive();
    const { participantId } = browsers[0].seat!;
    expect(browsers[0].live?.state[participantId]?.producers.map((p) => p.producerId)).toEqual([
      second.producerId,
    ]);
  });
});
