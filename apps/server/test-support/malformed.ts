import { z } from 'zod';

/** Values that a hostile or broken client may put in the place of any other. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  3.5,
  '',
  'x',
  "'; drop table meetings; --",
  '<img src=x onerror=alert(1)>',
  '../../etc/passwd',
  '\u0000',
  '\ud800',
  '\u202e\u200b',
  '__proto__',
  [],
  [null],
  [[[[[[[[]]]]]]]],
  {},
  { constructor: { prototype: { polluted: true } } },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  Array.from({ length: 2000 }, () => 'a'),
];

export const FIVE_MEGABYTES = 'é'.repeat(2.5 * 1024 * 1024);

export interface Mutation {
  what: string;
  payload: unknown;
}

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

/** Every path that a schema names, as keys and indices; `['a', 0, 'b']`. */
function paths(schema: JsonSchema, at: (string | number)[] = []): (string | number)[][] {
  const deeper = [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, child]) => paths(child, [...at, key])),
    ...(schema.items ? paths(schema.items, [...at, 0]) : []),
    ...(schema.anyOf ?? []).flatMap((child) => paths(child, at).filter((p) => p.length > at.length)),
  ];
  return [at, ...deeper];
}

/** A valid request bent in every place that its schema names: a value missing, wrong, hostile, or one too many. */
export function* mutations(schema: z.ZodType, valid: unknown): Generator<Mutation> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  for (const path of paths(json)) {
    const where = path.join('.') || '(whole)';
    yield { what: `${where} missing`, payload: replaced(valid, path, undefined) };
    for (const value of HOSTILE) {
      yield {
        what: `${where} = ${JSON.stringify(value)?.slice(0, 40)}`,
        payload: replaced(valid, path, value),
      };
    }
  }
  yield { what: 'one key too many', payload: { ...(valid as object), surprise: 1 } };
}

/** The same bends with 5 MB in each place; few, since each takes its time. */
export function* hugeMutations(schema: z.ZodType, valid: unknown): Generator<Mutation> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  for (const path of paths(json).filter((p) => p.length <= 1)) {
    yield { what: `${path.join('.') || '(whole)'} of 5 MB`, payload: replaced(valid, path, FIVE_MEGABYTES) };
  }
}

/** A copy of `value` with what is at `path` replaced, or removed when `by` is undefined. */
function replaced(value: unknown, path: (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown>) };
  const holder = copy as Record<string | number, unknown>;
  const next = replaced(holder[key], rest, by);
  if (next === undefined && rest.length === 0) {
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else delete copy[key];
  } else {
    // Not an assignment: `__proto__` must become a key of its own, as JSON.parse makes it.
    Object.defineProperty(copy, key, { value: next, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}
