import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RequestHandler } from 'express';

const HANDLER = fileURLToPath(new URL('../../web/build/handler.js', import.meta.url));

/**
 * The built pages, as a request handler. The pages ask the hub over HTTP like anybody else; `hubUrl` is where.
 *
 * @throws Error with a sentence when the pages have not been built.
 */
export async function loadWeb(hubUrl: string): Promise<RequestHandler> {
  if (!existsSync(HANDLER)) {
    throw new Error('The pages have not been built: run `npm start`, which does it, or `pnpm build`.');
  }
  process.env['HUB_URL'] = hubUrl;
  const module: unknown = await import(pathToFileURL(HANDLER).href);
  if (!isHandlerModule(module)) throw new Error(`${HANDLER} exports no handler`);
  return module.handler;
}

function isHandlerModule(module: unknown): module is { handler: RequestHandler } {
  return (
    typeof module === 'object' &&
    module !== null &&
    'handler' in module &&
    typeof module.handler === 'function'
  );
}
