import { PlainError } from './failure.mjs';
import { say } from './say.mjs';
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

/**
 * Programs that read the files of `infra/` as they will on a server. What one of them would check is checked less
 * thoroughly where it is missing, and the test says so: nobody has to have them to work on Relais.
 */
const checkers = [
  { what: 'Caddy', variable: 'CADDY_PATH', names: ['caddy'], package: 'caddy', service: 'caddy' },
  {
    what: 'coturn',
    variable: 'TURNSERVER_PATH',
    names: ['turnserver'],
    package: 'coturn',
    service: 'coturn',
  },
  {
    what: 'docker-compose',
    variable: 'DOCKER_COMPOSE_PATH',
    names: ['docker-compose'],
    package: 'docker-compose',
  },
  // Comes with the whole of Prometheus: used where that is.
  { what: 'promtool', variable: 'PROMTOOL_PATH', names: ['promtool'] },
  // Never installed: on a machine that is run by another init it would take that one's place.
  { what: 'systemd', variable: 'SYSTEMD_ANALYZE_PATH', names: ['systemd-analyze'] },
];

/** Makes sure of these programs, and answers the variables that name their paths. */
export async function ensureTestPrograms(env) {
  const missing = programs.filter((program) => !find(program, env));
  if (missing.length > 0) await provide(missing);
  return Object.fromEntries(programs.map((program) => [program.variable, find(program, env)]));
}

/** Makes sure of the checkers as far as this machine allows, and answers the variables of those that are there. */
export async function ensureCheckers(env) {
  const missing = checkers.filter((checker) => checker.package && !find(checker, env));
  if (missing.length > 0 && isDebian()) await tryToInstall(missing);
  const found = checkers.map((checker) => [checker.variable, find(checker, env)]);
  const without = checkers.filter((checker) => !find(checker, env)).map(({ what }) => what);
  if (without.length > 0)
    say(`Not on this machine: ${without.join(', ')}. The files of infra/ are checked less thoroughly.`);
  return Object.fromEntries(found.filter(([, path]) => path));
}

async function tryToInstall(missing) {
  const idle = missing.flatMap(({ service }) => service ?? []);
  const packages = missing.map((checker) => checker.package);
  try {
    await ensureDebianPackages(packages, 'checking the files of infra/', { idle });
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    say(error.message);
  }
}

function find({ variable, names, elsewhere = [] }, env) {
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
