import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CHECK_KEPT_DAYS, CHECK_MAX_DOWN_BYTES, CHECK_MAX_UP_BYTES } from '@relais/protocol';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CODE, createHubRig } from '../../test-support/hub-rig.ts';

const DAY = 24 * 60 * 60 * 1000;
const OWNER = '0190f3c2-7b1a-4000-8000-00000000beef';
const OTHER = '0190f3c2-7b1a-4000-8000-00000000cafe';

let rig: Awaited<ReturnType<typeof createHubRig>>;
let http: Server;
let now = Date.now();
let url = '';

beforeEach(async () => {
  now = Date.now();
  rig = await createHubRig({ now: () => now });
  http = createServer(express().use(rig.hub.router));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api`;
});
afterEach(async () => {
  http.closeAllConnections();
  http.close();
  await rig.hub.close();
});

interface Asked {
  method?: string;
  code?: string;
  bearer?: string | undefined;
  body?: unknown;
}

async function checks({ method = 'GET', code = CODE, bearer, body }: Asked) {
  const response = await fetch(`${url}/meetings/${code}/checks`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { ok: boolean; value?: unknown; refusal?: unknown };
  return { status: response.status, ...answer };
}

/** A meeting of one's own, with the key of who made it. */
async function created() {
  const response = await fetch(`${url}/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Cercle' }),
  });
  const { value } = (await response.json()) as { value: { code: string; facilitatorKey: string } };
  return value;
}

const READY = { name: 'Ana', verdict: 'ready' };
const tell = (code: string, bearer: string, body: unknown = READY) =>
  checks({ method: 'PUT', code, bearer, body });

describe('results of checks over HTTP', () => {
  it('[CHECK-6] are read by who has the key of that meeting', async () => {
    const { code, facilitatorKey } = await created();
    expect(await tell(code, OWNER)).toMatchObject({ status: 200, ok: true, value: { ...READY, at: now } });
    expect(await checks({ code, bearer: facilitatorKey })).toEqual({
      status: 200,
      ok: true,
      value: { reports: [{ ...READY, at: now }] },
    });
  });

  it('[CHECK-6] are refused without the key, with another meeting’s, and with an owner’s secret', async () => {
    const { code } = await created();
    const another = await created();
    await tell(code, OWNER);
    for (const bearer of [undefined, '', 'x', another.facilitatorKey, OWNER]) {
      expect(await checks({ code, bearer }), String(bearer)).toMatchObject({
        status: 403,
        refusal: { kind: 'seatUnknown' },
      });
    }
  });

  it('[CHECK-7] are replaced and erased by the same browser, and by no other', async () => {
    const { code, facilitatorKey } = await created();
    await tell(code, OWNER, { name: 'Ana', verdict: 'failed' });
    await tell(code, OWNER);
    expect((await checks({ method: 'DELETE', code, bearer: OTHER })).status).toBe(200);
    const listed = async () => (await checks({ code, bearer: facilitatorKey })).value;
    expect(await listed()).toMatchObject({ reports: [{ name: 'Ana', verdict: 'ready' }] });
    expect((await checks({ method: 'DELETE', code, bearer: OWNER })).status).toBe(200);
    expect(await listed()).toEqual({ reports: [] });
  });

  it('[CHECK-6] are told to nobody after their days, from the first moment', async () => {
    const { code, facilitatorKey } = await created();
    await tell(code, OWNER);
    now += CHECK_KEPT_DAYS * DAY;
    const listed = async () => (await checks({ code, bearer: facilitatorKey })).value;
    expect(await listed()).toMatchObject({ reports: [{ name: 'Ana' }] });
    now += 1;
    expect(await listed()).toEqual({ reports: [] });
  });

  it.each([
    ['no name', { verdict: 'ready' }],
    ['a name of control characters', { name: 'a\u0000b', verdict: 'ready' }],
    ['an invented verdict', { name: 'Ana', verdict: 'superb' }],
    ['an instant of their own', { ...READY, at: 1 }],
    ['nothing', null],
    ['a list', [READY]],
  ])('[REF-1] with %s are refused', async (_what, body) => {
    const { status, refusal } = await tell(CODE, OWNER, body);
    expect({ status, refusal }).toMatchObject({ status: 400, refusal: { kind: 'invalidInput' } });
  });

  it.each(['x', 'Bearer', `${OWNER} ${OWNER}`, 'é', 'a'.repeat(5000)])(
    'under a secret that is none (%s) are refused',
    async (bearer) => {
      expect((await tell(CODE, encodeURI(bearer))).status).toBe(403);
    },
  );

  it('[REF-4] of a meeting that is not there are refused, whatever is asked', async () => {
    for (const code of ['zzz-zzzz-zzz', 'nonsense', '..%2f..', CODE.toUpperCase()]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const body = method === 'PUT' ? READY : undefined;
        expect(await checks({ method, code, bearer: OWNER, body }), `${method} ${code}`).toMatchObject({
          status: 404,
          refusal: { kind: 'meetingNotFound' },
        });
      }
    }
  });
});

describe('[CHECK-4] probes of a line’s speed', () => {
  it('give as many bytes as are asked for, which nothing on the way makes fewer or keeps', async () => {
    const response = await fetch(`${url}/check/download?bytes=50000`, {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect((await response.arrayBuffer()).byteLength).toBe(50_000);
  });

  it.each(['0', '-1', '1.5', 'x', '', String(CHECK_MAX_DOWN_BYTES + 1), '1e99'])(
    '[REF-1] of %s bytes are refused',
    async (bytes) => {
      expect((await fetch(`${url}/check/download?bytes=${bytes}`)).status).toBe(400);
    },
  );

  it('say how fast what was sent came in', async () => {
    const body = new Uint8Array(60_000);
    const response = await fetch(`${url}/check/upload`, { method: 'POST', body });
    const { value } = (await response.json()) as { value: { bytes: number; kbps: number } };
    expect(value.bytes).toBe(60_000);
    expect(value.kbps).toBeGreaterThan(0);
  });

  it('take no more than was agreed, told beforehand or not', async () => {
    const large = new Uint8Array(CHECK_MAX_UP_BYTES + 1);
    const told = await fetch(`${url}/check/upload`, { method: 'POST', body: large });
    expect(told.status).toBe(413);
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    const untold = fetch(`${url}/check/upload`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
    });
    // The answer may be lost with the line that is cut while more is being sent.
    expect(
      await untold.then(
        ({ status }) => status,
        () => 413,
      ),
    ).toBe(413);
  });
});
