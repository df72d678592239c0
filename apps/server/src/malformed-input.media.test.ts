import {
  createMeetingBody,
  PROTOCOL_VERSION,
  refusal,
  up,
  type MeetingState,
  type RequestInput,
  type RequestName,
} from '@relais/protocol';
import { isSeatless } from '@relais/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIVE_MEGABYTES, hugeMutations, mutations } from '../test-support/malformed.ts';
import { validRequests } from '../test-support/valid-requests.ts';
import { connect, createMeeting, startRelais, voice, type TestSocket } from '../test-support/running.ts';

let relais: Awaited<ReturnType<typeof startRelais>>;
let code: RequestInput<'meeting:join'>['code'];
/** Somebody in another meeting, whose things must stay as they are. */
let other: Awaited<ReturnType<typeof bystander>>;

const NAMES = Object.keys(up) as RequestName[];

beforeAll(async () => {
  relais = await startRelais();
  code = await createMeeting(relais.url);
  other = await bystander();
}, 60_000);

afterAll(async () => {
  other.socket.close();
  await relais.stop();
});

async function bystander() {
  const otherCode = await createMeeting(relais.url, 'Une autre rencontre');
  const socket = await connect(relais.url);
  const told: string[] = [];
  socket.socket.onAny((name: string) => told.push(name));
  const joined = await socket.join(otherCode, 'Témoin');
  const peerId = joined.media!.peerId;
  const { producerId } = await socket.call('media:produce', voice(peerId, 4242));
  // A second person, so that there is a consumer to be aimed at.
  const listener = await connect(relais.url);
  const heard = await listener.join(otherCode, 'Auditrice');
  const consumerId = heard.media!.consumers[0]!.consumerId;
  told.length = 0;
  return {
    socket,
    told,
    otherCode,
    joined,
    peerId,
    producerId,
    consumerId,
    listenerPeerId: heard.media!.peerId,
  };
}

/** The other meeting's people and messages, as its own member sees them. */
async function otherState(): Promise<{ meeting: MeetingState; producers: number }> {
  const { meeting, live } = await other.socket.call('meeting:catchUp', { sinceVersion: 999_999 });
  const producers = live.state[other.joined.seat.participantId]?.producers.length ?? 0;
  return { meeting: meeting!, producers };
}

async function somebody(): Promise<{ socket: TestSocket; peerId: string; producerId: string }> {
  const socket = await connect(relais.url);
  const { media } = await socket.join(code, 'Ana');
  const { producerId } = await socket.call('media:produce', voice(media!.peerId, 1000));
  return { socket, peerId: media!.peerId, producerId };
}

async function stranger(): ReturnType<typeof somebody> {
  return { socket: await connect(relais.url), peerId: 'p', producerId: 'q' };
}

/** Sends it, waiting as long as the server asks when there are too many: the answer then. */
async function ask(socket: TestSocket, name: string, payload: unknown) {
  for (;;) {
    const answer = payload === undefined ? await socket.raw(name) : await socket.raw(name, payload);
    if (answer.ok || answer.refusal.kind !== 'tooMany') return answer;
    const { retryAfterMs } = answer.refusal;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  }
}

describe.each(NAMES)('%s', (name) => {
  test('[REF-1] [REF-2] bent in every place, it is answered, and refused with a kind where it does not fit', async () => {
    // Joining is bent on sockets that have not joined; everything else by somebody who has.
    const begin = name === 'meeting:join' ? stranger : somebody;
    let { socket, peerId, producerId } = await begin();
    const { request } = up[name];
    for (const { what, payload } of mutations(request, validRequests({ code, peerId, producerId })[name])) {
      const fits = request.safeParse(roundTrip(payload)).success;
      const answer = await ask(socket, name, payload);
      if (!fits) {
        expect(answer.ok, what).toBe(false);
        if (!answer.ok) expect(answer.refusal.kind, what).toBe('invalidInput');
      } else if (!answer.ok) {
        expect(refusal.safeParse(answer.refusal).success, what).toBe(true);
        expect(answer.refusal.kind, what).not.toBe('internal');
      }
      // A bend that still fits may have left the meeting or opened media anew: begin again as somebody new.
      if (fits && ['meeting:join', 'meeting:leave', 'media:open'].includes(name)) {
        socket.close();
        ({ socket, peerId, producerId } = await begin());
      }
    }
    socket.close();
  }, 120_000);

  test('5 MB in every place is refused with a kind, and the socket stays', async () => {
    const { socket, peerId, producerId } = await somebody();
    for (const { what, payload } of hugeMutations(
      up[name].request,
      validRequests({ code, peerId, producerId })[name],
    )) {
      const answer = await ask(socket, name, payload);
      expect(answer, what).toMatchObject({ ok: false, refusal: { kind: 'tooLarge' } });
    }
    expect(await socket.raw('meeting:catchUp', { sinceVersion: 0 })).toMatchObject({ ok: true });
    socket.close();
  }, 120_000);

  test('[REF-3] before joining it is refused', async () => {
    if (isSeatless(name)) return;
    const socket = await connect(relais.url);
    expect(await socket.raw(name, validRequests({ code, peerId: 'p', producerId: 'q' })[name])).toMatchObject(
      {
        ok: false,
        refusal: { kind: 'notJoined' },
      },
    );
    socket.close();
  });
});

