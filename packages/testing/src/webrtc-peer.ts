import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTimeout } from '@relais/kit';
import type { DtlsFingerprint, TransportParameters } from '@relais/protocol';
import { Srtp } from './srtp.ts';
import { bindingRequest } from './stun.ts';
import { openWire, type Wire, type WireProtocol } from './wire.ts';

export const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).toString().startsWith('OpenSSL 3');
  } catch {
    return false;
  }
})();

/** The certificate that a test's browser would have, in files as openssl wants them. */
export class Certificate {
  readonly folder = mkdtempSync(join(tmpdir(), 'relais-peer-'));
  readonly key = join(this.folder, 'key.pem');
  readonly cert = join(this.folder, 'cert.pem');
  readonly fingerprint: DtlsFingerprint;

  constructor() {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const files = ['-keyout', this.key, '-out', this.cert, '-subj', '/CN=test', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...curve, ...files], { stdio: 'ignore' });
    const { fingerprint256 } = new X509Certificate(readFileSync(this.cert));
    this.fingerprint = { algorithm: 'sha-256', value: fingerprint256 };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Parts {
  remote: TransportParameters;
  network: Wire;
  relay: Socket;
  dtls: ChildProcess;
}

/**
 * The browser's end of one transport, over real UDP or TCP: ICE by hand, DTLS by `openssl s_client` through a local
 * relay, SRTP by `srtp.ts`. Shares no code with mediasoup.
 */
export class WebRtcPeer {
  readonly #network: Wire;
  readonly #relay: Socket;
  readonly #dtls: ChildProcess;
  readonly #send: Srtp;
  readonly #receive: Srtp;
  readonly #remote: TransportParameters;
  #heard: ((rtp: Buffer | undefined) => void) | undefined;
  #came: (srtp: Buffer) => void = () => undefined;

  /** Rejects if the DTLS handshake does not end well within `timeoutMs`. */
  static async connect(
    remote: TransportParameters,
    own: Certificate,
    timeoutMs = 5000,
    protocol: WireProtocol = 'udp',
  ): Promise<WebRtcPeer> {
    const network = await openWire(remote, protocol);
    await checkPath(network, remote, timeoutMs);
    const relay = await boundSocket();
    const dtls = handshake(relay, network, own);
    try {
      const material = await keyingMaterial(dtls, timeoutMs);
      return new WebRtcPeer({ remote, network, relay, dtls }, material);
    } catch (error) {
      dtls.kill('SIGKILL');
      relay.close();
      network.close();
      throw error;
    }
  }

  private constructor({ remote, network, relay, dtls }: Parts, material: Buffer) {
    this.#remote = remote;
    this.#network = network;
    this.#relay = relay;
    this.#dtls = dtls;
    const part = (from: number, length: number) => material.subarray(from, from + length);
    this.#send = new Srtp(part(0, 16), part(32, 14));
    this.#receive = new Srtp(part(16, 16), part(46, 14));
    network.on('message', (packet) => {
      if (!isRtp(packet)) return;
      this.#came(packet);
      this.#heard?.(this.#receive.unprotect(packet));
    });
  }

  /** Each RTP packet that arrives, as it is: its header is in clear, and nothing was checked. */
  onSrtp(came: (srtp: Buffer) => void): void {
    this.#came = came;
  }

  /** Says that it is still there, as a browser does every few seconds (RFC 7675). */
  consent(): void {
    this.#network.send(bindingRequest(this.#remote.iceParameters));
  }

  /** The keys are made: openssl is needed no more. It goes without a word, so that the other end goes on. */
  endHandshake(): void {
    this.#dtls.kill('SIGKILL');
  }

  /** Each RTP packet that arrives, in clear; undefined for one that is not authentic. */
  onRtp(heard: (rtp: Buffer | undefined) => void): void {
    this.#heard = heard;
  }

  protect(rtp: Buffer): Buffer {
    return this.#send.protect(rtp);
  }

  sendRaw(packet: Buffer): void {
    this.#network.send(packet);
  }

  close(): void {
    this.#dtls.kill('SIGKILL');
    this.#relay.close();
    this.#network.close();
  }
}

/** A check that is lost is sent again (RFC 8445, 14). Rejects when none is answered in time. */
async function checkPath(network: Wire, remote: TransportParameters, timeoutMs: number): Promise<void> {
  const check = () => network.send(bindingRequest(remote.iceParameters));
  const again = setInterval(check, CHECK_AGAIN_MS);
  try {
    const answered = new Promise<Buffer>((resolve) => network.once('message', resolve));
    check();
    await withTimeout(answered, timeoutMs, 'an ICE check');
  } catch (error) {
    network.close();
    throw error;
  } finally {
    clearInterval(again);
  }
}

const CHECK_AGAIN_MS = 250;

/** DTLS records begin with 20 to 63 (RFC 7983); whatever else comes is not for openssl. */
function handshake(relay: Socket, network: Wire, own: Certificate): ChildProcess {
  relay.on('message', (record, { port }) => {
    network.send(record);
    if (network.listenerCount('message') > 0) return;
    network.on('message', (packet) => {
      const [first = 0] = packet;
      if (first >= 20 && first <= 63) relay.send(packet, port, '127.0.0.1');
    });
  });
  const to = ['-connect', `127.0.0.1:${relay.address().port}`, '-cert', own.cert, '-key', own.key];
  const srtp = [
    '-use_srtp',
    'SRTP_AES128_CM_SHA1_80',
    '-keymatexport',
    'EXTRACTOR-dtls_srtp',
    '-keymatexportlen',
    '60',
  ];
  return spawn('openssl', ['s_client', '-dtls1_2', ...to, ...srtp], { stdio: ['pipe', 'pipe', 'ignore'] });
}

function keyingMaterial(dtls: ChildProcess, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no DTLS handshake in time')), timeoutMs);
    let output = '';
    dtls.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const hex = /Keying material: ([0-9A-F]{120})/.exec(output)?.[1];
      if (!hex) return;
      clearTimeout(timer);
      resolve(Buffer.from(hex, 'hex'));
    });
    dtls.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the DTLS handshake failed'));
    });
  });
}

function isRtp(packet: Buffer): boolean {
  const [first = 0, second = 0] = packet;
  const isRtcp = second >= 192 && second <= 223;
  return first >= 128 && first <= 191 && !isRtcp;
}

async function boundSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket;
}
