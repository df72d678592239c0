import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Something that a person can mend: it is shown without a stack trace. */
export class PlainError extends Error {}

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

type Env = Record<string, string | undefined>;
type Ensure<T> = (env: Env) => Promise<T>;

/**
 * The environment in which product and references run: the Node.js of the repository first on the path, and the
 * media worker that `npm start` uses. Both are made if they are not there.
 */
export async function prepareEnvironment(): Promise<Env> {
  const env = await (await fromScripts<Env>('toolchain', 'ensureToolchain'))(process.env);
  const worker = await (await fromScripts<string>('worker', 'ensureWorker'))(env);
  return { ...env, MEDIASOUP_WORKER_BIN: worker };
}

/** The pages, built as `npm start` builds them. */
export async function preparePages(env: Env): Promise<void> {
  await (
    await fromScripts<void>('web', 'ensureWeb')
  )(env);
}

/** The scripts are plain JavaScript, which the compiler does not look into. */
async function fromScripts<T>(file: string, name: string): Promise<Ensure<T>> {
  const module: unknown = await import(new URL(`../../../scripts/lib/${file}.mjs`, import.meta.url).href);
  const found =
    typeof module === 'object' && module !== null ? (Reflect.get(module, name) as unknown) : undefined;
  if (typeof found !== 'function') throw new Error(`scripts/lib/${file}.mjs exports no ${name}`);
  return (env) => saidAside(() => (found as Ensure<T>)(env));
}

/** What is being prepared is told on the error output: the other is for figures alone. */
async function saidAside<T>(work: () => Promise<T>): Promise<T> {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROMIUM_ELSEWHERE = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws PlainError when there is none. */
export function findChromium(): string {
  const given = process.env['CHROMIUM_PATH'];
  if (given && !isProgram(given))
    throw new PlainError(`CHROMIUM_PATH names ${given}, which is not a program.`);
  if (given) return given;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = CHROMIUM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [...candidates, ...CHROMIUM_ELSEWHERE].find(isProgram);
  if (found) return found;
  throw new PlainError(
    'These measures need a Chromium or Chrome browser. Install one, or name it in CHROMIUM_PATH.',
  );
}

function isProgram(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