/** What the server gets: undefined keys and lone surrogates are lost on the wire, as here. */
function roundTrip(payload: unknown): unknown {
  if (payload === undefined) return undefined;
  const read = JSON.parse(
    new TextDecoder().decode(new TextEncoder().encode(JSON.stringify(payload))),
  ) as unknown;
  // What is binary goes beside the text, as it is.
  if (typeof payload === 'object' && payload !== null)
    for (const [key, value] of Object.entries(payload))
      if (value instanceof Uint8Array) Object.assign(read as object, { [key]: value });
  return read;
}

describe('other people’s ids', () => {
  test('[MEDIA-5] [REF-4] a transport, producer or consumer of another meeting is as unknown as one that never was', async () => {
    const { socket } = await somebody();
    const aimed = async (ids: { peer: string; producer: string; consumer: string }) => [
      await socket.raw('media:produce', voice(ids.peer, 5)),
      await socket.raw('media:restartIce', { peerId: ids.peer, direction: 'recv' }),
      await socket.raw('media:consume', { peerId: ids.peer, producerIds: [ids.producer] }),
      await socket.raw('media:pauseProducer', { producerId: ids.producer, paused: true }),
      await socket.raw('media:closeProducer', { producerId: ids.producer }),
      await socket.raw('media:pauseConsumers', { consumerIds: [ids.consumer], paused: true }),
      await socket.raw('media:preferLayer', { consumerId: ids.consumer, spatialLayer: 0 }),
      await socket.raw('media:closeConsumers', { consumerIds: [ids.consumer] }),
    ];
    const foreign = { peer: other.peerId, producer: other.producerId, consumer: other.consumerId };
    const invented = { peer: 'inconnu-1', producer: 'inconnu-2', consumer: 'inconnu-3' };
    const before = await otherState();
    const shape = (answers: unknown[], ids: object) =>
      JSON.stringify(answers).replaceAll(new RegExp(Object.values(ids).join('|'), 'g'), 'ID');
    expect(shape(await aimed(foreign), foreign)).toBe(shape(await aimed(invented), invented));
    expect(await otherState()).toEqual(before);
    socket.close();
  });

  test('[MEDIA-2] another meeting’s producer is not consumed on one’s own transport', async () => {
    const { socket, peerId } = await somebody();
    const answer = await socket.raw('media:consume', { peerId, producerIds: [other.producerId] });
    expect(answer).toEqual({ ok: false, refusal: { kind: 'unknownId', id: other.producerId } });
    socket.close();
  });

  test('[MEDIA-5] what belongs to somebody in the same meeting is refused as well', async () => {
    const ana = await somebody();
    const bea = await somebody();
    const { consumers } = await ana.socket.call('media:consume', {
      peerId: ana.peerId,
      producerIds: [bea.producerId],
    });
    const consumerId = consumers[0]!.consumerId;
    for (const [name, payload] of [
      ['media:pauseProducer', { producerId: ana.producerId, paused: true }],
      ['media:closeProducer', { producerId: ana.producerId }],
      ['media:preferLayer', { consumerId, spatialLayer: 0 }],
      ['media:pauseConsumers', { consumerIds: [consumerId], paused: true }],
      ['media:closeConsumers', { consumerIds: [consumerId] }],
      ['media:restartIce', { peerId: ana.peerId, direction: 'send' }],
    ] as const) {
      expect(await bea.socket.raw(name, payload), name).toMatchObject({
        ok: false,
        refusal: { kind: 'unknownId' },
      });
    }
    ana.socket.close();
    bea.socket.close();
  });

  test('[JOIN-5] another person’s seat is not taken with an invented token', async () => {
    const socket = await connect(relais.url);
    const { participantId } = other.joined.seat;
    const answer = await socket.raw('meeting:join', {
      protocolVersion: PROTOCOL_VERSION,
      code: other.otherCode,
      name: 'X',
      seat: { participantId, token: 'a'.repeat(43) },
    });
    expect(answer).toEqual({ ok: false, refusal: { kind: 'seatUnknown' } });
    socket.close();
  });
});

