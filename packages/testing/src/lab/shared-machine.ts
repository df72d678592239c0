import { ip } from './system.ts';

/** The first two of the four numbers of addresses that nothing on this machine uses: several may make networks at once. */
export async function freePrefix({ from, count }: { from: number; count: number }): Promise<string> {
  const taken = [...(await ip('-4', 'route', 'show', 'table', 'all')).matchAll(/\b10\.\d+(?=\.)/g)];
  const used = new Set(taken.map(([prefix]) => prefix));
  for (let i = 0; i < count; i += 1) {
    const prefix = `10.${from + ((process.pid + i) % count)}`;
    if (!used.has(prefix)) return prefix;
  }
  throw new Error(`every network from 10.${from} to 10.${from + count - 1} is in use`);
}

/**
 * Removes the namespaces `<family>-<number of a process>-…` whose process is gone: who was killed could not take its own away.
 * Their devices, addresses and routes go with them.
 */
export async function removeAbandoned(family: string): Promise<void> {
  const names = (await ip('netns', 'list')).split('\n').map((line) => line.split(' ')[0] ?? '');
  for (const name of names) {
    const pid = new RegExp(`^${family}-(\\d+)-`).exec(name)?.[1];
    // Another one may be doing the same.
    if (pid && !isAlive(Number(pid))) await ip('netns', 'del', name).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
