/**
 * Socket.IO's protocol (version 5, over Engine.IO's version 4) as far as a browser of ours speaks it: the main
 * namespace, events that are answered, events that are told, and binary parts of either. Its own client is 11 kB of
 * gzip, which nobody needs before the first picture; it is fetched where WebSockets do not pass (polling-line.ts).
 * https://socket.io/docs/v4/socket-io-protocol/
 */
export type Binary = Uint8Array | ArrayBuffer;

/** What the other side said, in one text; its binary parts, as many as `parts`, follow as frames of their own. */
export type Frame =
  | { kind: 'open'; silenceMs: number }
  | { kind: 'ping' | 'greeted' | 'dismissed' | 'other' }
  | { kind: 'event'; parts: number; body: string }
  | { kind: 'answer'; parts: number; id: number; body: string };

export const GREETING = '40';
export const LEAVING = '41';
export const PONG = '3';

/** Engine.IO's kind of packet, Socket.IO's, the number of binary parts, the number of the request, the rest. */
const MESSAGE = /^4([2356])(?:(\d+)-)?(\d*)/;

export function readFrame(text: string): Frame {
  if (text[0] === '0') return { kind: 'open', silenceMs: silenceOf(text.slice(1)) };
  if (text[0] === '2') return { kind: 'ping' };
  if (text.startsWith('40')) return { kind: 'greeted' };
  // Refused, told to leave, or the server closes the line.
  if (text.startsWith('44') || text.startsWith('41') || text[0] === '1') return { kind: 'dismissed' };
  const message = MESSAGE.exec(text);
  if (!message) return { kind: 'other' };
  const [head, type, parts, id] = message;
  const rest = { parts: Number(parts ?? 0), body: text.slice(head.length) };
  if (type === '2' || type === '5') return { kind: 'event', ...rest };
  return { kind: 'answer', id: Number(id), ...rest };
}

/** Milliseconds without a word from the server after which the line is dead, as the server's greeting says. */
function silenceOf(body: string): number {
  const { pingInterval, pingTimeout } = JSON.parse(body) as Record<string, unknown>;
  return Number(pingInterval) + Number(pingTimeout);
}

/** The arguments of an event, or the values of an answer, with their binary parts in place. */
export function readBody(body: string, parts: readonly Binary[]): unknown[] {
  const value: unknown = JSON.parse(body, (_key, inner: unknown) =>
    parts.length > 0 && isPlaceholder(inner) ? parts[inner.num] : inner,
  );
  return Array.isArray(value) ? value : [];
}

/** A request and its binary parts, each to be sent as a frame. */
export function writeRequest(id: number, name: string, payload: unknown): [string, ...Binary[]] {
  const parts: Binary[] = [];
  const body = JSON.stringify([name, payload], (_key, inner: unknown) =>
    isBinary(inner) ? { _placeholder: true, num: parts.push(inner) - 1 } : inner,
  );
  return [parts.length > 0 ? `45${parts.length}-${id}${body}` : `42${id}${body}`, ...parts];
}

function isBinary(value: unknown): value is Binary {
  return value instanceof Uint8Array || value instanceof ArrayBuffer;
}

function isPlaceholder(value: unknown): value is { num: number } {
  return typeof value === 'object' && value !== null && '_placeholder' in value;
}
