import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface Bundle {
  /** Path of one minified script. */
  file: string;
  remove(): Promise<void>;
}

/** Builds a page's script of this folder, `load/load.page.ts` for example, into a temporary folder. */
export async function bundle(entry: string): Promise<Bundle> {
  const outDir = await mkdtemp(join(tmpdir(), 'relais-bench-page-'));
  await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      minify: true,
      lib: {
        entry: fileURLToPath(new URL(`../${entry}`, import.meta.url)),
        formats: ['es'],
        fileName: () => 'page.js',
      },
    },
  });
  return { file: join(outDir, 'page.js'), remove: () => rm(outDir, { recursive: true, force: true }) };
}
