import { fail, ok } from '@relais/kit';
import type { Answer, MeetingId, MeetingEvent } from '@relais/protocol';
import { expect, test } from 'vitest';
import { createMemoryMeetingLog } from '../adapters/memory-meeting-log.ts';
import type { Connection } from '../socket/connection.ts';
import { createHubMetrics, type HubState } from './hub-metrics.ts';
import { measuredMeetingLog } from './measured-log.ts';
import { measuredRoute } from './measured-route.ts';

const CONNECTION = {} as Connection;

function stateOf(given: Partial<HubState> = {}): HubState {
  return {
    meetings: () => 2,
    people: () => ({ connected: 7, held: 1 }),
    sockets: () => 9,
    mediaNodes: () => 3,
    logIsUp: async () => true,
    busIsUp: () => true,
    ...given,
  };
}

/** The value of a series, as Prometheus reads it. */
async function valueOf(
  metrics: { registry: { metrics(): Promise<string> } },
  series: string,
): Promise<string> {
  const text = await metrics.registry.metrics();
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line?.slice(series.length + 1) ?? 'no such series';
}

test('two hubs in one process do not count for each other', async () => {
  const [one, other] = [createHubMetrics(), createHubMetrics()];
  one.requested('chat:post', 'ok', 0.01);
  const series = 'relais_requests_total{request="chat:post",outcome="ok"}';
  expect(await valueOf(one, series)).toBe('1');
  expect(await valueOf(other, series)).toBe('no such series');
});

test('[REF-2] every answer of the route is counted by request and outcome, and handed on as it is', async () => {
  const metrics = createHubMetrics();
  const answers: Answer<unknown>[] = [
    { ok: true, value: 1 },
    { ok: false, refusal: { kind: 'meetingFull' } },
    { ok: false, refusal: { kind: 'unknownRequest' } },
  ];
  const left = [...answers];
  const route = measuredRoute(async () => left.shift()!, metrics);
  expect(await route(CONNECTION, 'meeting:join', {}, 1)).toBe(answers[0]);
  expect(await route(CONNECTION, 'meeting:join', {}, 1)).toBe(answers[1]);
  expect(await route(CONNECTION, 'constructor', {}, 1)).toBe(answers[2]);
  expect(await valueOf(metrics, 'relais_joins_total{outcome="ok"}')).toBe('1');
  expect(await valueOf(metrics, 'relais_joins_total{outcome="meetingFull"}')).toBe('1');
  expect(await valueOf(metrics, 'relais_join_duration_seconds_count')).toBe('1');
  expect(await valueOf(metrics, 'relais_requests_total{request="unknown",outcome="unknownRequest"}')).toBe(
    '1',
  );
  expect(await metrics.registry.metrics()).not.toContain('constructor');
  expect(metrics.recent()).toMatchObject({
    joins: { accepted: 1, refused: 1 },
    joinSeconds: { count: 1 },
    errors: { meetingFull: 1, unknownRequest: 1 },
  });
});

test('[LOG-3] every append is timed by what became of it; the log answers as before', async () => {
  const metrics = createHubMetrics();
  const log = measuredMeetingLog(createMemoryMeetingLog(), metrics);
  const meetingId = 'm1' as MeetingId;
  const created = { type: 'meetingCreated', meetingId, code: 'abc-defg-hjk', title: 'Table', at: 1 };
  expect(await log.create(created as Parameters<typeof log.create>[0])).toEqual(ok(undefined));
  const posted = {
    type: 'messagePosted',
    participantId: 'ana',
    clientMessageId: 'c1',
    text: 'bonjour',
    at: 2,
  } as unknown as MeetingEvent;
  expect(await log.append(meetingId, 1, [posted])).toEqual(ok(2));
  expect(await log.append(meetingId, 1, [posted])).toEqual(fail({ kind: 'versionConflict' }));
  expect((await log.read(meetingId, 0, 10)).ok).toBe(true);
  const count = (outcome: string) =>
    valueOf(metrics, `relais_log_append_duration_seconds_count{outcome="${outcome}"}`);
  expect([await count('ok'), await count('versionConflict')]).toEqual(['1', '1']);
  expect(metrics.recent().appendSeconds).toMatchObject({ count: 2 });
});

test('an append that throws is counted and goes on throwing', async () => {
  const metrics = createHubMetrics();
  const broken = { ...createMemoryMeetingLog(), append: () => Promise.reject(new Error('a defect')) };
  const log = measuredMeetingLog(broken, metrics);
  await expect(log.append('m1' as MeetingId, 1, [])).rejects.toThrow('a defect');
  expect(await valueOf(metrics, 'relais_log_append_duration_seconds_count{outcome="threw"}')).toBe('1');
});

test('gauges are read when somebody asks', async () => {
  const metrics = createHubMetrics();
  let connected = 7;
  metrics.watch(stateOf({ people: () => ({ connected, held: 1 }) }));
  expect(await valueOf(metrics, 'relais_people{state="connected"}')).toBe('7');
  connected = 8;
  expect(await valueOf(metrics, 'relais_people{state="connected"}')).toBe('8');
  expect(await valueOf(metrics, 'relais_people{state="held"}')).toBe('1');
  expect(await valueOf(metrics, 'relais_meetings')).toBe('2');
  expect(await valueOf(metrics, 'relais_sockets')).toBe('9');
  expect(await valueOf(metrics, 'relais_media_nodes')).toBe('3');
  expect(await valueOf(metrics, 'relais_log_available')).toBe('1');
  expect(await valueOf(metrics, 'relais_bus_up')).toBe('1');
});

test('a log or a bus that is away is 0, a bus that is not needed is 1, and nothing is thrown', async () => {
  const away = createHubMetrics();
  away.watch(stateOf({ logIsUp: () => Promise.reject(new Error('away')), busIsUp: () => false }));
  expect(await valueOf(away, 'relais_log_available')).toBe('0');
  expect(await valueOf(away, 'relais_bus_up')).toBe('0');
  const alone = createHubMetrics();
  alone.watch(stateOf({ busIsUp: () => undefined }));
  expect(await valueOf(alone, 'relais_bus_up')).toBe('1');
});

test('what crosses the bus is counted by direction, and a delay is never below zero', async () => {
  const metrics = createHubMetrics();
  metrics.busSent();
  metrics.busReceived();
  metrics.busReceived();
  metrics.busDelayed(-0.2);
  expect(await valueOf(metrics, 'relais_bus_messages_total{direction="sent"}')).toBe('1');
  expect(await valueOf(metrics, 'relais_bus_messages_total{direction="received"}')).toBe('2');
  expect(await valueOf(metrics, 'relais_bus_delay_seconds_sum')).toBe('0');
});

test('no label can hold more than the closed unions of names and kinds', async () => {
  const metrics = createHubMetrics();
  metrics.watch(stateOf());
  const labels = [...(await metrics.registry.metrics()).matchAll(/[{,](\w+)="/g)].map(([, name]) => name);
  expect(new Set(labels)).toEqual(new Set(['outcome', 'direction', 'le', 'state']));
});
