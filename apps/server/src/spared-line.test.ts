import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import compression from 'compression';
import express, { type Response } from 'express';
import { closeHttp } from './http.ts';
import { spareThinLines } from './spared-line.ts';

const FILE = 'x'.repeat(2000) + 'é'.repeat(4000);
const http = createServer();
let url: string;

function send(response: Response): void {
  response.set('content-type', 'text/javascript');
  response.write(FILE.slice(0, 700));
  response.end(FILE.slice(700));
}

beforeAll(async () => {
  const app = express();
  app.use('/_app', spareThinLines({ bps: 480_000, maxAtOnce: 2 }));
  app.use(compression());
  app.get('/_app/file.js', (_request, response) => send(response));
  // Answered when six have asked.
  const waiting: Response[] = [];
  app.get('/_app/together.js', (_request, response) => {
    if (waiting.push(response) === 6) waiting.forEach(send);
  });
  http.on('request', app);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => closeHttp(http));

async function piecesOf(cookie?: string, file = 'file.js'): Promise<{ text: string; pieces: number }> {
  const response = await fetch(`${url}/_app/${file}`, {
    headers: { 'accept-encoding': 'identity', ...(cookie && { cookie }) },
  });
  const parts: Uint8Array[] = [];
  for await (const part of response.body!) parts.push(part as Uint8Array);
  return { text: Buffer.concat(parts).toString(), pieces: parts.length };
}

describe('[SHELL-7] a file of the program', () => {
  it('comes whole and in small pieces with rests over a line that is said to be thin', async () => {
    const { text, pieces } = await piecesOf('lang=fr; thin=abcdefgh12');
    expect(text).toBe(FILE);
    expect(pieces).toBeGreaterThanOrEqual(3);
  });

  it('comes compressed all the same', async () => {
    const response = await fetch(`${url}/_app/file.js`, { headers: { cookie: 'thin=abcdefgh12' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.text()).toBe(FILE);
  });

  it('comes as ever where too many lines are thin at once, and each time after that', async () => {
    const lines = Array.from({ length: 6 }, (_, index) => piecesOf(`thin=abcdefgh${index}`, 'together.js'));
    const got = await Promise.all(lines);
    expect(got.map(({ text }) => text)).toEqual(Array<string>(6).fill(FILE));
    expect(got.filter(({ pieces }) => pieces >= 3).length).toBeLessThanOrEqual(2);
    expect((await piecesOf('thin=abcdefgh12')).pieces).toBeGreaterThanOrEqual(3);
  });

  it.each([undefined, 'lang=fr', 'thin=', 'thin=A b', `thin=${'a'.repeat(33)}`])(
    'comes as ever with the cookie %s',
    async (cookie) => {
      const { text, pieces } = await piecesOf(cookie);
      expect(text).toBe(FILE);
      expect(pieces).toBeLessThanOrEqual(2);
    },
  );
});

describe('[SHELL-7] who goes away', () => {
  /** Slices that were written to each file's connection, and when that connection was closed. */
  const written = new Map<string, { slices: number; closed: Promise<unknown> }>();
  /** Ends the file `later.js`. */
  let ready: () => void;
  const going = createServer();
  let at: string;

  function note(name: string, response: Response): void {
    const noted = { slices: 0, closed: once(response, 'close') };
    written.set(name, noted);
    const write = response.write.bind(response) as (chunk: Buffer) => boolean;
    response.write = ((chunk: Buffer) => {
      noted.slices += 1;
      return write(chunk);
    }) as Response['write'];
  }

  beforeAll(async () => {
    const app = express();
    app.use((request, response, next) => (note(request.path, response), next()));
    app.use(spareThinLines({ bps: 192_000, maxAtOnce: 1 }));
    app.get('/long.js', (_request, response) => void response.end('x'.repeat(90_000)));
    app.get('/short.js', (_request, response) => void response.end('x'.repeat(4_000)));
    app.get('/later.js', (_request, response) => {
      response.flushHeaders();
      ready = () => void response.end('x'.repeat(90_000));
    });
    going.on('request', app);
    await new Promise<void>((resolve) => going.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(going.address() as AddressInfo).port}`;
  });
  afterAll(() => closeHttp(going));

  const ask = (file: string, line: string, signal?: AbortSignal) =>
    fetch(at + file, { headers: { cookie: `thin=${line}` }, ...(signal && { signal }) });

  /** A file that trickles, of several slices with rests between them. */
  async function anotherTrickles(): Promise<void> {
    const response = await ask('/short.js', 'anotherone');
    expect(await response.text()).toHaveLength(4_000);
    expect(written.get('/short.js')?.slices).toBeGreaterThanOrEqual(3);
  }

  it('in the middle of a file gets no more of it, and leaves the place to another line', async () => {
    const leaving = new AbortController();
    const response = await ask('/long.js', 'abcdefgh12', leaving.signal);
    await response.body!.getReader().read();
    leaving.abort();
    const { closed } = written.get('/long.js')!;
    await closed;
    const { slices } = written.get('/long.js')!;
    expect(slices).toBeLessThan(75);
    await anotherTrickles();
    expect(written.get('/long.js')?.slices).toBe(slices);
  });

  it('before the file is there gets none of it, and its line is free', async () => {
    const leaving = new AbortController();
    await ask('/later.js', 'anotherone', leaving.signal);
    leaving.abort();
    await written.get('/later.js')!.closed;
    ready();
    await anotherTrickles();
    expect(written.get('/later.js')?.slices).toBe(0);
  });
});
