import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere } from './files.mjs';
import { identity, isAlive } from './processes.mjs';
import { step } from './say.mjs';

/**
 * Runs `work` while holding a lock file, so that two commands started at once do not install or
 * build over each other. A lock left by a process that died (even by SIGKILL) is taken over.
 */
export async function withLock(path, doing, work) {
  mkdirSync(dirname(path), { recursive: true });
  await acquire(path, doing);
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function acquire(path, doing) {
  let announced = false;
  while (!tryAcquire(path)) {
    const holder = readIfThere(path);
    if (holder !== undefined && !isAlive(holder)) {
      takeAway(path, holder);
      continue;
    }
    if (!announced) step(`Waiting: another command is ${doing} already.`);
    announced = true;
    await sleep(250);
  }
}

/** A hard link appears complete or not at all: nobody can read a lock without its owner in it. */
function tryAcquire(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, identity(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Removes the lock of a dead owner. Renaming decides between two processes that both saw it; if a
 * third had already replaced it by its own, that one is put back.
 */
function takeAway(path, deadHolder) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readIfThere(aside) !== deadHolder) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
