import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** One answer of the server to the page. */
export interface Transfer {
  path: string;
  kind: string;
  /** Bytes over the wire, headers included. */
  wire: number;
  /** The body as `gzip -9` would make it, whatever it was sent as. */
  gzip: number;
  encoding: string;
}

/** Notes every request of the page from now on; `stop` answers those that have ended by then. */
export async function watchTransfers(page: Page): Promise<{ stop(): Promise<Transfer[]> }> {
  const cdp = await page.context().newCDPSession(page);
  const begun = new Map<string, { path: string; kind: string; encoding: string }>();
  const ended: { id: string; wire: number }[] = [];
  await cdp.send('Network.enable', { maxTotalBufferSize: 100_000_000 });
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: false });
  cdp.on('Network.responseReceived', ({ requestId, response, type }) => {
    const encoding = Object.entries(response.headers).find(
      ([name]) => name.toLowerCase() === 'content-encoding',
    );
    const { pathname, protocol } = new URL(response.url);
    if (!protocol.startsWith('http')) return;
    begun.set(requestId, { path: pathname, kind: type, encoding: encoding?.[1] ?? '' });
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    ended.push({ id: requestId, wire: encodedDataLength });
  });
  return {
    async stop() {
      const until = [...ended];
      const transfers = await Promise.all(
        until.map(async ({ id, wire }): Promise<Transfer | undefined> => {
          const one = begun.get(id);
          if (!one) return undefined;
          const body = await cdp.send('Network.getResponseBody', { requestId: id }).catch(() => undefined);
          const bytes = Buffer.from(body?.body ?? '', body?.base64Encoded ? 'base64' : 'utf8');
          return { ...one, wire, gzip: gzipSync(bytes, { level: 9 }).length };
        }),
      );
      return transfers.filter((transfer) => transfer !== undefined);
    },
  };
}
