import process from 'node:process';

/** Where the pages reach the hub; with one process for all, that is this process's own port. */
export function hubUrl(): string {
  return process.env['HUB_URL'] ?? `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`;
}
