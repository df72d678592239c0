import type { Consumer } from 'mediasoup-client/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsumerParameters, MediaKind, MediaSource, ParticipantId, ProducerId } from '@relais/protocol';
import { TOP_LAYER } from './layer-choice.ts';
import type { MediaPair } from './media-pair.ts';
import { createReadyReceivers, type Ready } from './ready-receivers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const rest = () => vi.advanceTimersByTimeAsync(1000);

interface Made {
  kind: MediaKind;
  streamId?: string | undefined;
  rtpParameters: Consumer['rtpParameters'];
  isClosed: boolean;
  close(): void;
}

function setUp() {
  const made: Made[] = [];
  const recv = {
    connectionState: 'connected',
    consume: async ({ kind, streamId, rtpParameters }: Pick<Made, 'kind' | 'streamId' | 'rtpParameters'>) => {
      const one: Made = {
        kind,
        streamId,
        rtpParameters,
        isClosed: false,
        close: () => void (one.isClosed = true),
      };
      made.push(one);
      return one;
    },
  };
  const pair = { closed: false, recv };
  const known = new Set<MediaKind>(['audio', 'video']);
  const like = (kind: MediaKind): Consumer['rtpParameters'] => ({
    mid: '7',
    codecs: [{ mimeType: `${kind}/of-the-node`, payloadType: 100, clockRate: 48_000 }],
    headerExtensions: [],
    encodings: [{ ssrc: 7, rtx: { ssrc: 8 }, scalabilityMode: 'L1T3' }],
    rtcp: { cname: 'somebody' },
  });
  const ready = createReadyReceivers(pair as unknown as MediaPair, (kind) =>
    known.has(kind) ? like(kind) : undefined,
  );
  const open = (kind: MediaKind) => made.filter((one) => one.kind === kind && !one.isClosed).length;
  return { ready, made, pair, recv, known, open };
}

const from = (person: string, source: MediaSource) => ({
  producerId: `${person}-${source}` as ProducerId,
  participantId: person as ParticipantId,
  source,
});
const both = (...people: string[]) =>
  people.flatMap((person) => [from(person, 'microphone'), from(person, 'camera')]);

function wishOf(wanted: ReturnType<typeof from>[], widths: Record<string, number> = {}) {
  return {
    wanted,
    tiles: new Map(Object.entries(widths).map(([person, width]) => [person as ParticipantId, width])),
    still: new Set<ProducerId>(),
    topLayer: TOP_LAYER,
    noRoomFor: new Set<MediaSource>(),
  };
}
const idsOf = (wanted: ReturnType<typeof from>[]) => wanted.map(({ producerId }) => producerId);
const sentTo = ({ mid, ssrc }: Pick<Ready, 'mid' | 'ssrc'>, kind: MediaKind) =>
  ({ kind, rtpParameters: { mid, encodings: [{ ssrc }] } }) as ConsumerParameters;

