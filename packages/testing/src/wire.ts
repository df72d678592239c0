import { createSocket } from 'node:dgram';
import { EventEmitter } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TransportParameters } from '@relais/protocol';

export type WireProtocol = 'udp' | 'tcp';

/** Packets to and from one address of a media node. */
export interface Wire {
  send(packet: Buffer): unknown;
  on(event: 'message', listener: (packet: Buffer) => void): unknown;
  once(event: 'message', listener: (packet: Buffer) => void): unknown;
  listenerCount(event: 'message'): number;
  close(): unknown;
}

/** Over the node's candidate of that protocol; throws when it offers none. */
export async function openWire(remote: TransportParameters, protocol: WireProtocol): Promise<Wire> {
  const candidate = remote.iceCandidates.find((one) => one.protocol === protocol);
  if (!candidate) throw new Error(`a candidate for ${protocol} was expected`);
  const { port, address } = candidate;
  return protocol === 'udp' ? openUdp(port, address) : openTcp(port, address);
}

async function openUdp(port: number, address: string): Promise<Wire> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  // The other end is gone, says the machine: what that means is for whoever misses packets to say.
  socket.on('error', () => undefined);
  socket.connect(port, address);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

async function openTcp(port: number, address: string): Promise<Wire> {
  const socket = connect(port, address);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return new TcpWire(socket);
}

/** Each packet behind its length, two bytes (RFC 4571). */
class TcpWire extends EventEmitter<{ message: [Buffer] }> implements Wire {
  readonly #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => this.#read(data));
  }

  send(packet: Buffer): void {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    if (this.#socket.writable) this.#socket.write(Buffer.concat([length, packet]));
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, data]);
    while (this.#unread.length >= 2 && this.#unread.length >= 2 + this.#unread.readUInt16BE()) {
      const end = 2 + this.#unread.readUInt16BE();
      const packet = Buffer.from(this.#unread.subarray(2, end));
      this.#unread = this.#unread.subarray(end);
      this.emit('message', packet);
    }
  }
}
