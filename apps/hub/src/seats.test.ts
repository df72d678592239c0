import type { MeetingLog } from './ports/meeting-log.ts';
import { PROTOCOL_VERSION, ROUTER_CAPABILITIES, type ClientMessageId, type PeerId } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { CODE, createHubRig } from '../test-support/hub-rig.ts';
import { createMemoryMeetingLog } from './adapters/memory-meeting-log.ts';

const GRACE_MS = 60_000;
const joining = (name: string) => ({ protocolVersion: PROTOCOL_VERSION, code: CODE, name });
const names = (browser: Browser) => browser.meeting?.participants.map((p) => p.name);
const AWAY = { ok: false, error: { kind: 'unavailable' } } as const;

/** A log whose appends can be made to fail, to wait, or to be answered wrongly. */
function bendableLog() {
  const inner = createMemoryMeetingLog();
  const bend: { append: MeetingLog['append'] } = { append: inner.append.bind(inner) };
  const log: MeetingLog = { ...inner, append: (...args) => bend.append(...args) };
  return { log, inner, bend };
}

/** A promise that a test settles. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('seats under races', () => {
  test('[JOIN-2] whoever reloads while the log is away is not thrown out by their own late leaving', async () => {
    const { log, inner, bend } = bendableLog();
    const { gateway } = await createHubRig({ log });
    const ana = new Browser(gateway);
    await ana.join(CODE, 'Ana');
    bend.append = async () => AWAY;
    ana.cut(true);
    await vi.advanceTimersByTimeAsync(10);
    expect(await new Browser(gateway).attempt('meeting:join', joining('Béa'))).toBe('unavailable');
    bend.append = inner.append.bind(inner);
    await ana.join(CODE, 'Ana');
    await vi.advanceTimersByTimeAsync(GRACE_MS * 2);
    await ana.catchUp();
    expect(names(ana)).toEqual(['Ana']);
  });

  test('[LEAVE-1] a leaving that could not be recorded is recorded when the log is back', async () => {
    const { log, inner, bend } = bendableLog();
    const { gateway } = await createHubRig({ log });
    const [ana, bea] = [new Browser(gateway), new Browser(gateway)];
    await ana.join(CODE, 'Ana');
    await bea.join(CODE, 'Béa');
    bend.append = async () => AWAY;
    bea.cut(true);
    await vi.advanceTimersByTimeAsync(5000);
    bend.append = inner.append.bind(inner);
    await vi.advanceTimersByTimeAsync(20_000);
    ana.receive();
    expect(names(ana)).toEqual(['Ana']);
  });

  test('a joining whose commit was in doubt leaves no seat that nobody gives up', async () => {
    const { log, inner, bend } = bendableLog();
    const { gateway } = await createHubRig({ log });
    const bea = new Browser(gateway);
    await bea.join(CODE, 'Béa');
    bend.append = async (...args) => {
      await inner.append(...args);
      bend.append = inner.append.bind(inner);
      return AWAY;
    };
    const ana = new Browser(gateway);
    expect(await ana.attempt('meeting:join', joining('Ana'))).toBe('unavailable');
    await ana.join(CODE, 'Ana');
    await vi.advanceTimersByTimeAsync(GRACE_MS + 1);
    await bea.catchUp();
    expect(names(bea)).toEqual(['Béa', 'Ana']);
  });

  test('joining, leaving and joining again on one socket ends in one seat or in none, never in listening unseen', async () => {
    const { log, inner, bend } = bendableLog();
    const { gateway, media } = await createHubRig({ log });
    const bea = new Browser(gateway);
    await bea.join(CODE, 'Béa');
    const mediaOpens = gate();
    const openPeer = media.openPeer.bind(media);
    vi.spyOn(media, 'openPeer').mockImplementationOnce(async (request) => {
      await mediaOpens.opened;
      return openPeer(request);
    });
    const fingerprints = [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }];
    const offer = {
      rtpCapabilities: ROUTER_CAPABILITIES,
      fingerprints: { send: fingerprints, recv: fingerprints },
      maxVideos: 4,
    };
    const spy = gateway.connect();
    const first = spy.call('meeting:join', { ...joining('Espionne'), media: offer });
    await vi.advanceTimersByTimeAsync(1);
    const logAnswers = gate();
    bend.append = async (...args) => {
      await logAnswers.opened;
      return inner.append(...args);
    };
    const left = spy.call('meeting:leave', {});
    const second = spy.call('meeting:join', joining('Espionne'));
    await vi.advanceTimersByTimeAsync(1);
    mediaOpens.open();
    await vi.advanceTimersByTimeAsync(1);
    logAnswers.open();
    await Promise.all([first, left, second]);
    await vi.advanceTimersByTimeAsync(GRACE_MS + 1);
    spy.inbox = [];
    await bea.call('chat:post', { clientMessageId: 'm1', text: 'entre nous' });
    await bea.catchUp();
    expect(spy.inbox.some((d) => d.name === 'meetingEvents')).toBe(names(bea)?.includes('Espionne'));
  });

  test('[LEAVE-1] a tab closed while its first joining is under way leaves no seat', async () => {
    const { log, inner, bend } = bendableLog();
    const { gateway } = await createHubRig({ log });
    const bea = new Browser(gateway);
    await bea.join(CODE, 'Béa');
    const logAnswers = gate();
    bend.append = async (...args) => {
      await logAnswers.opened;
      return inner.append(...args);
    };
    const ana = gateway.connect();
    const joined = ana.call('meeting:join', joining('Ana'));
    await vi.advanceTimersByTimeAsync(1);
    ana.cut(true);
    logAnswers.open();
    await joined;
    await vi.advanceTimersByTimeAsync(1);
    await bea.catchUp();
    expect(names(bea)).toEqual(['Béa']);
  });

  test('[LIVE-2] of two producers of a source opened at once one is left on the media node', async () => {
    const { gateway, media } = await createHubRig();
    const ana = new Browser(gateway);
    const fingerprints = [
      { algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => 'AB').join(':') },
    ];
    const joined = await ana.join(CODE, 'Ana', {
      media: {
        rtpCapabilities: ROUTER_CAPABILITIES,
        fingerprints: { send: fingerprints, recv: fingerprints },
        maxVideos: 4,
      },
    });
    const closed = vi.spyOn(media, 'closeProducer');
    const produce = (ssrc: number) =>
      ana.call('media:produce', {
        peerId: joined.media?.peerId as PeerId,
        source: 'microphone',
        kind: 'audio',
        rtpParameters: {
          mid: String(ssrc),
          codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, channels: 2 }],
          encodings: [{ ssrc }],
        },
        paused: false,
      });
    await Promise.all([produce(1), produce(2)]);
    ana.receive();
    expect(ana.live?.state[ana.seat?.participantId ?? '']?.producers).toHaveLength(1);
    expect(closed).toHaveBeenCalledTimes(1);
  });

  test('[LOG-3] while the log hangs, who waits behind the first to find out does not wait for it again', async () => {
    const { log, bend } = bendableLog();
    const { gateway } = await createHubRig({ log });
    const ana = new Browser(gateway);
    await ana.join(CODE, 'Ana');
    let asked = 0;
    bend.append = async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 8000));
      return AWAY;
    };
    const posts = Array.from({ length: 20 }, (_, i) =>
      ana.attempt('chat:post', { clientMessageId: `m${i}` as ClientMessageId, text: 'bonjour' }),
    );
    await vi.advanceTimersByTimeAsync(8001);
    expect(new Set(await Promise.all(posts))).toEqual(new Set(['unavailable']));
    expect(asked).toBe(1);
  });
});
