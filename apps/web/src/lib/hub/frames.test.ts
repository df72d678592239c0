import { Decoder, Encoder, PacketType } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { readBody, readFrame, writeRequest } from './frames.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

/** As Socket.IO's own encoder writes it, over Engine.IO. */
function written(packet: Parameters<Encoder['encode']>[0]): { text: string; parts: Uint8Array[] } {
  const [text, ...parts] = new Encoder().encode(packet) as [string, ...Uint8Array[]];
  return { text: `4${text}`, parts };
}

/** As Socket.IO's own decoder reads it. */
function read([text, ...parts]: ReturnType<typeof writeRequest>): unknown {
  const decoder = new Decoder();
  let packet: unknown;
  decoder.on('decoded', (decoded: unknown) => (packet = decoded));
  decoder.add(text.slice(1));
  for (const part of parts) decoder.add(part);
  return packet;
}

describe('frames of the socket', () => {
  it('are read as Socket.IO writes events and answers', () => {
    const fact = written({
      type: PacketType.EVENT,
      nsp: '/',
      data: ['liveChanged', { epoch: '1-2', seq: 3 }],
    });
    const event = readFrame(fact.text);
    expect(event).toMatchObject({ kind: 'event', parts: 0 });
    expect('body' in event && readBody(event.body, [])).toEqual(['liveChanged', { epoch: '1-2', seq: 3 }]);
    const ack = readFrame(written({ type: PacketType.ACK, nsp: '/', id: 120, data: [{ ok: true }] }).text);
    expect(ack).toMatchObject({ kind: 'answer', id: 120, parts: 0 });
    expect('body' in ack && readBody(ack.body, [])).toEqual([{ ok: true }]);
  });

  it('have their binary parts in place', () => {
    const data = [{ ok: true, value: { piece: bytes(1, 2), also: [bytes(3)] } }];
    const { text, parts } = written({ type: PacketType.ACK, nsp: '/', id: 7, data: structuredClone(data) });
    const answer = readFrame(text);
    expect(answer).toMatchObject({ kind: 'answer', id: 7, parts: 2 });
    expect('body' in answer && readBody(answer.body, parts)).toEqual(data);
  });

  it('are written as Socket.IO reads them', () => {
    expect(read(writeRequest(12, 'chat:post', { text: 'é « 1-2 »' }))).toMatchObject({
      type: PacketType.EVENT,
      id: 12,
      data: ['chat:post', { text: 'é « 1-2 »' }],
    });
    expect(read(writeRequest(3, 'still:piece', { at: 1, piece: bytes(9, 8) }))).toMatchObject({
      id: 3,
      data: ['still:piece', { at: 1, piece: bytes(9, 8) }],
    });
  });

  it('that say what a text message says by chance leave it as it is', () => {
    const [text] = writeRequest(1, 'chat:post', { text: '{"_placeholder":true,"num":0}' });
    expect(text).toBe('421["chat:post",{"text":"{\\"_placeholder\\":true,\\"num\\":0}"}]');
    expect(readBody('[{"_placeholder":true,"num":0}]', [])).toEqual([{ _placeholder: true, num: 0 }]);
  });

  it('of opening, of heartbeat and of closing are told apart', () => {
    expect(readFrame('0{"sid":"x","pingInterval":4000,"pingTimeout":5000}')).toEqual({
      kind: 'open',
      silenceMs: 9000,
    });
    expect(readFrame('2').kind).toBe('ping');
    expect(readFrame('40{"sid":"y"}').kind).toBe('greeted');
    expect(['41', '44{"message":"no"}', '1'].map((text) => readFrame(text).kind)).toEqual(
      Array(3).fill('dismissed'),
    );
    expect(readFrame('6').kind).toBe('other');
  });
});
