import { join } from 'node:path';
import { ROOT } from '../setup.ts';
import { startProgram, type Running } from './child.ts';

type Env = Record<string, string | undefined>;

/** The reference for messages: Socket.IO alone, with its defaults. */
export function startBareMessages(env: Env): Promise<Running> {
  return startProgram({ file: program('messages-server.ts'), env: { ...env, NODE_ENV: 'production' } });
}

/** The reference for media: mediasoup as its documentation uses it. `pageFile`: the page's built script. */
export function startBareMedia(env: Env, pageFile?: string): Promise<Running> {
  return startProgram({
    file: program('media-server.ts'),
    env: { ...env, NODE_ENV: 'production', ...(pageFile && { BARE_PAGE: pageFile }) },
  });
}

function program(name: string): string {
  return join(ROOT, 'apps/bench/src/bare', name);
}
