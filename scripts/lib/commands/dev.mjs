import { join } from 'node:path';
import { runTogether } from '../child.mjs';
import { prepare } from '../prepare.mjs';
import { root } from '../paths.mjs';

const SERVER_PORT = '8081';

/**
 * Runs Relais for those who work on it: the server starts anew when its files change, and Vite
 * serves the pages on port 8080 and hands /api and /socket.io on to the server.
 */
export async function main(args) {
  const env = await prepare();
  const server = join(root, 'apps', 'server', 'src', 'main.ts');
  return runTogether([
    {
      command: 'node',
      args: ['--watch', '--watch-preserve-output', server, ...args],
      cwd: root,
      env: { ...env, PORT: SERVER_PORT, RELAIS_WEB: 'off' },
    },
    { command: 'pnpm', args: ['--filter', '@relais/web', 'dev'], cwd: root, env },
  ]);
}
