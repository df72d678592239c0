import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:tls';
import { withTimeout } from '@relais/kit';

/** Sends one packet to the relay, and hears what comes from it. */
export interface TurnLine {
  send(packet: Buffer): void;
  onPacket(listener: (packet: Buffer) => void): void;
  close(): void;
}

/** What the relay answered: the number of its error, or nothing when it did as asked. */
export interface TurnAnswer {
  error: number | undefined;
  attributes: Map<number, Buffer>;
}

const MAGIC_COOKIE = 0x2112a442;
const Method = { allocate: 0x003, send: 0x006, data: 0x007, createPermission: 0x008 } as const;
const Attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
} as const;
const ANSWER_TIMEOUT_MS = 5_000;
const RETRANSMIT_MS = 250;

export function udpLine(port: number, host: string): TurnLine {
  const socket = createSocket('udp4');
  return {
    send: (packet) => socket.send(packet, port, host),
    onPacket: (listener) => void socket.on('message', listener),
    close: () => socket.close(),
  };
}

/** `turns:` as a browser speaks it, where UDP is blocked; the test's certificate is nobody's. */
export function tlsLine(port: number, host: string): TurnLine {
  const socket = connect({ port, host, rejectUnauthorized: false });
  socket.on('error', () => undefined);
  const listeners: ((packet: Buffer) => void)[] = [];
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 20 && rest.length >= 20 + rest.readUInt16BE(2)) {
      const packet = rest.subarray(0, 20 + rest.readUInt16BE(2));
      rest = rest.subarray(packet.length);
      for (const listener of listeners) listener(packet);
    }
  });
  return {
    send: (packet) => void socket.write(packet),
    onPacket: (listener) => void listeners.push(listener),
    close: () => socket.destroy(),
  };
}

/** As much of RFC 8656 as a test needs, with long-term credentials: IPv4 peers, one allocation. */
export class TurnClient {
  readonly #line: TurnLine;
  readonly #right: { username: string; credential: string };
  #key: Buffer | undefined;
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);
  readonly #waiting = new Set<(packet: Buffer) => void>();

  constructor(line: TurnLine, right: { username: string; credential: string }) {
    this.#line = line;
    this.#right = right;
    line.onPacket((packet) => {
      for (const take of this.#waiting) take(packet);
    });
  }

  /** Asks without a right first, as every client does, to be told realm and nonce. */
  async allocate(): Promise<TurnAnswer> {
    const wish = attribute(Attribute.requestedTransport, Buffer.from([17, 0, 0, 0]));
    const challenge = await this.#ask(Method.allocate, wish);
    this.#realm = challenge.attributes.get(Attribute.realm) ?? this.#realm;
    this.#nonce = challenge.attributes.get(Attribute.nonce) ?? this.#nonce;
    const { username, credential } = this.#right;
    this.#key = createHash('md5').update(`${username}:${this.#realm.toString()}:${credential}`).digest();
    return this.#ask(Method.allocate, wish);
  }

  permit(address: string): Promise<TurnAnswer> {
    return this.#ask(Method.createPermission, peerAddress(address, 0));
  }

  sendTo(address: string, port: number, data: Buffer): void {
    const body = Buffer.concat([peerAddress(address, port), attribute(Attribute.data, data)]);
    this.#line.send(Buffer.concat([header(Method.send | 0x0010, body.length, randomBytes(12)), body]));
  }

  /** The next packet that the relay brings from a peer. */
  received(): Promise<Buffer> {
    return this.#next('a packet by the relay', (packet) =>
      packet.readUInt16BE(0) === (Method.data | 0x0010)
        ? attributesOf(packet).get(Attribute.data)
        : undefined,
    );
  }

  async #ask(method: number, body: Buffer): Promise<TurnAnswer> {
    const id = randomBytes(12);
    const answer = this.#next('an answer of the relay', (packet) =>
      packet.subarray(8, 20).equals(id) ? packet : undefined,
    );
    const request = this.#signed(method, id, body);
    this.#line.send(request);
    // By UDP a request may be lost: said again until it is answered (RFC 8489, 6.2.1).
    const again = setInterval(() => this.#line.send(request), RETRANSMIT_MS);
    const attributes = attributesOf(await answer.finally(() => clearInterval(again)));
    const code = attributes.get(Attribute.errorCode);
    return { error: code && code.readUInt8(2) * 100 + code.readUInt8(3), attributes };
  }

  async #next<T>(what: string, pick: (packet: Buffer) => T | undefined): Promise<T> {
    let take: ((packet: Buffer) => void) | undefined;
    const picked = new Promise<T>((resolve) => {
      take = (packet) => {
        const found = pick(packet);
        if (found !== undefined) resolve(found);
      };
      this.#waiting.add(take);
    });
    return withTimeout(picked, ANSWER_TIMEOUT_MS, what).finally(() => take && this.#waiting.delete(take));
  }

  #signed(method: number, id: Buffer, body: Buffer): Buffer {
    if (!this.#key) return Buffer.concat([header(method, body.length, id), body]);
    const named = Buffer.concat([
      body,
      attribute(Attribute.username, Buffer.from(this.#right.username)),
      attribute(Attribute.realm, this.#realm),
      attribute(Attribute.nonce, this.#nonce),
    ]);
    const head = header(method, named.length + 24, id);
    const mac = createHmac('sha1', this.#key).update(head).update(named).digest();
    return Buffer.concat([head, named, attribute(Attribute.messageIntegrity, mac)]);
  }
}

function header(type: number, length: number, id: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  head.writeUInt32BE(MAGIC_COOKIE, 4);
  return Buffer.concat([head, id]);
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function peerAddress(address: string, port: number): Buffer {
  const value = Buffer.alloc(8);
  value.writeUInt8(1, 1);
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2);
  const bytes = Buffer.from(address.split('.').map(Number));
  value.writeUInt32BE((bytes.readUInt32BE() ^ MAGIC_COOKIE) >>> 0, 4);
  return attribute(Attribute.xorPeerAddress, value);
}

function attributesOf(packet: Buffer): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= packet.length;) {
    const length = packet.readUInt16BE(at + 2);
    attributes.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return attributes;
}
