import { PlainError } from '../failure.mjs';
import { ask } from '../run.mjs';
import { ensureDebianPackages, isDebian, onPath } from '../system-packages.mjs';

/** The libraries that the worker is compiled against, by the names pkg-config knows. */
export const libraries = ['openssl', 'libuv', 'libsrtp2', 'absl_strings', 'absl_optional'];

const libraryPackages = {
  openssl: 'libssl-dev',
  libuv: 'libuv1-dev',
  libsrtp2: 'libsrtp2-dev',
  absl_strings: 'libabsl-dev',
  absl_optional: 'libabsl-dev',
};

/** Programs that the build calls, and the Debian packages that hold them. */
const programPackages = {
  'pkg-config': ['pkg-config'],
  meson: ['meson'],
  ninja: ['ninja-build'],
  flatc: ['flatbuffers-compiler', 'libflatbuffers-dev'],
  'c++': ['g++'],
  cc: ['gcc'],
};

/** Makes sure of everything that building the worker needs; what the machine has is not fetched. */
export async function ensureBuildTools() {
  const packages = missingPackages();
  if (packages.length === 0) return;
  if (!isDebian()) throw new PlainError(onOtherSystems);
  await ensureDebianPackages(packages, 'building the media worker');
  const still = missingPackages();
  if (still.length > 0)
    throw new PlainError(`These packages are installed but not found by the build: ${still.join(', ')}.`);
}

function missingPackages() {
  const programs = Object.entries(programPackages).filter(([program]) => !onPath(program));
  const absent = libraries.filter((name) => ask('pkg-config', ['--exists', name]) === undefined);
  const headers = hasFlatbuffersHeaders() ? [] : ['libflatbuffers-dev'];
  return [
    ...new Set([
      ...programs.flatMap(([, names]) => names),
      ...absent.map((name) => libraryPackages[name]),
      ...headers,
    ]),
  ];
}

/** Debian keeps the generator and its headers in two packages. */
function hasFlatbuffersHeaders() {
  if (!onPath('c++')) return false;
  const source = '#include <flatbuffers/flatbuffers.h>\n';
  return (
    ask('c++', ['-std=c++17', '-E', '-x', 'c++', '-'], { input: source, maxBuffer: 64 * 1024 * 1024 }) !==
    undefined
  );
}

const onOtherSystems =
  'The media worker could not be downloaded and must be built here. Install a C++20 compiler, meson, ninja, ' +
  'pkg-config, flatc, and the development files of OpenSSL 3, libuv, libsrtp 2 (2.5 or later), Abseil and ' +
  'FlatBuffers; or name a ready-made worker in MEDIASOUP_WORKER_BIN. Then run this again.';