describe('what no schema names', () => {
  test('[REF-2] requests of no known name, of an inherited name, and with payloads in surplus are refused', async () => {
    const { socket } = await somebody();
    for (const name of [
      'nope',
      '__proto__',
      'constructor',
      'toString',
      'meeting:Join',
      '',
      'x'.repeat(10_000),
    ]) {
      expect(await socket.raw(name, {}), name.slice(0, 20)).toMatchObject({
        ok: false,
        refusal: { kind: 'unknownRequest' },
      });
    }
    expect(await socket.raw('meeting:catchUp', { sinceVersion: 0 }, { sinceVersion: 0 })).toMatchObject({
      refusal: { kind: 'invalidInput' },
    });
    expect(await socket.raw('chat:post', Buffer.alloc(1000))).toMatchObject({
      refusal: { kind: 'invalidInput' },
    });
    socket.close();
  });

  test('a request that asks for no answer does nothing, and does not end the server', async () => {
    const { socket } = await somebody();
    socket.socket.emit('chat:post', { clientMessageId: 'sans-accuse', text: 'non' });
    const { meeting } = await socket.call('meeting:catchUp', { sinceVersion: 999_999 });
    expect(meeting?.messages.some((m) => m.text === 'non')).toBe(false);
    socket.close();
  });

  test('a flood is answered with how long to wait, and the others are served', async () => {
    const { socket } = await somebody();
    const answers = await Promise.all(
      Array.from({ length: 900 }, () => socket.raw('meeting:catchUp', { sinceVersion: 999_999 })),
    );
    expect(answers.some((a) => !a.ok && a.refusal.kind === 'tooMany')).toBe(true);
    expect((await otherState()).meeting.participants).toHaveLength(2);
    socket.close();
  });
});

describe('HTTP', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
    fetch(`${relais.url}/api/meetings`, { method: 'POST', headers: { 'content-type': type }, body });

  async function refusedWith(response: Response, kinds: string[], what: string): Promise<void> {
    const body = (await response.json()) as { ok: boolean; refusal: unknown };
    expect(response.status, what).toBeGreaterThanOrEqual(400);
    expect(response.status, what).toBeLessThan(500);
    expect(kinds, what).toContain(refusal.parse(body.refusal).kind);
  }

  test('[REF-1] POST /api/meetings bent in every place is refused with a kind', async () => {
    for (const { what, payload } of mutations(createMeetingBody, { title: 'Une rencontre' })) {
      const body = JSON.stringify(payload) ?? '';
      const fits = body !== '' && createMeetingBody.safeParse(roundTrip(payload)).success;
      const response = await post(body);
      if (fits) expect([201, 429], what).toContain(response.status);
      else await refusedWith(response, ['invalidInput'], what);
    }
  });

  test('a body of 5 MB, one that is no JSON, and one of another type are refused with a kind', async () => {
    await refusedWith(await post(JSON.stringify({ title: FIVE_MEGABYTES })), ['tooLarge'], '5 MB');
    await refusedWith(await post('{"title":'), ['invalidInput'], 'cut short');
    await refusedWith(await post('title=x', 'application/x-www-form-urlencoded'), ['invalidInput'], 'form');
    await refusedWith(await post(new Uint8Array([0, 1, 255])), ['invalidInput'], 'binary');
  });

  test('[REF-4] a code that never was, and one that cannot be, are answered alike', async () => {
    const paths = ['zzz-zzzz-zzz', 'x', '%00', '..%2f..%2fetc', '%ff', "a'--", 'x'.repeat(5000)];
    for (const path of paths) {
      const response = await fetch(`${relais.url}/api/meetings/${path}`);
      await refusedWith(response, ['meetingNotFound', 'invalidInput'], path.slice(0, 30));
    }
  });

  test('a route or a method that is not there is refused with a kind', async () => {
    for (const [method, path] of [
      ['GET', '/api/nope'],
      ['DELETE', '/api/meetings/abc-defg-hjk'],
      ['PUT', '/api/meetings'],
      ['GET', '/api/meetings'],
    ]) {
      await refusedWith(await fetch(relais.url + path, { method: method! }), ['unknownRequest'], path!);
    }
  });
});

test('after all of it the server is up, and the other meeting is as it was and was told nothing', async () => {
  expect((await fetch(`${relais.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${relais.url}/readyz`)).status).toBe(200);
  expect(other.told.filter((name) => name !== 'speakersChanged')).toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  const { meeting, producers } = await otherState();
  expect(meeting.participants.map((p) => p.name)).toEqual(['Témoin', 'Auditrice']);
  expect(producers).toBe(1);
});
