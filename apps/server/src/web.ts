import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RequestHandler } from 'express';

/** The pages' server takes the protocol from this header, which we set: forms are refused when it is not the page's. */
const PROTOCOL_HEADER = 'x-relais-protocol';
const HANDLER = fileURLToPath(new URL('../../web/build/handler.js', import.meta.url));

export interface WebOptions {
  /** Where the pages' server asks the hub, over HTTP like anybody else. */
  hubUrl: string;
  /** Lets it speak for the person whose page it makes. */
  internalToken: string;
  trustedProxies: number;
}

/**
 * The built pages, as a request handler. They read their settings from the environment when they are loaded.
 *
 * @throws Error with a sentence when the pages have not been built.
 */
export async function loadWeb({
  hubUrl,
  internalToken,
  trustedProxies,
}: WebOptions): Promise<RequestHandler> {
  if (!existsSync(HANDLER)) {
    throw new Error('The pages have not been built: run `npm start`, which does it, or `pnpm build`.');
  }
  process.env['HUB_URL'] = hubUrl;
  process.env['HUB_TOKEN'] = internalToken;
  process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
  if (trustedProxies > 0) {
    process.env['ADDRESS_HEADER'] = 'x-forwarded-for';
    process.env['XFF_DEPTH'] = String(trustedProxies);
  }
  const module: unknown = await import(pathToFileURL(HANDLER).href);
  if (!isHandlerModule(module)) throw new Error(`${HANDLER} exports no handler`);
  const { handler } = module;
  return (request, response, next) => {
    // As the connection or the trusted proxies say; whatever the client wrote there is overwritten.
    request.headers[PROTOCOL_HEADER] = request.protocol;
    return handler(request, response, next);
  };
}

function isHandlerModule(module: unknown): module is { handler: RequestHandler } {
  return (
    typeof module === 'object' &&
    module !== null &&
    'handler' in module &&
    typeof module.handler === 'function'
  );
}
