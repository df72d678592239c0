import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BREAKOUT_MAX_PLANS, PLAN_MAX_BYTES } from '@relais/protocol/limits';
import type { KeptPlan, MeetingCode } from '@relais/protocol';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../test-support/browser.ts';
import { createMemoryRateLimiter } from '../adapters/memory-rate-limiter.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { createHubRig } from '../../test-support/hub-rig.ts';

let rig: Awaited<ReturnType<typeof createHubRig>>;
let http: Server;
let url = '';

beforeEach(() => start());
afterEach(() => stop());

async function start(limiter?: RateLimiter) {
  rig = await createHubRig({ ...(limiter && { limiter }) });
  http = createServer(express().use(rig.hub.router));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api`;
}

async function stop() {
  http.closeAllConnections();
  http.close();
  await rig.hub.close();
}

/** A meeting of one's own, with the key of who made it. */
async function created(): Promise<{ code: MeetingCode; key: string }> {
  const response = await fetch(`${url}/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Cercle' }),
  });
  const { value } = (await response.json()) as { value: { code: MeetingCode; facilitatorKey: string } };
  return { code: value.code, key: value.facilitatorKey };
}

interface Asked {
  code: string;
  key?: string | undefined;
  method?: string;
  body?: unknown;
  planId?: string;
}

