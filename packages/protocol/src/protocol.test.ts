import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkReportBody, checkReportList, checkUpload } from './check.ts';
import { down } from './down.ts';
import { createMeetingBody, meetingSummary } from './http.ts';
import { PROTOCOL_VERSION } from './limits.ts';
import { messageText, personName } from './meeting-event.ts';
import { refusal } from './refusal.ts';
import { up } from './up.ts';

/** The hash of every schema on the wire, by protocol version. */
const HASHES: Record<number, string> = {
  1: '4dac4fb171fd6721',
  2: '649e3a04667ddeea',
  3: '3b0e29c1d16a461e',
  4: 'a200895a28ab872b',
  5: '1e983e74e93d8d5e',
  6: '7854733dbb143c66',
};

/** What is binary has no JSON Schema: only that it is there counts. */
const SHAPE = { io: 'input', unrepresentable: 'any' } as const;

function wireHash(): string {
  const shapes = {
    up: Object.entries(up).map(([name, { request, answer }]) => [
      name,
      z.toJSONSchema(request, SHAPE),
      z.toJSONSchema(answer, SHAPE),
    ]),
    down: Object.entries(down).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { unrepresentable: 'any' }),
    ]),
    http: [createMeetingBody, meetingSummary].map((schema) => z.toJSONSchema(schema, { io: 'input' })),
    check: [checkReportBody, checkReportList, checkUpload].map((schema) =>
      z.toJSONSchema(schema, { io: 'input' }),
    ),
    refusal: z.toJSONSchema(refusal),
  };
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 16);
}

test('a changed schema asks for a new PROTOCOL_VERSION and its hash here', () => {
  expect(wireHash()).toBe(HASHES[PROTOCOL_VERSION]);
});

test('a name is trimmed, and refused when nothing is left or a control character is in it', () => {
  expect(personName.parse('  Marie-Ève Côté ')).toBe('Marie-Ève Côté');
  for (const bad of ['', '   ', 'a\u0000b', 'a\nb', '\ud800', 'x'.repeat(61)]) {
    expect(personName.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  }
});

test('[CHAT-5] a message keeps its line breaks, and is refused with a NUL, a lone surrogate, only spaces, or 4,001 characters', () => {
  expect(messageText.parse('une ligne\net une autre')).toBe('une ligne\net une autre');
  expect(messageText.safeParse('x'.repeat(4000)).success).toBe(true);
  for (const bad of ['a\u0000b', '\ud800', ' \n ', 'x'.repeat(4001)]) {
    expect(messageText.safeParse(bad).success, JSON.stringify(bad.slice(0, 9))).toBe(false);
  }
});
