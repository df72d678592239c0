import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Device } from 'mediasoup-client/types';
import type { ConsumerId, ParticipantId, PeerId, PeerMedia, ProducerId } from '@relais/protocol';
import { LIGHT_MODE_STEP, limitsOf, type LineStep } from '@relais/domain';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { openFreeHome, type Home } from './free-home.ts';
import { createMediaSession, type MeetingSight } from './media-session.ts';

// There are no connections here to describe anything to.
vi.mock('./sound-resending.ts', () => ({ setSoundResending: () => undefined }));

vi.mock('./free-home.ts', () => ({ openFreeHome: vi.fn() }));

interface MadeTransport {
  id: string;
  direction: 'send' | 'recv';
  certificate: unknown;
  closed: boolean;
  /** Lets the consumers that are being opened on it be open. */
  openAll(): void;
}

const transport = (id: string) => ({ id });
const peer = (id: string, consumers: unknown[] = []) =>
  ({
    peerId: id as PeerId,
    send: transport(`${id}-s`),
    recv: transport(`${id}-r`),
    consumers,
  }) as unknown as PeerMedia;
const consumer = (id: string) => ({
  consumerId: id,
  producerId: id,
  participantId: 'ben',
  source: 'microphone',
  rtpParameters: { mid: '0' },
});

function fakeDevice() {
  const made: MadeTransport[] = [];
  const make = (direction: 'send' | 'recv') => (options: { id: string; additionalSettings: unknown }) => {
    const waiting: (() => void)[] = [];
    const { certificates } = options.additionalSettings as { certificates: unknown[] };
    const one = {
      id: options.id,
      direction,
      certificate: certificates[0],
      closed: false,
      connectionState: 'new',
      on: () => undefined,
      close: () => (one.closed = true),
      consume: () =>
        new Promise((resolve) =>
          waiting.push(() => resolve({ track: { id: options.id }, close: () => undefined })),
        ),
      openAll: () => waiting.splice(0).forEach((open) => open()),
    };
    made.push(one);
    return one;
  };
  const device = {
    recvRtpCapabilities: { codecs: [], headerExtensions: [] },
    createSendTransport: make('send'),
    createRecvTransport: make('recv'),
  };
  return { device: device as unknown as Device, made };
}

function setUp() {
  const fake = createFakeHub();
  fake.socket(true);
  const { device, made } = fakeDevice();
  const connections: string[] = [];
  let sight: MeetingSight | undefined;
  let step: LineStep = 0;
  let isSpeakerUsual = true;
  const session = createMediaSession({
    hub: fake.hub,
    loadDevice: async () => device,
    sight: () => sight,
    limits: () => limitsOf(step),
    firstVideos: () => 16,
    isSpeakerUsual: () => isSpeakerUsual,
    onTracks: () => undefined,
    onConnection: (connection) => connections.push(connection),
  });
  const opens = () => fake.requests.filter(({ name }) => name === 'media:open');
  const offer = async () => (await session.offer())!;
  const giveUp = (to: LineStep) => {
    step = to;
    session.limitsChanged();
  };
  const chooseSpeaker = (isUsual: boolean) => {
    isSpeakerUsual = isUsual;
    session.speakerChanged();
  };
  return {
    fake,
    chooseSpeaker,
    made,
    connections,
    session,
    opens,
    offer,
    see: (seen: MeetingSight) => (sight = seen),
    giveUp,
  };
}

let certificates = 0;
beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(openFreeHome).mockClear();
  certificates = 0;
  const generateCertificate = async () => {
    const value = `AA:${(certificates += 1)}`;
    return { value, getFingerprints: () => [{ algorithm: 'sha-256', value }] };
  };
  vi.stubGlobal('RTCPeerConnection', { generateCertificate });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const told = (offered: { fingerprints: { send: { value: string }[] } }) =>
  offered.fingerprints.send.map(({ value }) => value);

