import { PlainError } from './failure.mjs';
import { ensureDebianPackages, isDebian, isProgram, onPath } from './system-packages.mjs';

/** Programs of the system that the tests drive: how to name them, where they may be, Debian's package. */
const programs = [
  {
    what: 'a Chromium or Chrome browser',
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    elsewhere: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    package: 'chromium',
  },
  {
    what: 'Redis',
    variable: 'REDIS_SERVER_PATH',
    names: ['redis-server', 'valkey-server'],
    elsewhere: ['/opt/homebrew/bin/redis-server'],
    package: 'redis-server',
  },
];

/** Makes sure of these programs, and answers the variables that name their paths. */
export async function ensureTestPrograms(env) {
  const missing = programs.filter((program) => !find(program, env));
  if (missing.length > 0) await provide(missing);
  return Object.fromEntries(programs.map((program) => [program.variable, find(program, env)]));
}

function find({ variable, names, elsewhere }, env) {
  const given = env[variable];
  if (given && !isProgram(given)) throw new PlainError(`${variable} names ${given}, which is not a program.`);
  return given || onPath(...names) || elsewhere.find(isProgram);
}

async function provide(missing) {
  if (!isDebian()) {
    const wanted = missing.map(({ what, variable }) => `${what} (or name it in ${variable})`).join(' and ');
    throw new PlainError(`The tests need ${wanted}. Install that, then run this again.`);
  }
  const packages = missing.map((program) => program.package);
  await ensureDebianPackages(packages, 'the tests');
}
