import type { Page } from 'playwright-core';

/** One request over the page's socket and its answer, as frames passed: `depth` is explained at `depthsOf`. */
export interface Exchange {
  name: string;
  depth: number;
  answered: boolean;
}

interface Frame {
  direction: 'up' | 'down';
  payload: string;
}

/** Notes the frames of every WebSocket of a page, in order. */
export function watchFrames(page: Page): Frame[] {
  const frames: Frame[] = [];
  const text = (payload: string | Buffer) => (typeof payload === 'string' ? payload : '');
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.push({ direction: 'up', payload: text(payload) }));
    socket.on('framereceived', ({ payload }) => frames.push({ direction: 'down', payload: text(payload) }));
  });
  return frames;
}

/**
 * The longest chain that each exchange ends: one more than the longest among those that were answered before it
 * was asked. A request that did not wait for an answer though it came later counts as if it had, so that this is
 * never less than the truth. Requests are Socket.IO's `42<id>["name",…]`, answers `43<id>[…]`; the opening of the
 * socket (`40`, answered by `40{…}`) counts like a request.
 */
export function depthsOf(frames: readonly Frame[]): Exchange[] {
  const open = new Map<string, Exchange>();
  const exchanges: Exchange[] = [];
  let answeredDepth = 0;
  for (const { direction, payload } of frames) {
    const [, type, id = '', name = ''] = /^4([023])(\d*)(?:\["([^"]+)")?/.exec(payload) ?? [];
    if (type === undefined) continue;
    const key = type === '0' ? 'open' : id;
    if (direction === 'up' && (type === '0' || (type === '2' && id !== ''))) {
      const exchange = { name: name || '(socket opens)', depth: answeredDepth + 1, answered: false };
      open.set(key, exchange);
      exchanges.push(exchange);
    }
    const answered = direction === 'down' && type !== '2' ? open.get(key) : undefined;
    if (!answered) continue;
    answered.answered = true;
    answeredDepth = Math.max(answeredDepth, answered.depth);
  }
  return exchanges;
}

/** In words: each exchange with its place in the chain. */
export function describe(exchanges: readonly Exchange[]): string {
  return exchanges.map(({ name, depth, answered }) => `${depth} ${name}${answered ? '' : ' …'}`).join(', ');
}
