import { red, say } from './say.mjs';

/** Something a person can mend, said in plain words; it is shown without a stack trace. */
export class PlainError extends Error {}

export const diskFull = 'The disk is full. Make room (about 1.5 GB are needed) and run the command again.';

const causes = [
  [/ENOSPC|no space left on device/i, diskFull],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|UND_ERR_|Temporary failure resolving|Could not resolve|dns error|error sending request/i,
    'The network did not give what is needed. Check the connection, or the proxy (HTTPS_PROXY) if your network needs one.',
  ],
  [
    /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    'This folder cannot be written to. Run the command as the user who owns it.',
  ],
];

/** The likely cause behind a program's output, in plain words; undefined when it is not known. */
export function causeOf(output) {
  return causes.find(([pattern]) => pattern.test(output))?.[1];
}

/** Of a build's long output only this is looked for: other words may stand in it by chance. */
export function fullDiskIn(output) {
  return causeOf(output) === diskFull ? diskFull : undefined;
}

/** Runs a script's main function; whatever goes wrong ends the process with a code other than 0. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const plain = error instanceof PlainError ? error.message : causeOf(`${error?.code} ${error?.message}`);
    say(`${red('✗')} ${plain ?? error?.stack ?? error}`);
    process.exitCode = 1;
  }
}
