import { afterAll, beforeAll, expect, test } from 'vitest';
import { rtpCapabilities, rtpParameters } from '@relais/protocol';
import type { ConsumerId, OpenedConsumer, ProducerId, RtpParameters } from '@relais/protocol';
import { camera, microphone, openPeerRequest, refsTo } from '@relais/testing';
import { hostileCapabilities, hostileProduction } from '../../test-support/hostile.ts';
import { Seeded } from '../../test-support/seeded.ts';
import { createTestNode, pids, valueOf } from '../../test-support/test-node.ts';
import type { MediasoupNode } from '../node.ts';

const ROUNDS = 400;
const unsupported = { ok: false, error: { kind: 'unsupported', reason: expect.any(String) as unknown } };

let node: MediasoupNode;
let before: (number | null)[];
beforeAll(async () => {
  node = await createTestNode();
  before = await pids(node);
});
afterAll(() => node.close());

test.for([1, 2, 3])(
  'hostile producers harm neither the worker nor who consumes, seed %i',
  async (seed: number) => {
    const random = new Seeded(seed);
    const bystander = openPeerRequest('quiet', `bystander-${seed}`);
    await node.openPeer(bystander);
    const viewer = openPeerRequest('loud', `viewer-${seed}`);
    await node.openPeer(viewer);
    let accepted = 0;
    let host = openPeerRequest('loud', `hostile-${seed}`);
    await node.openPeer(host);

    for (let round = 0; round < ROUNDS; round += 1) {
      const { kind, rtpParameters: given } = hostileProduction(random);
      const parsed = rtpParameters.safeParse(given);
      expect(parsed.error?.issues).toBeUndefined();
      const outcome = await node.produce({ ...host, kind, rtpParameters: given, paused: random.chance(0.5) });
      if (!outcome.ok) {
        expect(outcome).toEqual(unsupported);
        continue;
      }
      accepted += 1;
      const { producerId } = outcome.value;
      const [consumer, ...none] = valueOf(
        await node.consume({ ...viewer, producers: refsTo(node, [producerId]), paused: false }),
      );
      expect(consumer?.kind).toBe(kind);
      expect(none).toEqual([]);
      expect(oneLine(consumer)).toBe(true);
      if (random.chance(0.7)) await node.closeProducer(host, producerId);
      if (accepted % 3 === 0) {
        await node.closePeer(host);
        host = openPeerRequest('loud', `hostile-${seed}-${round}`);
        await node.openPeer(host);
      }
    }

    expect(accepted).toBeGreaterThan(ROUNDS / 20);
    expect(accepted).toBeLessThan(ROUNDS);
    expect(await pids(node)).toEqual(before);
    valueOf(await node.restartIce(bystander, 'send'));
  },
);

test.for([4, 5])('hostile capabilities open a peer all the same, seed %i', async (seed: number) => {
  const random = new Seeded(seed);
  const host = openPeerRequest('caps', `host-${seed}`);
  await node.openPeer(host);
  const producerIds: ProducerId[] = [
    valueOf(await node.produce({ ...host, kind: 'audio', rtpParameters: microphone(), paused: false }))
      .producerId,
    valueOf(await node.produce({ ...host, kind: 'video', rtpParameters: camera(), paused: false }))
      .producerId,
  ];
  let consumers: ConsumerId[] = [];
  for (let round = 0; round < ROUNDS / 4; round += 1) {
    const given = hostileCapabilities(random);
    expect(rtpCapabilities.safeParse(given).error?.issues).toBeUndefined();
    const key = openPeerRequest('caps', `hostile-${seed}`, refsTo(node, producerIds));
    const opened = valueOf(await node.openPeer({ ...key, rtpCapabilities: given }));
    consumers = consumers.concat(opened.consumers.map((consumer) => consumer.consumerId));
  }
  expect(consumers.length).toBeGreaterThan(0);
  expect(await pids(node)).toEqual(before);
});

/** Each is what a test of the whole node found, or what mediasoup was found to take without a word. */
const refused: Record<string, (sound: RtpParameters) => RtpParameters> = {
  'a codec of the other kind': () => microphone(),
  'an unknown codec': (sound) => ({ ...sound, codecs: [{ ...first(sound.codecs), mimeType: 'video/VP7' }] }),
  'the same ssrc twice': (sound) => ({ ...sound, encodings: [{ ssrc: 7 }, { ssrc: 7 }] }),
  'an rtx ssrc that is a media ssrc': (sound) => ({ ...sound, encodings: [{ ssrc: 7, rtx: { ssrc: 7 } }] }),
  'ssrc 0': (sound) => ({ ...sound, encodings: [{ ssrc: 0 }] }),
  'layers without ssrc and rid': (sound) => ({ ...sound, encodings: [{}, {}] }),
  'the same rid twice': (sound) => ({ ...sound, encodings: [{ rid: 'r' }, { rid: 'r' }] }),
  'the same payload type twice': (sound) => ({
    ...sound,
    codecs: sound.codecs.map((codec) => ({ ...codec, payloadType: 96 })),
  }),
  'two codecs that become the same one for who consumes': (sound) => ({
    ...sound,
    codecs: [first(sound.codecs), { ...first(sound.codecs), payloadType: 99 }],
  }),
  'an rtx codec alone': (sound) => ({ ...sound, codecs: sound.codecs.slice(1) }),
  'an rtx codec that retransmits itself': (sound) => ({
    ...sound,
    codecs: [first(sound.codecs), { ...first(sound.codecs.slice(1)), parameters: { apt: 97 } }],
  }),
  'spatial layers in VP8': (sound) => ({ ...sound, encodings: [{ ssrc: 7, scalabilityMode: 'L3T3' }] }),
  'a header extension id used twice': (sound) => ({
    ...sound,
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
      { uri: 'urn:3gpp:video-orientation', id: 1 },
    ],
  }),
  'a line break in a codec parameter': (sound) => ({
    ...sound,
    codecs: [{ ...first(sound.codecs), parameters: { x: '1\r\na=ice-lite' } }],
  }),
  'a line break in the cname': (sound) => ({ ...sound, rtcp: { cname: 'a\r\na=ice-lite' } }),
  'a line break in the msid': (sound) => ({ ...sound, msid: 'a\nb' }),
  'a codec parameter of 64 bits': (sound) => ({
    ...sound,
    codecs: [{ ...first(sound.codecs), parameters: { x: 2 ** 53 } }],
  }),
};

test.for(Object.entries(refused))('refuses %s', async ([, spoil]) => {
  const key = openPeerRequest('named', 'ada');
  await node.openPeer(key);
  const request = { ...key, kind: 'video', paused: false } as const;
  expect(await node.produce({ ...request, rtpParameters: spoil(camera()) })).toEqual(unsupported);
  expect(await node.produce({ ...request, rtpParameters: camera() })).toMatchObject({ ok: true });
});

/** What is handed to other browsers ends up in their SDP: no line break may be in it. */
function oneLine(consumer: OpenedConsumer | undefined): boolean {
  return !/\\[rn0]/.test(JSON.stringify(consumer));
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('an item was expected');
  return item;
}
