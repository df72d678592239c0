import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { PlainError, causeOf } from './failure.mjs';
import { withLock } from './lock.mjs';
import { userCache } from './paths.mjs';
import { ask, run } from './run.mjs';
import { step } from './say.mjs';

/** The full path of the first of these programs that can be executed; undefined when none can. */
export function onPath(...names) {
  const folders = `${process.env.PATH ?? ''}${delimiter}/usr/local/sbin${delimiter}/usr/sbin`
    .split(delimiter)
    .filter(isAbsolute);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Whether this system installs Debian's packages (Debian, Ubuntu and their kin). */
export function isDebian() {
  return onPath('apt-get') !== undefined && existsSync('/etc/debian_version');
}

/**
 * Installs Debian packages, if this user may; otherwise says which command to run. No service that
 * comes with a package is started, and none that runs is touched. Those named in `idle` are not to start
 * with the machine either.
 */
export async function ensureDebianPackages(packages, purpose, { idle = [] } = {}) {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const asRoot = rootPrefix();
  if (!asRoot)
    throw new PlainError(
      `For ${purpose}, these packages are needed. Run, and then start again:\n\n  sudo ${command}\n`,
    );
  const { code, output } = await withLock(join(userCache(), 'apt.lock'), 'installing packages', async () => {
    step(`Installing Debian packages for ${purpose}: ${packages.join(' ')}`);
    await apt(asRoot, ['update', '-q']);
    const installed = await withoutServices(asRoot, () => apt(asRoot, command.split(' ').slice(1)));
    if (installed.code === 0) keepIdle(asRoot, idle);
    return installed;
  });
  if (code === 0) return;
  throw new PlainError(
    `Installing failed. ${causeOf(output) ?? `apt-get said:\n${output.slice(-2000)}`}\nThe command was: ${command}`,
  );
}

/** Where there is no systemd, nothing starts by itself and there is nothing to do. */
function keepIdle(asRoot, services) {
  const [program, ...args] = [...asRoot, 'systemctl', 'disable', '--quiet', ...services];
  if (services.length > 0) ask(program, args);
}

/** The words in front of a command to run it as root; undefined when this user may not. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const mayWithoutPassword = onPath('sudo') && ask('sudo', ['-n', 'true']) !== undefined;
  return mayWithoutPassword ? ['sudo', '-n'] : undefined;
}

/** Another apt may be at work (unattended upgrades): waiting for it is better than failing. */
function apt(asRoot, args) {
  const quiet = [
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=300',
    '-o',
    'Dpkg::Use-Pty=0',
  ];
  const [program, ...rest] = [...asRoot, 'env', ...quiet, ...args];
  return run(program, rest);
}

const POLICY = '/usr/sbin/policy-rc.d';
const OURS = '# Placed by Relais while it installs packages';

/**
 * Debian asks this program before a package's installation starts a service; an answer of 101 means
 * "do not". A file that the administrator has put there is left as it is.
 */
async function withoutServices(asRoot, work) {
  if (existsSync(POLICY) && !readFileSync(POLICY, 'utf8').includes(OURS)) return work();
  const [program, ...args] = [...asRoot, 'sh', '-c'];
  const remove = () => ask(program, [...args, `rm -f ${POLICY}`]);
  process.once('exit', remove);
  ask(program, [...args, `printf '#!/bin/sh\\n${OURS}\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`]);
  try {
    return await work();
  } finally {
    process.off('exit', remove);
    remove();
  }
}
