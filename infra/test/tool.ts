import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const INFRA = fileURLToPath(new URL('..', import.meta.url));
const TIMEOUT_MS = 20_000;

/** What a tool said, and whether it was content. */
export interface Said {
  code: number;
  output: string;
}

/** The program that reads these files on a server, as `npm test` found or installed it; or a warning that it is not there. */
export function tool(variable: string, what: string): string {
  const path = process.env[variable] ?? '';
  if (!path) console.warn(`No ${what} (${variable}): its files are checked less thoroughly.`);
  return path;
}

export function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Said> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, timeout: TIMEOUT_MS, maxBuffer: 8 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 127) : 0;
      resolve({ code, output: `${stdout}${stderr}${error && code === 127 ? error.message : ''}` });
    });
  });
}
