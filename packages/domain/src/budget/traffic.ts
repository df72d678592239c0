/** Bytes each way. */
export interface Bytes {
  up: number;
  down: number;
}

export const NO_BYTES: Bytes = { up: 0, down: 0 };

export const addBytes = (a: Bytes, b: Bytes): Bytes => ({ up: a.up + b.up, down: a.down + b.down });
export const allBytes = ({ up, down }: Bytes): number => up + down;

/** Something that a browser has counted since it began: it only grows, or is another under the same id. */
export interface TrafficCount {
  id: string;
  up: number;
  down: number;
  /** Bytes of each on the line, as it is now: 1 where bytes are counted, a header's where packets are. */
  weight: number;
}

/** What each was at when it was last looked at. */
export type TrafficMemory = ReadonlyMap<string, { up: number; down: number }>;

export const NO_TRAFFIC: TrafficMemory = new Map();

/**
 * Counts that are remembered although they were not among the last: a browser may leave one out of an answer, and counting
 * it from nothing when it is there again would count it twice. Those of the last are, however many.
 */
const REMEMBERED = 64;

/**
 * [DATA-2] What was carried since the last look. Pure. A count that is new, or lower than it was (a connection that was made
 * anew), began at nothing, so that all of it is added: nothing is ever taken away.
 */
export function countTraffic(
  memory: TrafficMemory,
  counts: readonly TrafficCount[],
): { memory: TrafficMemory; added: Bytes } {
  let added = NO_BYTES;
  const next = new Map(memory);
  for (const { id, up, down, weight } of counts) {
    const then = next.get(id);
    const since = then && up >= then.up && down >= then.down ? then : NO_BYTES;
    added = addBytes(added, { up: (up - since.up) * weight, down: (down - since.down) * weight });
    // Put last: those that were not seen for longest are forgotten first.
    next.delete(id);
    next.set(id, { up, down });
  }
  const seen = new Set(counts.map(({ id }) => id));
  for (const id of next.keys()) {
    if (next.size <= REMEMBERED + seen.size) break;
    if (!seen.has(id)) next.delete(id);
  }
  return { memory: next, added };
}

/** IP version 4 or 6, over what: sound and picture as datagrams, or in TCP where nothing else passes. */
export interface Wrapping {
  isTcp: boolean;
  isIpv6: boolean;
  /** Through a TURN server, which puts four bytes before each (ChannelData). */
  isRelayed: boolean;
}

/**
 * Bytes around each packet, which an operator counts and a browser does not: IP (20, or 40 in version 6), then UDP (8), or
 * TCP with the timestamps that phones send (32) and two bytes of its length (RFC 4571).
 */
export function packetHeader({ isTcp, isIpv6, isRelayed }: Wrapping): number {
  return (isIpv6 ? 40 : 20) + (isTcp ? 32 + 2 : 8) + (isRelayed ? 4 : 0);
}

/**
 * A browser's transport does not count the questions by which ICE keeps its way open, nor their answers: bytes of one as
 * Chromium 156 sends it (user name, role, integrity, fingerprint), without the packet's header.
 */
export const ICE_QUESTION_BYTES = 104;
export const ICE_ANSWER_BYTES = 64;

/** What passed on the socket, as the page sees it: frames and the bytes in them. */
export interface FrameCount {
  frames: Bytes;
  bytes: Bytes;
  /** Times that the socket was opened. */
  openings: number;
}

/** Of TCP, what fits in one packet on most lines, and the header of each with its timestamps. */
const SEGMENT = 1400;
const TCP_HEADER = 52;
/** A frame's own header: two bytes and a mask of four on the way up. */
const FRAME: Bytes = { up: 6, down: 2 };
/** A record of TLS 1.3: its header, its tag, its type. */
const TLS_RECORD = 22;
/** TCP's beginning and the request that makes a WebSocket of it (headers as Chromium sends them); TLS, with its certificates. */
const OPENING: Bytes = { up: 1000, down: 600 };
const TLS_OPENING: Bytes = { up: 900, down: 4000 };

/** [DATA-2] What the socket took on the line: an estimate, for a browser counts nothing of it. Pure. */
export function socketBytes({ frames, bytes, openings }: FrameCount, isSecure: boolean): Bytes {
  const opening = isSecure ? addBytes(OPENING, TLS_OPENING) : OPENING;
  const record = isSecure ? TLS_RECORD : 0;
  // Each frame leaves at once, and is acknowledged.
  const packets = (way: keyof Bytes) => frames[way] + Math.floor(bytes[way] / SEGMENT);
  const headers = (packets('up') + packets('down')) * TCP_HEADER;
  const total = (way: keyof Bytes) =>
    bytes[way] + frames[way] * (FRAME[way] + record) + headers + openings * opening[way];
  return { up: total('up'), down: total('down') };
}
