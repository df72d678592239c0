import { ensurePackages } from './packages.mjs';
import { ensureToolchain } from './toolchain.mjs';
import { ensureWorker } from './worker.mjs';

/** What every command needs: Node.js and pnpm, the packages, the media worker. Answers the environment. */
export async function prepare() {
  const env = await ensureToolchain();
  await ensurePackages(env);
  return { ...env, MEDIASOUP_WORKER_BIN: await ensureWorker(env) };
}
