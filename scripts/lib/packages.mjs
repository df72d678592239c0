import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError, causeOf } from './failure.mjs';
import { fingerprintOfFiles, readStamp, writeStamp } from './files.mjs';
import { withLock } from './lock.mjs';
import { prepareLock, root } from './paths.mjs';
import { run } from './run.mjs';
import { step } from './say.mjs';

const STAMP = 'installed';

/** Installs the packages that the lock file names, when it or a manifest changed since the last time. */
export async function ensurePackages(env) {
  if (isInstalled()) return;
  await withLock(prepareLock, 'preparing Relais', async () => {
    if (!isInstalled()) await install(env);
  });
}

function isInstalled() {
  return workspaces().every(hasModules) && readStamp(STAMP) === fingerprintOfFiles(manifests());
}

async function install(env) {
  step('Installing the packages');
  const manifest = fingerprintOfFiles(manifests());
  // With CI set, pnpm never waits for an answer from a person.
  const { code, output } = await run('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    env: { ...env, CI: 'true' },
  });
  if (code !== 0) throw new PlainError(`The packages could not be installed. ${reason(output)}`);
  writeStamp(STAMP, manifest);
}

function reason(output) {
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output)) {
    return 'A package.json was changed and pnpm-lock.yaml was not: run `scripts/toolchain/bin/pnpm install`.';
  }
  return causeOf(output) ?? `pnpm said:\n${output.trimEnd().split('\n').slice(-30).join('\n')}`;
}

/** The folders with a manifest of their own. */
function workspaces() {
  const parents = ['apps', 'packages'].map((name) => join(root, name)).filter(existsSync);
  const folders = parents.flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));
  return [root, ...folders.filter((folder) => existsSync(join(folder, 'package.json'))).sort()];
}

/** A package that needs none has no such folder, so the root's and the apps' tell. */
function hasModules(folder) {
  return existsSync(join(folder, 'node_modules')) || folder.startsWith(join(root, 'packages'));
}

function manifests() {
  const own = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', 'scripts/toolchain/package.json'];
  const files = [
    ...own.map((name) => join(root, name)),
    ...workspaces().map((folder) => join(folder, 'package.json')),
  ];
  return files.filter(existsSync);
}
