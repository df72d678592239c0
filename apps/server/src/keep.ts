import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreDump, withEmbedded, withOwnEmbedded, writeDump } from '@relais/db';
import { ROOT, readPlace } from './config.ts';

const HOW = [
  'npm run backup -- FILE             writes all that is kept to a new file, while Relais runs or not',
  'npm run restore -- FILE            makes an empty database what it was when the file was written',
  'npm run restore -- FILE --replace  the same; all that is in the database goes',
];

interface Wish {
  file: string;
  replace: boolean;
}

function readWish(args: string[]): Wish | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { replace: { type: 'boolean', default: false } },
    });
    const [file, ...more] = positionals;
    return file && more.length === 0 ? { file: resolve(ROOT, file), replace: values.replace } : undefined;
  } catch {
    return undefined;
  }
}

async function keep([what, ...args]: string[]): Promise<string[]> {
  const wish = readWish(args);
  const place = readPlace(process.env);
  if (!place.ok) throw new Error(place.error.join(' '));
  const { DATABASE_URL: url, RELAIS_DATA_DIR: dataDir } = place.value;
  if (what === 'backup' && wish && !wish.replace) {
    const write = (from: string) => writeDump(from, wish.file);
    const rows = await (url ? write(url) : withEmbedded(dataDir, write));
    return [`All that is kept is in ${wish.file}: ${rows} rows, as of when it began.`];
  }
  if (what === 'restore' && wish) {
    const take = (into: string) => restoreDump(into, wish.file, wish);
    const { rows, at } = await (url ? take(url) : withOwnEmbedded(dataDir, take));
    return [
      `The database is what it was at ${new Date(at).toISOString()}: ${rows} rows. Relais may be started.`,
    ];
  }
  throw new Error(HOW.join('\n'));
}

try {
  for (const sentence of await keep(process.argv.slice(2))) process.stdout.write(`${sentence}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
