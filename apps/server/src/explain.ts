import type { Config } from './config.ts';

/** Why the process could not start, in sentences for the person who started it. */
export function explain(error: unknown, config: Pick<Config, 'PORT' | 'RELAIS_CONTROL_PORT'>): string[] {
  if (!(error instanceof Error)) return [`Relais could not start. ${String(error)}`];
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  const isControl = port === config.RELAIS_CONTROL_PORT && port !== config.PORT;
  const [name, other] = isControl ? ['RELAIS_CONTROL_PORT', 44301] : ['PORT', 8090];
  const number = isControl ? config.RELAIS_CONTROL_PORT : config.PORT;
  if (code === 'EADDRINUSE')
    return [
      `Port ${number} is taken by another program. Stop it, or choose another: ${name}=${other} npm start`,
    ];
  if (code === 'EACCES' && port !== undefined)
    return [
      `Port ${number} may not be opened by this user. Choose one above 1023: ${name}=${isControl ? other : 8080} npm start`,
    ];
  return [`Relais could not start. ${error.message}`];
}