async function plans({ code, key, method = 'GET', body, planId }: Asked) {
  const response = await fetch(`${url}/meetings/${code}/plans${planId ? `/${planId}` : ''}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { ok: boolean; value?: unknown; refusal?: unknown };
  return { status: response.status, ...answer };
}

const PLAN = {
  title: 'Ateliers du mardi',
  minutes: 20,
  rooms: [{ name: 'Jardin', people: ['Ana', 'bea@exemple.org'] }, { name: 'Four à pain' }],
};

async function listed(code: string, key: string): Promise<KeptPlan[]> {
  return ((await plans({ code, key })).value as { plans: KeptPlan[] }).plans;
}

describe('plans of sub-groups over HTTP', () => {
  it('[BREAK-30] are kept, read, changed and removed by who has the key, days before anybody joins', async () => {
    const { code, key } = await created();
    expect(await plans({ code, key })).toEqual({ status: 200, ok: true, value: { plans: [] } });
    const saved = await plans({ code, key, method: 'PUT', body: PLAN });
    expect(saved).toMatchObject({ status: 200, ok: true, value: { planId: expect.any(String) as string } });
    const [plan] = await listed(code, key);
    expect(plan).toMatchObject(PLAN);
    const { version, ...rest } = plan!;
    const changed = { ...rest, basedOn: version, title: 'Ateliers du jeudi' };
    expect(await plans({ code, key, method: 'PUT', body: changed })).toMatchObject({ status: 200 });
    expect(await listed(code, key)).toMatchObject([{ planId: plan!.planId, title: 'Ateliers du jeudi' }]);
    expect(await plans({ code, key, method: 'DELETE', planId: plan!.planId })).toMatchObject({ status: 200 });
    expect(await listed(code, key)).toEqual([]);
  });

  it('[BREAK-30] are there for who runs the meeting once it has begun, who is told of each change', async () => {
    const { code, key } = await created();
    await plans({ code, key, method: 'PUT', body: PLAN });
    const anim = new Browser(rig.gateway);
    await anim.join(code, 'Odile', { facilitatorKey: key });
    expect(anim.meeting?.breakout?.plans).toMatchObject([PLAN]);
    await plans({ code, key, method: 'PUT', body: { ...PLAN, title: 'Un autre' } });
    anim.receive();
    expect(anim.meeting?.breakout?.plans.map(({ title }) => title)).toEqual([PLAN.title, 'Un autre']);
  });

  it('[BREAK-30] are refused without the key, with another meeting’s, and where there is no such meeting', async () => {
    const { code, key } = await created();
    const another = await created();
    await plans({ code, key, method: 'PUT', body: PLAN });
    const [plan] = await listed(code, key);
    for (const wrong of [undefined, '', 'x', 'a b', another.key]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const asked = {
          code,
          key: wrong,
          method,
          ...(method === 'PUT' && { body: PLAN }),
          ...(method === 'DELETE' && { planId: plan!.planId }),
        };
        expect(await plans(asked), `${method} with ${wrong}`).toMatchObject({
          status: 403,
          refusal: { kind: 'seatUnknown' },
        });
      }
    }
    for (const nowhere of ['zzz-zzzz-zzz', 'no-code'])
      expect(await plans({ code: nowhere, key })).toMatchObject({ status: 404 });
    expect(await listed(code, key)).toHaveLength(1);
    expect(await listed(another.code, another.key)).toEqual([]);
  });

  it('[BREAK-4] neither another meeting’s plan nor its rooms are to be had by one’s own key', async () => {
    const [one, other] = [await created(), await created()];
    await plans({ ...one, method: 'PUT', body: PLAN });
    const [plan] = await listed(one.code, one.key);
    const taken = { ...PLAN, planId: plan!.planId };
    expect(await plans({ ...other, method: 'PUT', body: taken })).toMatchObject({
      status: 404,
      refusal: { kind: 'unknownId' },
    });
    const withRoom = { ...PLAN, rooms: [{ name: 'X', roomId: plan!.rooms[0]!.roomId }] };
    expect(await plans({ ...other, method: 'PUT', body: withRoom })).toMatchObject({
      status: 404,
      refusal: { kind: 'unknownRoom' },
    });
    expect(await plans({ ...other, method: 'DELETE', planId: plan!.planId })).toMatchObject({ status: 200 });
    expect(await listed(one.code, one.key)).toHaveLength(1);
  });

  it('[BREAK-31] two who change one plan do not write over each other; the same again is accepted', async () => {
    const { code, key } = await created();
    await plans({ code, key, method: 'PUT', body: PLAN });
    const [read] = await listed(code, key);
    const { version, ...plan } = read!;
    const mine = { ...plan, basedOn: version, title: 'Le mien' };
    expect(await plans({ code, key, method: 'PUT', body: mine })).toMatchObject({ status: 200 });
    expect(await plans({ code, key, method: 'PUT', body: mine })).toMatchObject({ status: 200 });
    const late = { ...plan, basedOn: version, title: 'Trop tard' };
    expect(await plans({ code, key, method: 'PUT', body: late })).toMatchObject({
      status: 409,
      refusal: { kind: 'notNow', why: 'planChanged' },
    });
    expect(await listed(code, key)).toMatchObject([{ title: 'Le mien' }]);
  });

  it('[BREAK-1] what is no plan is refused, and so is what is too large, and one more than there may be', async () => {
    const { code, key } = await created();
    const bad: unknown[] = [
      '{',
      '[]',
      {},
      { ...PLAN, rooms: [] },
      { ...PLAN, rooms: Array.from({ length: 51 }, () => ({ name: 'S' })) },
      { ...PLAN, rooms: [{ name: 'S', documentUrl: 'javascript:alert(1)' }] },
      { ...PLAN, minutes: 0 },
      { ...PLAN, by: 'somebody' },
    ];
    for (const body of bad)
      expect(await plans({ code, key, method: 'PUT', body }), JSON.stringify(body)).toMatchObject({
        status: 400,
      });
    const large = { ...PLAN, rest: 'x'.repeat(PLAN_MAX_BYTES) };
    expect(await plans({ code, key, method: 'PUT', body: large })).toMatchObject({ status: 413 });
    expect(await plans({ code, key, method: 'DELETE', planId: 'a%20b' })).toMatchObject({ status: 400 });
    for (let i = 0; i < BREAKOUT_MAX_PLANS; i += 1) await plans({ code, key, method: 'PUT', body: PLAN });
    expect(await plans({ code, key, method: 'PUT', body: PLAN })).toMatchObject({
      status: 409,
      refusal: { kind: 'notNow', why: 'tooManyPlans' },
    });
  });

  it('[BREAK-1] fifty rooms that say all that they can, with three hundred people, are taken', async () => {
    const { code, key } = await created();
    const rooms = Array.from({ length: 50 }, (_, i) => ({
      name: `Salle ${i} ${'é'.repeat(40)}`,
      instructions: 'é'.repeat(500),
      documentUrl: `https://exemple.org/${'x'.repeat(470)}`,
      people: Array.from({ length: 6 }, (_, n) => `Personne ${i}-${n} ${'à'.repeat(60)}`),
    }));
    expect(await plans({ code, key, method: 'PUT', body: { ...PLAN, rooms } })).toMatchObject({
      status: 200,
    });
    expect(await listed(code, key)).toMatchObject([{ rooms: { length: 50 } }]);
  });

  it('[BREAK-30] who asks too often has to wait', async () => {
    await stop();
    // The clock stands still: on a busy machine some would be let through again meanwhile.
    await start(createMemoryRateLimiter({ now: () => 0 }));
    const { code } = await created();
    const tried = await Promise.all(Array.from({ length: 130 }, () => plans({ code, key: 'guess' })));
    expect(tried.filter(({ status }) => status === 429)).toHaveLength(10);
  });
});
