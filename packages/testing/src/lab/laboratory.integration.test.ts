import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Laboratory, type LabMachine } from './laboratory.ts';
import type { LineProfile } from './profiles.ts';
import { run, whyNoLaboratory } from './system.ts';

const why = await whyNoLaboratory();

/** Answers each datagram with the same, and serves 40,000 bytes over HTTP. */
const SERVER = `
  const echo = require('dgram').createSocket('udp4');
  echo.on('message', (m, { port, address }) => echo.send(m, port, address));
  echo.bind(5000, () => require('http').createServer((q, r) => r.end('x'.repeat(40_000))).listen(5000, () => console.log('up')));
`;

/** What a datagram has in place of its number that is sent after all others, until enough of them came back. */
const LAST = 0xffff_ffff;

/**
 * Sends so many datagrams of so many bytes, one each so many ms, and prints what came back and how long each took: when five of
 * those came back that are sent after all others, small and 20 ms apart, what was sent before them has come or never will.
 */
const CLIENT = `
  const [address, count, bytes, every] = process.argv.slice(1);
  const socket = require('dgram').createSocket('udp4');
  const took = [], order = [];
  let sent = 0, ended = 0, ends = 0;
  const send = (number, size) => {
    const m = Buffer.alloc(Number(size));
    m.writeUInt32BE(number, 0); m.writeDoubleBE(performance.now(), 4);
    socket.send(m, 5000, address);
  };
  socket.on('message', (m) => {
    const number = m.readUInt32BE(0);
    if (number !== ${LAST}) { order.push(number); took.push(performance.now() - m.readDoubleBE(4)); }
    else if (++ends === 5) { console.log(JSON.stringify({ took, order, ended })); process.exit(); }
  });
  const timer = setInterval(() => {
    send(sent, bytes);
    if (++sent < count) return;
    clearInterval(timer);
    setInterval(() => { ended += 1; send(${LAST}, 12); }, 20);
  }, every);
`;

const FETCH = `
  const began = performance.now();
  fetch('http://' + process.argv[1] + ':5000/').then((r) => r.text()).then((text) => {
    console.log(JSON.stringify({ length: text.length, ms: performance.now() - began }));
  });
`;

interface Echo {
  took: number[];
  order: number[];
  /** How many were sent after all others. */
  ended: number;
}

/** One of those, with the headers of UDP, IP and Ethernet. */
const ENDING_BYTES = 12 + 8 + 20 + 14;

let laboratory: Laboratory | undefined;
let server: ChildProcess | undefined;
let machine: LabMachine;

function start(prefix: readonly string[], code: string): ChildProcess {
  const [command, ...args] = [...prefix, process.execPath, '-e', code];
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function there<T>(prefix: readonly string[], code: string, ...given: (string | number)[]): Promise<T> {
  const [command, ...args] = [...prefix, process.execPath, '-e', code, ...given.map(String)];
  return JSON.parse(await run(command!, ...args)) as T;
}

const still: LineProfile = { name: 'no fault', up: { delayMs: 0 }, down: { delayMs: 0 } };
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

describe.skipIf(why !== undefined)(
  `the network laboratory${why ? ` (${why})` : ''}`,
  { timeout: 40_000 },
  () => {
    beforeAll(async () => {
      laboratory = await Laboratory.create();
      machine = laboratory.server;
      server = start(machine.prefix, SERVER);
      await new Promise((resolve) => server!.stdout!.once('data', resolve));
    });
    afterAll(async () => {
      server?.kill();
      await laboratory?.close();
    });

    test('a line delays what passes, TCP and UDP alike, and can be changed while it is in use', async () => {
      const person = await laboratory!.person({ ...still, up: { delayMs: 60 }, down: { delayMs: 40 } });
      const first = await there<Echo>(person.prefix, CLIENT, machine.address, 50, 100, 10);
      expect(first.order).toHaveLength(50);
      expect(median(first.took)).toBeGreaterThanOrEqual(100);
      const page = await there<{ length: number; ms: number }>(person.prefix, FETCH, machine.address);
      expect(page.length).toBe(40_000);
      // Connecting, and asking.
      expect(page.ms).toBeGreaterThanOrEqual(200);
      await person.line.change(still);
      const second = await there<Echo>(person.prefix, CLIENT, machine.address, 50, 100, 10);
      expect(median(second.took)).toBeLessThan(median(first.took));
    });

    test('a thin place lets through what it says, lets wait no longer than it says, and its counters tell', async () => {
      const thin = { bitsPerSecond: 64_000, queueMs: 300, delayMs: 0 };
      const person = await laboratory!.person({ name: 'thin', up: thin, down: thin });
      const before = await person.line.counters();
      // 160 kbit/s for two seconds.
      const echo = await there<Echo>(person.prefix, CLIENT, machine.address, 100, 358, 20);
      const after = await person.line.counters();
      const passed = after.sent.bytes - before.sent.bytes;
      expect(echo.order.length).toBeLessThan(70);
      expect(passed).toBeGreaterThan(15_000);
      // Two seconds and the queue's own time, with the first bucket.
      expect(passed).toBeLessThan(8_000 * 2.3 + 2 * 1600 + echo.ended * ENDING_BYTES);
      expect(Math.max(...echo.took)).toBeGreaterThan(200);
      expect((await person.line.dropped()).up).toBeGreaterThan(20);
    });

    test('loss and order are as the profile says', async () => {
      const bad = { delayMs: 10, jitterMs: 8, loss: 0.3, reordered: 0.05 };
      const person = await laboratory!.person({ name: 'bad', up: bad, down: { delayMs: 0 } });
      const { order } = await there<Echo>(person.prefix, CLIENT, machine.address, 1000, 100, 2);
      expect(order.length).toBeGreaterThan(600);
      expect(order.length).toBeLessThan(800);
      expect(order.some((number, i) => number < (order[i - 1] ?? 0))).toBe(true);
    });

    test('a line that is cut lets nothing pass; mended, it goes on', async () => {
      const person = await laboratory!.person(still);
      person.line.cut();
      const before = await person.line.counters();
      const swallowed = there<Echo>(person.prefix, CLIENT, machine.address, 20, 100, 5);
      // All of the twenty have left, and some of those that end it.
      const left = async () => (await person.line.counters()).sent.packets - before.sent.packets;
      await expect.poll(left, { timeout: 10_000 }).toBeGreaterThan(40);
      person.line.mend();
      expect((await swallowed).order).toEqual([]);
      expect((await there<Echo>(person.prefix, CLIENT, machine.address, 20, 100, 5)).order).toHaveLength(20);
    });

    test('somebody who takes another line has another address there, and the former is gone', async () => {
      const person = await laboratory!.person(still);
      const address = async () =>
        /inet ([\d.]+)/.exec(
          await run(
            ...([
              'ip',
              '-n',
              person.line.near.namespace,
              '-4',
              'addr',
              'show',
              'up',
              'scope',
              'global',
            ] as const),
          ),
        )?.[1];
      const former = await address();
      await person.connect({ ...still, up: { delayMs: 20 } });
      const now = await address();
      expect(now).toBeDefined();
      expect(now).not.toBe(former);
      expect((await there<Echo>(person.prefix, CLIENT, machine.address, 20, 100, 5)).order).toHaveLength(20);
    });
  },
);
