import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Counter, Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { createMetricsRoute } from './metrics-route.ts';
import { createProcessMetrics } from './process-metrics.ts';

const TOKEN = 'a-token-that-is-long-enough';
let http: Server | undefined;
afterEach(() => {
  http?.closeAllConnections();
  http?.close();
});

async function serve(token: string | undefined): Promise<string> {
  const own = new Registry();
  new Counter({ name: 'relais_things_total', help: 'Things.', registers: [own] }).inc(3);
  const registries = [createProcessMetrics({ version: '1.2.3', role: 'hub' }), own];
  http = createServer(express().use(createMetricsRoute({ registries, token })));
  await new Promise<void>((resolve) => http?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/metrics`;
}

const asking = (url: string, authorization?: string) =>
  fetch(url, authorization === undefined ? {} : { headers: { authorization } });

test('all registries are told as one text to who has the token', async () => {
  const response = await asking(await serve(TOKEN), `Bearer ${TOKEN}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  expect(text).toContain('relais_things_total 3\n');
  expect(text).toMatch(/^relais_build_info\{version="1\.2\.3",role="hub",node_version="v\d+\.[^"]+"\} 1$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
  expect(text).not.toContain('\n\n\n');
});

test('nobody else is told anything', async () => {
  const url = await serve(TOKEN);
  const others = [undefined, '', TOKEN, `Basic ${TOKEN}`, 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN} x`];
  for (const authorization of others) {
    const response = await asking(url, authorization);
    expect(response.status, authorization).toBe(401);
    expect(await response.text()).not.toContain('relais');
  }
});

test('without a token there is no such page, whoever asks', async () => {
  for (const token of [undefined, '']) {
    const url = await serve(token);
    expect((await asking(url)).status).toBe(404);
    expect((await asking(url, 'Bearer ')).status).toBe(404);
    expect((await asking(url, 'Bearer undefined')).status).toBe(404);
    http?.close();
  }
});
