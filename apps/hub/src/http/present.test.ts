import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { camera, microphone } from '@relais/testing';
import express from 'express';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Browser } from '../../test-support/browser.ts';
import { facilitatorKey } from '../../test-support/company.ts';
import { CODE, MEDIA } from '../../test-support/hub-rig.ts';
import { HubsRig, type OneHub } from '../../test-support/hubs-rig.ts';

let rig: HubsRig;
let hubs: OneHub[];
let servers: Server[];

beforeEach(async () => {
  rig = new HubsRig();
  await rig.createMeeting();
  hubs = [rig.start(), rig.start()];
  servers = await Promise.all(hubs.map(serve));
});
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rig.close();
});

async function serve({ hub }: OneHub): Promise<Server> {
  const server = createServer(express().use(hub.router));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** What each hub answers to somebody before the door. */
function answers(): Promise<unknown[]> {
  return Promise.all(
    servers.map(async (server) => {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/api/meetings/${CODE}`);
      return ((await response.json()) as { value: unknown }).value;
    }),
  );
}

const bothSay = (present: { people: number; cameras: number; screens: number }) =>
  vi.waitFor(async () => {
    const summary = { code: CODE, title: 'Table', createdAt: 1, present };
    expect(await answers()).toEqual([summary, summary]);
  });

async function joined(hub: OneHub, name: string) {
  const browser = new Browser(hub.gateway);
  const { media } = await browser.join(CODE, name, { media: MEDIA });
  return { browser, peerId: media!.peerId };
}

it('[DATA-1] every hub tells who is before the door how many are there and what they send, and nobody’s name', async () => {
  await bothSay({ people: 0, cameras: 0, screens: 0 });
  const ana = await joined(hubs[0]!, 'Ana');
  const bea = await joined(hubs[1]!, 'Béatrice');
  await bothSay({ people: 2, cameras: 0, screens: 0 });

  const send = (source: string, rtpParameters: unknown, paused = false) =>
    ana.browser.call('media:produce', {
      peerId: ana.peerId,
      source,
      kind: source === 'microphone' ? 'audio' : 'video',
      rtpParameters,
      paused,
    } as never);
  await send('microphone', microphone());
  await send('camera', camera());
  await send('screen', camera('2', 3000), true);
  // A screen of which nothing leaves takes nothing.
  await bothSay({ people: 2, cameras: 1, screens: 0 });

  await bea.browser.call('meeting:leave', {});
  await bothSay({ people: 1, cameras: 1, screens: 0 });
});

it('[DOOR-7] every hub tells who is before the door whether it is locked or has a waiting room, and nothing of who is there', async () => {
  const doors = async () =>
    (await answers()).map((summary) => (summary as { door?: unknown }).door ?? 'open');
  expect(await doors()).toEqual(['open', 'open']);
  const anim = new Browser(hubs[0]!.gateway);
  await anim.join(CODE, 'Anim', { media: MEDIA, facilitatorKey });
  await anim.call('door:setWaiting', { mode: 'guests' });
  const guests = { locked: false, waiting: 'guests' };
  await vi.waitFor(async () => expect(await doors()).toEqual([guests, guests]), 10_000);
  await anim.call('door:lock', { locked: true });
  const locked = { locked: true, waiting: 'guests' };
  await vi.waitFor(async () => expect(await doors()).toEqual([locked, locked]), 10_000);
  await anim.call('door:lock', { locked: false });
  await anim.call('door:setWaiting', { mode: 'off' });
  await vi.waitFor(async () => expect(await doors()).toEqual(['open', 'open']), 10_000);
});
