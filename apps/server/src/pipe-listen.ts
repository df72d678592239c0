import { lookup } from 'node:dns/promises';
import { withTimeout } from '@relais/kit';
import type { PipeListen } from '@relais/sfu';
import { listenAt } from './listen-at.ts';

const LOOKUP_TIMEOUT_MS = 5000;

/**
 * Where pipes to other nodes end: at the control address, which may be a name, while nodes tell each other addresses. Throws
 * if the name cannot be looked up.
 */
export async function pipeListen(
  controlAddress: string,
  portRange: NonNullable<PipeListen['portRange']>,
): Promise<PipeListen> {
  try {
    const asked = lookup(controlAddress, { order: 'ipv4first' });
    const { address } = await withTimeout(asked, LOOKUP_TIMEOUT_MS, 'looking up the control address');
    return { ip: listenAt(address), announcedAddress: address, portRange };
  } catch (cause) {
    throw new Error(`RELAIS_CONTROL_ADDRESS cannot be looked up: ${controlAddress}`, { cause });
  }
}
