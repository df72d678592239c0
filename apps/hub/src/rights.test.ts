import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTP_ROUTES, may, ROLES, type HttpRoute, type Role } from '@relais/domain';
import { up, type RequestName, type Seat } from '@relais/protocol';
import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Browser } from '../test-support/browser.ts';
import { noMails } from '../test-support/no-mails.ts';
import { facilitatorKey, Member, openingOf } from '../test-support/company.ts';
import { CODE, createHubRig } from '../test-support/hub-rig.ts';
import {
  ACCOUNT_ROUTES,
  COMMUNITY_ROUTES,
  examples,
  httpExamples,
  type Scene,
} from '../test-support/rights.ts';
import { createHubMetrics } from './observe/hub-metrics.ts';

const TOKEN = 'a-token-of-the-tests';
const LOAD = { eventLoopDelayMs: { p50: 0, p99: 0 }, cpu: 0, memoryBytes: 1 };
const NAMES = Object.keys(up) as RequestName[];
const MEETING_ROUTES = HTTP_ROUTES.filter(
  (route) => !ACCOUNT_ROUTES.includes(route) && !COMMUNITY_ROUTES.includes(route),
);
/** Whom the hub knows in a meeting today; a guest holds a seat like everybody. */
const SEATED = new Set<Role>(['facilitator', 'participant', 'guest']);

let rig: Awaited<ReturnType<typeof createHubRig>>;
let http: Server;
let origin = '';

beforeEach(start);
afterEach(stop);

async function start(): Promise<void> {
  const observing = {
    metrics: createHubMetrics(),
    registries: [],
    token: TOKEN,
    version: '1',
    load: () => LOAD,
    nodes: async () => [],
    mails: noMails,
    hasRedis: false,
  };
  rig = await createHubRig({ observing });
  http = createServer(express().use(rig.hub.router));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function stop(): Promise<void> {
  http.closeAllConnections();
  http.close();
  await rig.hub.close();
}

/** A meeting to which nothing has been done yet. */
async function anew(): Promise<void> {
  await stop();
  await start();
}

/** Somebody of this role, in a room of a round if they hold a seat; who runs it has gone, so that a successor may step in. */
async function someone(role: Role): Promise<{ browser: Browser; scene: Scene; seat?: Seat }> {
  const nowhere = { self: 'nobody', roomId: 'nowhere', peerId: 'nothing' } as Scene;
  if (role === 'waiting') return { browser: await atTheDoor(), scene: nowhere };
  if (!SEATED.has(role)) return { browser: new Browser(rig.gateway), scene: nowhere };
  const anim = await Member.join(rig.gateway, 'Anim', true);
  const member = await Member.join(rig.gateway, 'Ana', role === 'facilitator');
  const { id: self, peerId, browser } = member;
  await anim.browser.call('breakout:open', {
    ...openingOf([[member]]),
    withFacilitators: true,
    mayChoose: true,
  });
  await anim.browser.call('breakout:nameSuccessor', { participantId: self });
  await anim.browser.call('meeting:leave', {});
  browser.receive();
  const roomId = browser.meeting!.breakout!.round!.rooms[0]!.roomId;
  return { browser, scene: { self, peerId, roomId }, seat: browser.seat! };
}

async function atTheDoor(): Promise<Browser> {
  const anim = await Member.join(rig.gateway, 'Anim', true);
  await anim.browser.call('door:setWaiting', { mode: 'on' });
  const browser = new Browser(rig.gateway);
  browser.connection = rig.gateway.connect();
  await browser.call('door:wait', { code: CODE, name: 'Ana' });
  return browser;
}

test.each(ROLES)(
  '[RIGHTS-1] every request on the socket is let through or refused to who is %s as the table says',
  async (role) => {
    for (const name of NAMES) {
      await anew();
      const { browser, scene } = await someone(role);
      const outcome = await browser.attempt(name, examples[name](scene));
      const isRefused = outcome === 'notAllowed' || outcome === 'notJoined';
      expect({ name, isRefused, outcome }).toEqual({ name, isRefused: !may(role, name), outcome });
    }
  },
);

test.each(ROLES)(
  '[RIGHTS-1] every route over HTTP but those of accounts and communities is let through or refused to who is %s as the table says',
  async (role) => {
    for (const route of MEETING_ROUTES) {
      await anew();
      const status = await ask(route, role);
      const isRefused = status === 401 || status === 403;
      expect({ route, isRefused, status }).toEqual({ route, isRefused: !may(role, route), status });
    }
  },
);

async function ask(route: HttpRoute, role: Role): Promise<number> {
  const { query = '', body, owner } = httpExamples[route];
  const { seat } = await someone(role);
  const [method, path] = route.split(' ') as [string, string];
  const address = path.replace(':code', CODE).replace(':planId', 'p1');
  const right = owner ? '7b1c5f6e-3e6f-4c35-9d0e-0d2c3a4b5c6d' : rightOf(role, seat);
  const sent = route.endsWith('/leave') ? (seat ?? { participantId: 'x', token: 'y' }) : body;
  const response = await fetch(`${origin}${address}${query}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${right}` },
    ...(sent !== undefined && { body: JSON.stringify(sent) }),
  });
  await response.arrayBuffer();
  return response.status;
}

function rightOf(role: Role, seat: Seat | undefined): string {
  if (role === 'administrator') return TOKEN;
  return role === 'facilitator' ? facilitatorKey : (seat?.token ?? 'nothing-that-opens');
}
