import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser } from '../../test-support/browser.ts';
import { CODE, createHubRig, MEDIA, MEETING_ID } from '../../test-support/hub-rig.ts';
import { HubsRig } from '../../test-support/hubs-rig.ts';

let rig: Awaited<ReturnType<typeof createHubRig>>;
let http: Server | undefined;
let url = '';

beforeEach(async () => {
  rig = await createHubRig();
  await serve(rig.hub.router);
});
afterEach(async () => {
  stop();
  await rig.hub.close();
});

async function serve(router: Router): Promise<void> {
  stop();
  http = createServer(express().use(router));
  await new Promise<void>((resolve) => http?.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api`;
}

function stop(): void {
  http?.closeAllConnections();
  http?.close();
}

async function leave(seat: unknown, code: string = CODE): Promise<number> {
  const response = await fetch(`${url}/meetings/${code}/leave`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(seat),
  });
  return response.status;
}

async function two(): Promise<[Browser, Browser]> {
  const [ana, bea] = [new Browser(rig.gateway), new Browser(rig.gateway)];
  await ana.join(CODE, 'Ana');
  await bea.join(CODE, 'Béa');
  return [ana, bea];
}

const names = (browser: Browser) => browser.meeting?.participants.map(({ name }) => name);

describe('leaving without a socket [LEAVE-5]', () => {
  test('whose line is cut leaves at once by the token of their seat, and the others are told', async () => {
    const [ana, bea] = await two();
    bea.cut(false);
    await ana.catchUp();
    expect(names(ana)).toEqual(['Ana', 'Béa']);
    expect(await leave(bea.seat)).toBe(200);
    await ana.catchUp();
    expect(names(ana)).toEqual(['Ana']);
    expect(await leave(bea.seat)).toBe(200);
  });

  test('a socket that fell without its fall having been noticed holds nothing back', async () => {
    const [ana, bea] = await two();
    expect(await leave(bea.seat)).toBe(200);
    await ana.catchUp();
    expect(names(ana)).toEqual(['Ana']);
    bea.cut(false);
    await bea.join(CODE, 'Béa');
    await ana.catchUp();
    expect(names(ana)).toEqual(['Ana', 'Béa']);
  });

  test('[PRES-1] whose dead socket another hub takes for alive is gone from there, too, with what they had open', async () => {
    const hubs = new HubsRig();
    await hubs.createMeeting();
    const [first, second] = [hubs.start(), hubs.start()];
    await serve(second.hub.router);
    const bea = new Browser(first.gateway);
    await bea.join(CODE, 'Béa', { media: MEDIA });
    const ana = new Browser(second.gateway);
    await ana.join(CODE, 'Ana');
    expect(names(ana)).toEqual(['Béa', 'Ana']);
    expect(await leave(bea.seat)).toBe(200);
    await vi.waitFor(() => expect(bea.connection?.open).toBe(false));
    await ana.catchUp();
    expect(names(ana)).toEqual(['Ana']);
    expect(ana.live?.state[bea.seat!.participantId]).toBeUndefined();
    expect(hubs.media.peers()).toEqual([]);
    // The other hub has not given the seat back.
    const log = await hubs.log.read(MEETING_ID, 0, 100);
    expect(log.ok && log.value.at(-1)?.event).toMatchObject({ type: 'participantLeft', reason: 'left' });
    await hubs.close();
  });

  test('[JOIN-5] [REF-1] [REF-4] nobody leaves by another token, and nothing is learned of other meetings', async () => {
    const [ana, bea] = await two();
    expect(await leave({ ...bea.seat, token: ana.seat?.token })).toBe(403);
    expect(await leave({ participantId: bea.seat?.participantId })).toBe(400);
    expect(await leave(bea.seat, 'zzz-zzzz-zzz')).toBe(404);
    expect(await leave(bea.seat, 'not a code')).toBe(404);
    await ana.catchUp();
    expect(names(ana)).toEqual(['Ana', 'Béa']);
  });
});