describe('media', () => {
  it('[MEDIA-6] is opened with the certificates of the offer that was answered, were it answered twice', async () => {
    const { session, made, offer } = setUp();
    const first = await offer();
    const second = await offer();
    session.opened(peer('one'), first);
    session.opened(peer('two'), second);
    const third = await offer();
    session.opened(peer('three'), third);
    const sent = made.filter(({ direction }) => direction === 'send');
    expect(sent.map(({ id }) => id)).toEqual(['one-s', 'two-s', 'three-s']);
    const used = sent.map(({ certificate }) => (certificate as { value: string }).value);
    expect(used).toEqual([first, second, third].flatMap(told));
    expect(told(third)).not.toEqual(told(second));
  });

  it('[BACK-5] is opened anew in our own page when another speaker is chosen, once, and stays there', async () => {
    const home = { document: {} as Document, within: vi.fn((make: () => unknown) => make()), close: vi.fn() };
    vi.mocked(openFreeHome).mockReturnValueOnce(home as unknown as Home);
    const { fake, session, opens, offer, chooseSpeaker } = setUp();
    fake.answer('media:open', () => ok(peer('two')));
    session.opened(peer('one'), await offer());
    expect(session.flows()?.isFree).toBe(true);
    chooseSpeaker(true);
    await settle();
    expect(opens()).toEqual([]);
    chooseSpeaker(false);
    await settle(100);
    expect([opens().length, home.close.mock.calls.length]).toEqual([1, 1]);
    expect(session.keepPeerId()).toBe('two');
    expect(session.flows()?.isFree).toBe(false);
    for (const isUsual of [true, false]) chooseSpeaker(isUsual);
    await settle(100);
    expect([opens().length, vi.mocked(openFreeHome).mock.calls.length]).toEqual([1, 1]);
  });

  it('is not taken for open by the consumers of a pair that another has replaced', async () => {
    const { fake, session, made, offer, see } = setUp();
    const producers = [{ producerId: 'new' as ProducerId, source: 'microphone' as const, paused: false }];
    see({
      self: 'ana' as ParticipantId,
      participantIds: ['ana', 'ben'] as ParticipantId[],
      mayMove: false,
      live: { ['ben' as ParticipantId]: { connected: true, producers } },
    });
    session.opened(peer('one', [consumer('old')]), await offer());
    session.opened(peer('two', [consumer('new')]), await offer());
    made.find(({ id }) => id === 'one-r')?.openAll();
    await settle();
    session.meetingChanged();
    await settle();
    // What the second pair is opening already would be asked for a second time.
    expect(fake.requests.filter(({ name }) => name === 'media:consume')).toEqual([]);
  });

  it('[MEDIA-8] is asked for again when it was closed here though it is still being sent', async () => {
    const { fake, session, made, offer, see } = setUp();
    const producers = [{ producerId: 'voice' as ProducerId, source: 'microphone' as const, paused: false }];
    see({
      self: 'ana' as ParticipantId,
      participantIds: ['ana', 'ben'] as ParticipantId[],
      mayMove: false,
      live: { ['ben' as ParticipantId]: { connected: true, producers } },
    });
    const consumes = () => fake.requests.filter(({ name }) => name === 'media:consume');
    session.opened(peer('one', [consumer('voice')]), await offer());
    made.find(({ id }) => id === 'one-r')?.openAll();
    await settle();
    expect(consumes()).toEqual([]);
    // A pipe between media nodes broke: nothing else will be told.
    fake.tell('consumersClosed', { consumerIds: ['voice' as ConsumerId] });
    await settle(1000);
    expect(consumes()[0]).toMatchObject({ payload: { producerIds: ['voice'] } });
  });

  it('[LINE-2] has no picture asked for in light mode, sound all the same, and pictures again after it', async () => {
    const { fake, session, offer, see, giveUp } = setUp();
    const send = (source: 'microphone' | 'camera' | 'screen') => ({
      producerId: source as string as ProducerId,
      source,
      paused: false,
    });
    see({
      self: 'ana' as ParticipantId,
      participantIds: ['ana', 'ben'] as ParticipantId[],
      mayMove: false,
      live: {
        ['ben' as ParticipantId]: {
          connected: true,
          producers: [send('microphone'), send('camera'), send('screen')],
        },
      },
    });
    fake.answer('media:consume', () => ok({ consumers: [] }));
    const asked = () =>
      fake.requests.flatMap(({ name, payload }) =>
        name === 'media:consume' ? (payload as { producerIds: string[] }).producerIds : [],
      );
    giveUp(LIGHT_MODE_STEP);
    const offered = await offer();
    expect(offered.maxVideos).toBe(0);
    session.opened(peer('one'), offered);
    await settle();
    expect(asked()).toEqual(['microphone']);
    giveUp(0);
    await settle();
    expect(asked()).toEqual(['microphone', 'screen', 'camera']);
  });

  it('[MEDIA-7] is asked for as long as one is in the meeting, ever less often', async () => {
    const { fake, session, opens, made } = setUp();
    fake.answer('media:open', () => fail({ kind: 'unavailable', what: 'media' }));
    session.unavailable();
    await settle(600_000);
    const tries = opens().length;
    expect(tries).toBeGreaterThan(60);
    expect(tries).toBeLessThan(160);
    fake.answer('media:open', () => ok(peer('late')));
    await settle(10_000);
    expect(made.map(({ id }) => id)).toEqual(['late-s', 'late-r']);
    await settle(60_000);
    expect(opens()).toHaveLength(tries + 1);
  });

  it('is asked for at once when the network has changed, even after a joining that had none', async () => {
    const { fake, session, opens } = setUp();
    fake.answer('media:open', () => fail({ kind: 'unavailable', what: 'media' }));
    session.unavailable();
    await settle(120_000);
    const tries = opens().length;
    session.networkChanged();
    await settle();
    expect(opens()).toHaveLength(tries + 1);
  });

  it('is asked for again when the network has changed after a refusal', async () => {
    const { fake, session, opens, connections } = setUp();
    fake.answer('media:open', () => fail({ kind: 'mediaRefused', reason: 'no' }));
    session.unavailable();
    await settle(60_000);
    expect(opens()).toHaveLength(1);
    expect(connections.at(-1)).toBe('closed');
    session.networkChanged();
    await settle();
    expect(opens()).toHaveLength(2);
  });

  it('is not asked for before joining, nor after leaving, nor opened by an answer that comes then', async () => {
    const { fake, session, opens, made } = setUp();
    session.networkChanged();
    await settle(60_000);
    expect(opens()).toEqual([]);
    fake.answer('media:open', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return ok(peer('late'));
    });
    session.unavailable();
    await settle(500);
    session.stop();
    await settle(60_000);
    session.networkChanged();
    await settle(60_000);
    expect(opens()).toHaveLength(1);
    expect(made).toEqual([]);
  });
});
