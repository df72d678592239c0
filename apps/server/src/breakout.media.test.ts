import { PROTOCOL_VERSION, type RequestInput } from '@relais/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connect,
  createWithKey,
  MEDIA,
  startRelais,
  voice,
  type TestSocket,
} from '../test-support/running.ts';

let relais: Awaited<ReturnType<typeof startRelais>>;

beforeAll(async () => {
  relais = await startRelais();
}, 60_000);

afterAll(() => relais.stop());

interface Person {
  socket: TestSocket;
  participantId: string;
  peerId: string;
  producerId: string;
  /** Ids of consumers that the hub said are closed. */
  closed: string[];
}

async function person(
  code: RequestInput<'meeting:join'>['code'],
  name: string,
  ssrc: number,
  facilitatorKey?: string,
): Promise<Person> {
  const socket = await connect(relais.url);
  const closed: string[] = [];
  socket.socket.on('consumersClosed', ({ consumerIds }: { consumerIds: string[] }) =>
    closed.push(...consumerIds),
  );
  const { seat, media } = await socket.call('meeting:join', {
    protocolVersion: PROTOCOL_VERSION,
    code,
    name,
    media: MEDIA,
    ...(facilitatorKey && { facilitatorKey }),
  });
  const { peerId } = media!;
  const { producerId } = await socket.call('media:produce', voice(peerId, ssrc));
  return { socket, participantId: seat.participantId, peerId, producerId, closed };
}

const hear = (by: Person, ...of: Person[]) =>
  by.socket.raw('media:consume', {
    peerId: by.peerId,
    producerIds: of.map(({ producerId }) => producerId),
  });

test('[BREAK-3] a raw client neither keeps nor gets the sound of another room, whatever it asks', async () => {
  const value = await createWithKey(relais.url);
  const anim = await person(value.code, 'Anim', 100, value.facilitatorKey);
  const ana = await person(value.code, 'Ana', 101);
  const bea = await person(value.code, 'Béa', 102);
  const before = await bea.socket.call('media:consume', {
    peerId: bea.peerId,
    producerIds: [ana.producerId, anim.producerId],
  });
  expect(before.consumers).toHaveLength(2);

  await anim.socket.call('breakout:open', {
    rooms: [{ name: 'Une' }, { name: 'Deux' }],
    filling: {
      kind: 'byHand',
      placements: [
        { participantId: ana.participantId, room: 0 },
        { participantId: bea.participantId, room: 1 },
      ],
    },
    seed: 1,
    withFacilitators: false,
    countdownSeconds: 0,
    minutes: 10,
    late: 'smallest',
    mayChoose: false,
  });
  const refused = { ok: false, refusal: { kind: 'notInYourRoom' } };
  expect(await hear(bea, ana, anim)).toEqual(refused);
  expect(await hear(ana, bea)).toEqual(refused);
  expect(await hear(anim, ana)).toEqual(refused);
  // What it had is gone at the node: the hub has said so, and nothing can be done to it.
  await expect
    .poll(() => bea.closed.toSorted())
    .toEqual(before.consumers.map(({ consumerId }) => consumerId).toSorted());
  const rooms = (await anim.socket.call('meeting:catchUp', { sinceVersion: 999_999 })).meeting!.breakout!
    .round!.rooms;
  expect(
    await bea.socket.raw('breakout:move', {
      moves: [{ participantId: bea.participantId, roomId: rooms[0]!.roomId }],
    }),
  ).toEqual({ ok: false, refusal: { kind: 'notAllowed' } });

  await anim.socket.call('breakout:move', {
    moves: [{ participantId: bea.participantId, roomId: rooms[0]!.roomId }],
  });
  expect(await hear(bea, ana)).toMatchObject({
    ok: true,
    value: { consumers: [{ producerId: ana.producerId }] },
  });
  expect(await hear(bea, anim)).toEqual(refused);
  for (const { socket } of [anim, ana, bea]) socket.close();
}, 60_000);

test('[VOICE-1] [VOICE-2] a raw client has the voice of who speaks to all exactly while it is so, and cannot make it so', async () => {
  const value = await createWithKey(relais.url);
  const anim = await person(value.code, 'Anim', 200, value.facilitatorKey);
  const ana = await person(value.code, 'Ana', 201);
  const bea = await person(value.code, 'Béa', 202);
  await anim.socket.call('breakout:open', {
    rooms: [{ name: 'Une' }, { name: 'Deux' }],
    filling: {
      kind: 'byHand',
      placements: [
        { participantId: ana.participantId, room: 0 },
        { participantId: bea.participantId, room: 1 },
      ],
    },
    seed: 1,
    withFacilitators: false,
    countdownSeconds: 0,
    minutes: 10,
    late: 'smallest',
    mayChoose: false,
  });
  const refused = { ok: false, refusal: { kind: 'notInYourRoom' } };
  expect(await ana.socket.raw('breakout:speakToAll', { on: true })).toEqual({
    ok: false,
    refusal: { kind: 'notAllowed' },
  });
  expect([await hear(ana, anim), await hear(bea, anim), await hear(bea, ana)]).toEqual([
    refused,
    refused,
    refused,
  ]);

  await anim.socket.call('breakout:speakToAll', { on: true });
  const voiceOf = async (by: Person, ...of: Person[]) => {
    const answer = (await hear(by, ...of)) as {
      value: { consumers: { consumerId: string; producerId: string }[] };
    };
    expect(answer).toMatchObject({ ok: true, value: { consumers: [{ producerId: anim.producerId }] } });
    expect(answer.value.consumers).toHaveLength(1);
    return answer.value.consumers[0]!.consumerId;
  };
  const [ofAna, ofBea] = [await voiceOf(ana, anim), await voiceOf(bea, ana, anim)];
  // Of the others nothing more than before, nor does who speaks hear anybody.
  expect([await hear(bea, ana), await hear(anim, ana)]).toEqual([refused, refused]);

  await anim.socket.call('breakout:speakToAll', { on: false });
  await expect.poll(() => ana.closed).toContain(ofAna);
  await expect.poll(() => bea.closed).toContain(ofBea);
  expect([await hear(ana, anim), await hear(bea, anim)]).toEqual([refused, refused]);

  await anim.socket.call('breakout:speakToAll', { on: true });
  const again = await voiceOf(ana, anim);
  anim.socket.close();
  await expect.poll(() => ana.closed).toContain(again);
  for (const { socket } of [ana, bea]) socket.close();
}, 60_000);