describe('[MEDIA-11] receivers made ahead of need', () => {
  it('are as the node sends, under a mid and an SSRC of their own, once the page is at rest', async () => {
    const { ready, made, open } = setUp();
    ready.prepare(6);
    expect(made).toEqual([]);
    await rest();
    expect([open('audio'), open('video')]).toEqual([6, 6]);
    const mids = made.map(({ rtpParameters }) => rtpParameters.mid);
    expect(new Set(mids).size).toBe(12);
    expect(mids.every((mid) => /^[a-z]\d{1,7}$/.test(mid ?? ''))).toBe(true);
    expect(made[0]?.rtpParameters).toMatchObject({
      codecs: [{ mimeType: 'audio/of-the-node' }],
      encodings: [{ scalabilityMode: 'L1T3' }],
    });
    const encodings = made.flatMap(({ rtpParameters }) => rtpParameters.encodings ?? []);
    const ssrcs = encodings.map(({ ssrc = 0 }) => ssrc);
    expect(new Set(ssrcs).size).toBe(12);
    expect(ssrcs.every((ssrc) => ssrc >= 2 ** 31 && ssrc < 2 ** 32 && ssrc % 2 === 0)).toBe(true);
    expect(encodings.map(({ rtx }) => rtx?.ssrc)).toEqual(ssrcs.map((ssrc) => ssrc + 1));
  });

  it('are no more pictures than the page shows, and none at all once sub-groups are over', async () => {
    const { ready, open } = setUp();
    ready.prepare(3);
    await rest();
    expect([open('audio'), open('video')]).toEqual([6, 3]);
    ready.prepare(0);
    await rest();
    expect([open('audio'), open('video')]).toEqual([6, 0]);
    ready.prepare(undefined);
    await rest();
    expect([open('audio'), open('video')]).toEqual([0, 0]);
  });

  it('give sound and picture of one person the same stream, and each of them once', async () => {
    const { ready, made } = setUp();
    ready.prepare(6);
    await rest();
    const wanted = both('ada', 'bob');
    const taken = ready.take(idsOf(wanted), wishOf(wanted, { ada: 160 }));
    expect(taken.map(({ producerId }) => producerId)).toEqual(idsOf(wanted));
    expect(taken.map(({ spatialLayer }) => spatialLayer)).toEqual([undefined, 0, undefined, undefined]);
    const streams = taken.map(({ mid }) => made.find((one) => one.rtpParameters.mid === mid)?.streamId);
    expect(streams[0]).toBe(streams[1]);
    expect(streams[2]).toBe(streams[3]);
    expect(streams[0]).not.toBe(streams[2]);
    const [first] = taken;
    expect(ready.claim(sentTo({ ...first!, ssrc: 7 }, 'audio'))).toBeUndefined();
    expect(ready.claim(sentTo(first!, 'audio'))).toMatchObject({ kind: 'audio' });
    expect(ready.claim(sentTo(first!, 'audio'))).toBeUndefined();
    expect(ready.claim(sentTo({ mid: '12', ssrc: 7 }, 'video'))).toBeUndefined();
  });

  it('go round for as many as there are; a shared screen has none', async () => {
    const { ready } = setUp();
    ready.prepare(1);
    await rest();
    const wanted = [from('ada', 'screen'), ...both('ada', 'bob')];
    const taken = ready.take(idsOf(wanted), wishOf(wanted));
    expect(taken.map(({ producerId }) => producerId)).toEqual([
      'ada-microphone',
      'ada-camera',
      'bob-microphone',
    ]);
  });

  it('are made anew after a move; what was asked for and did not come is ready for nobody else', async () => {
    const { ready, made, open } = setUp();
    ready.prepare(6);
    await rest();
    const wanted = both('ada');
    const taken = ready.take(idsOf(wanted), wishOf(wanted));
    const [sound, picture] = taken;
    ready.claim(sentTo(sound!, 'audio'));
    ready.answered(taken);
    await rest();
    expect(made.find(({ rtpParameters }) => rtpParameters.mid === picture?.mid)?.isClosed).toBe(true);
    // What is in use now, and six others.
    expect([open('audio'), open('video')]).toEqual([7, 6]);
  });

  it('are kept for what was asked while the answer may come, and make way for others when it does not', async () => {
    const { ready, open } = setUp();
    ready.prepare(6);
    await rest();
    const wanted = both('ada', 'bob');
    const taken = ready.take(idsOf(wanted), wishOf(wanted));
    await vi.advanceTimersByTimeAsync(9000);
    expect([open('audio'), open('video')]).toEqual([6, 6]);
    // Asked once more: the node may be sending there already.
    expect(ready.take(idsOf(wanted), wishOf(wanted))).toEqual(taken);
    await vi.advanceTimersByTimeAsync(9000);
    expect(ready.claim(sentTo(taken[0]!, 'audio'))).toBeDefined();
    expect(ready.claim(sentTo(taken[1]!, 'video'))).toBeDefined();
    ready.answered(taken.slice(0, 2));
    await rest();
    // One is in use, five are for whoever comes, and one may yet be bob's.
    expect([open('audio'), open('video')]).toEqual([7, 7]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ready.claim(sentTo(taken[2]!, 'audio'))).toBeUndefined();
    expect([open('audio'), open('video')]).toEqual([7, 7]);
    const others = both('cem', 'dan', 'eli', 'fay', 'gus', 'hal');
    expect(ready.take(idsOf(others), wishOf(others))).toHaveLength(12);
  });

  it('wait for somebody to have been heard and seen, and for the connection', async () => {
    const { ready, recv, known, open } = setUp();
    recv.connectionState = 'connecting';
    known.delete('video');
    ready.prepare(6);
    await rest();
    expect(open('audio')).toBe(0);
    recv.connectionState = 'connected';
    await rest();
    expect([open('audio'), open('video')]).toEqual([6, 0]);
    known.add('video');
    ready.prepare(6);
    await rest();
    expect([open('audio'), open('video')]).toEqual([6, 6]);
  });

  it('are of no use once the pair is closed', async () => {
    const { ready, made, pair } = setUp();
    ready.prepare(6);
    pair.closed = true;
    await rest();
    expect(made).toEqual([]);
  });
});
