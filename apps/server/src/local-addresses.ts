import { networkInterfaces } from 'node:os';

/** Every IPv4 address of this machine, loopback last: a browser on this very machine is served by any. */
export function localAddresses(): string[] {
  const all = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === 'IPv4');
  return [...all.filter((entry) => !entry.internal), ...all.filter((entry) => entry.internal)].map(
    (entry) => entry.address,
  );
}
