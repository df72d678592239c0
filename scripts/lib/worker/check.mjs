import { spawnSync } from 'node:child_process';

/** The worker's way of saying that mediasoup did not start it: it runs on this machine. */
const NO_PARENT = 41;

/** Whether the worker at this path can be started here: right processor, all libraries found. */
export function starts(path) {
  return spawnSync(path, [], { stdio: 'ignore', env: {}, timeout: 10_000 }).status === NO_PARENT;
}
