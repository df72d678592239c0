import fs, {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { PlainError, causeOf, diskFull } from './failure.mjs';
import { readIfThere } from './files.mjs';
import { withLock } from './lock.mjs';
import { ensureLibrariesOf } from './node-libraries.mjs';
import { platform, scripts } from './paths.mjs';
import { ask, run } from './run.mjs';
import { step } from './say.mjs';

/** The platform that the committed lock file describes. */
const LOCKED = 'linux-x64';
const UNFINISHED = 'unfinished-';
const SUPPORTED = [LOCKED, 'linux-arm64', 'darwin-arm64', 'darwin-x64'];

const folder = join(scripts, 'toolchain');
const modules = join(folder, 'node_modules');
const bin = join(folder, 'bin');
const stamp = join(modules, '.ready');

/**
 * Makes sure of the Node.js and the pnpm that Relais is written for: they come from the npm registry
 * into `scripts/toolchain/node_modules`, and nothing else on the machine changes. Answers the
 * environment in which they are found first.
 */
export async function ensureToolchain(env = process.env) {
  const wanted = packages();
  const isReady = () =>
    readIfThere(stamp) === JSON.stringify(wanted) &&
    existsSync(join(bin, 'node')) &&
    existsSync(join(bin, 'pnpm'));
  if (!isReady()) {
    await withLock(join(folder, 'bin', 'install.lock'), 'installing Node.js and pnpm', async () => {
      if (!isReady()) await install(wanted);
    });
  }
  return {
    ...env,
    PATH: `${bin}${delimiter}${env.PATH ?? ''}`,
    // Addons compiled during an installation must be made for this Node.js, not the machine's.
    npm_config_nodedir: join(modules, wanted.node.name),
    TURBO_TELEMETRY_DISABLED: '1',
  };
}

/** The packages for this machine, with the versions that `toolchain/package.json` states. */
function packages() {
  if (!SUPPORTED.includes(platform)) {
    throw new PlainError(
      `Relais runs on Linux and macOS (${SUPPORTED.join(', ')}); this machine is ${platform}.`,
    );
  }
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const here = (name) => ({ name: name.replace(LOCKED, platform), version: dependencies[name] });
  return { node: here(`node-${LOCKED}`), pnpm: here(`@pnpm/exe.${LOCKED}`) };
}

/**
 * npm works in a folder of its own, and what it made is moved in when it is whole: an npm that was
 * left behind by an interrupted start cannot disturb the next one.
 */
async function install(wanted) {
  step(`Fetching Node.js ${wanted.node.version} and pnpm ${wanted.pnpm.version} (once)`);
  removeUnfinished();
  const fresh = mkdtempSync(join(bin, UNFINISHED));
  try {
    await fetchInto(fresh, wanted);
    remove(modules);
    renameSync(join(fresh, 'node_modules'), modules);
  } finally {
    remove(fresh);
  }
  link('node', join(modules, wanted.node.name, 'bin', 'node'));
  link('pnpm', join(modules, wanted.pnpm.name, 'pnpm'));
  await ensureLibrariesOf(join(bin, 'node'));
  check(wanted);
  writeFileSync(stamp, JSON.stringify(wanted));
}

async function fetchInto(fresh, wanted) {
  if (platform === LOCKED) {
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(join(folder, name), join(fresh, name));
  } else {
    const dependencies = Object.fromEntries(
      Object.values(wanted).map(({ name, version }) => [name, version]),
    );
    writeFileSync(join(fresh, 'package.json'), JSON.stringify({ private: true, dependencies }));
  }
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await run('npm', [platform === LOCKED ? 'ci' : 'install', ...quiet], {
    cwd: fresh,
  });
  if (code !== 0) throw installFailure(code, output);
}

/** What interrupted starts left. An npm may still be writing there: then it is for a later start to remove. */
function removeUnfinished() {
  for (const name of readdirSync(bin).filter((name) => name.startsWith(UNFINISHED))) {
    try {
      remove(join(bin, name));
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EBUSY') throw error;
    }
  }
}

/** npm may not notice that the disk became full, and leave half of a file behind without a word. */
function hasRoom() {
  const { bavail, bsize } = fs.statfsSync(bin);
  return bavail * bsize > 10 * 1024 * 1024;
}

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}

function installFailure(code, output) {
  if (code === 127)
    return new PlainError('npm was not found. It comes with Node.js: install both, then run this again.');
  return new PlainError(
    `Node.js and pnpm could not be fetched. ${causeOf(output) ?? `npm said:\n${output}`}`,
  );
}

/** Relative, so that the folder can be moved; and renamed into place, so that it is never missing. */
function link(name, target) {
  mkdirSync(bin, { recursive: true });
  const fresh = join(bin, `${name}.${process.pid}`);
  rmSync(fresh, { force: true });
  symlinkSync(relative(bin, target), fresh);
  renameSync(fresh, join(bin, name));
}

function check(wanted) {
  for (const [name, { version }] of Object.entries(wanted)) {
    const said = ask(join(bin, name), ['--version'], { cwd: folder })?.replace(/^v/, '');
    if (said !== version)
      throw new PlainError(
        hasRoom() ? `${name} ${version} was fetched but does not run on this machine.` : diskFull,
      );
  }
}
