import { readFile } from 'node:fs/promises';
import { runCommand } from './command.ts';

/** As whom PostgreSQL runs. It refuses to run with the effective user id 0, root's. */
export interface Identity {
  kind: 'self' | 'namespace' | 'otherUser';
  /** Written before each of its commands. */
  prefix: readonly string[];
  /** Who must own its files, as seen from outside. */
  uid: number;
  gid: number;
}

/** Users without rights that nearly every system has; PostgreSQL wants a name for its user id. */
const ACCOUNTS = ['postgres', 'nobody', 'daemon', 'bin'];

/**
 * The ways in which PostgreSQL can run here, best first; none when we are root and the system forbids both.
 *
 * For root, a user namespace: within it the user id is another, while files are still created and reached as
 * root, so the data may lie in a folder that only root may enter. Containers often forbid namespaces; then it
 * runs under another user in earnest.
 */
export async function availableIdentities(): Promise<Identity[]> {
  const uid = process.geteuid?.() ?? -1;
  const gid = process.getegid?.() ?? -1;
  if (uid !== 0) return [{ kind: 'self', prefix: [], uid, gid }];
  const account = await findAccount();
  if (!account) return [];
  const candidates: Identity[] = [
    {
      kind: 'namespace',
      prefix: ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--'],
      uid: 0,
      gid: 0,
    },
    {
      kind: 'otherUser',
      prefix: ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', '--'],
      ...account,
    },
  ];
  const usable = await Promise.all(candidates.map((candidate) => works(candidate, account.uid)));
  return candidates.filter((_, index) => usable[index]);
}

async function works(identity: Identity, expected: number): Promise<boolean> {
  const outcome = await runCommand([...identity.prefix, 'id', '-u'], { timeoutMs: 5000 });
  return outcome.ok && outcome.stdout.trim() === String(expected);
}

async function findAccount(): Promise<{ uid: number; gid: number } | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const accounts = new Map(
    passwd.split('\n').map((line) => {
      const [name = '', , uid = '', gid = ''] = line.split(':');
      return [name, { uid: Number(uid), gid: Number(gid) }] as const;
    }),
  );
  return ACCOUNTS.map((name) => accounts.get(name)).find(
    (account) => account !== undefined && account.uid > 0,
  );
}
