import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const hexOf = (bytes) => (bytes.length === 0 ? '-' : bytes.toString('hex'));

/**
 * The compiled driver, with a method for each command. An answer is `{ ok, code, bytes }`; a driver
 * that dies (a sanitizer found a fault, or a guard byte was overwritten) fails the pending command.
 */
export function startDriver(path) {
  const child = spawn(path, [], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise((resolve) => child.on('close', resolve));

  async function command(...words) {
    child.stdin.write(`${words.join(' ')}\n`);
    const { value, done } = await lines.next();
    if (done || value === 'overrun') throw new Error(`the driver died: ${value ?? ''} ${complaint}`);
    const [word, rest = ''] = value.split(' ');
    return word === 'ok'
      ? { ok: true, code: 0, text: rest, bytes: Buffer.from(rest, 'hex') }
      : { ok: false, code: Number(rest) };
  }

  return {
    create: (name, direction, suite, key, salt, mki) =>
      command('create', name, direction, suite, hexOf(key), hexOf(salt), ...(mki ? [hexOf(mki)] : [])),
    protect: (name, packet, ...size) => command('protect', name, hexOf(packet), ...size),
    unprotect: (name, packet, ...size) => command('unprotect', name, hexOf(packet), ...size),
    protectRtcp: (name, packet, ...size) => command('protect_rtcp', name, hexOf(packet), ...size),
    unprotectRtcp: (name, packet, ...size) => command('unprotect_rtcp', name, hexOf(packet), ...size),
    remove: (name, ssrc) => command('remove', name, ssrc),
    window: (size) => command('window', size),
    codes: () => command('codes'),
    close: (name) => command('close', name),
    /** Ends the driver; answers its exit code (not 0 when memory was leaked) and what it said. */
    end: async () => (child.stdin.end(), { code: await exited, complaint }),
  };
}
