import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import compression from 'compression';
import express from 'express';
import { closeHttp } from './http.ts';
import { spareThinLines } from './spared-line.ts';

const FILE = 'x'.repeat(500) + 'é'.repeat(1500);
const http = createServer();
let url: string;

beforeAll(async () => {
  const app = express();
  app.use('/_app', spareThinLines({ bps: 480_000, maxAtOnce: 2 }));
  app.use(compression());
  app.get('/_app/file.js', (_request, response) => {
    response.set('content-type', 'text/javascript');
    response.write(FILE.slice(0, 700));
    response.end(FILE.slice(700));
  });
  http.on('request', app);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => closeHttp(http));

async function piecesOf(cookie?: string): Promise<{ text: string; pieces: number }> {
  const response = await fetch(`${url}/_app/file.js`, {
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
    const lines = Array.from({ length: 6 }, (_, index) => piecesOf(`thin=abcdefgh${index}`));
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
