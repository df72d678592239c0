import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { explain } from './explain.ts';
import { startServer, type RunningServer } from './server.ts';

/** Ends with a sentence on the error output; the code 1 tells a supervisor that starting again may not help. */
function giveUp(sentences: string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** `npm start -- --demo` */
function wantsDemo(): boolean {
  try {
    return parseArgs({ options: { demo: { type: 'boolean', default: false } } }).values.demo;
  } catch (error) {
    giveUp([error instanceof Error ? error.message : String(error), 'There is one option: --demo.']);
  }
}

const demo = wantsDemo();
const config = readConfig(process.env);
if (!config.ok) giveUp(['The settings are not right:', ...config.error.map((line) => `  ${line}`)]);

const logger = pino({ level: config.value.LOG_LEVEL });
let running: RunningServer | undefined;
let stopping = false;
/** Ends the waiting for people to be elsewhere. */
let hurry: () => void = () => undefined;

/** A second word means: at once. */
async function stop(reason: string): Promise<void> {
  if (stopping) return hurry();
  stopping = true;
  logger.info({ reason }, 'stopping');
  const hurried = new Promise<void>((resolve) => {
    hurry = resolve;
  });
  const drained = running?.drain().catch((error: unknown) => logger.error({ err: error }, 'draining failed'));
  await Promise.race([drained, hurried]);
  await running?.stop();
  logger.info('stopped');
  process.exit(0);
}

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// Started by scripts/start.mjs: when that process is gone, however it ended, so are we.
if (process.channel) process.once('disconnect', () => void stop('the starting process ended'));
process.on('unhandledRejection', (error) => {
  logger.error({ err: error }, 'a promise was rejected and nobody was waiting for it');
});

try {
  running = await startServer(config.value, logger, { demo });
  logger.info({ url: running.url }, 'ready');
  const { url = 'a media node', firstAdministratorUrl: first } = running;
  const next = first ? `There is no administrator yet. The first one is made here: ${first}\n` : '';
  const shown = running.demo ? `${running.demo.join('\n')}\n` : '';
  process.stdout.write(`\nRelais is ready: ${url}\n${next}${shown}\n`);
} catch (error) {
  logger.debug({ err: error }, 'the start failed');
  giveUp(explain(error, config.value));
}
