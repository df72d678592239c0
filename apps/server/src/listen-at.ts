import { isIPv6 } from 'node:net';
import { localAddresses } from './local-addresses.ts';

/**
 * The address to listen on so that others reach `announced`: that one itself where it is this machine's, since answers sent
 * from a socket of all addresses leave with whichever the route prefers, and who asked another takes them for a stranger's
 * (UDP; people would be left with TCP, unnoticed). Behind NAT or in a container it is not, and all are listened on.
 */
export function listenAt(announced: string, local: readonly string[] = localAddresses()): string {
  if (local.includes(announced)) return announced;
  return isIPv6(announced) ? '::' : '0.0.0.0';
}
